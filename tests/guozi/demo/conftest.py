"""One city for all tests of this folder: made once, changed by none of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from guozi.demo import city as cities
from guozi.demo import planted, statements
from guozi.rulebooks import parsed

if TYPE_CHECKING:
    from guozi.demo.city import City
    from guozi.demo.planted import Planted
    from guozi.demo.statements import Told

SEED = 20260101
AS_OF = date(2026, 10, 20)


def make(seed: int) -> tuple[City, Told, Planted]:
    rng = np.random.default_rng(seed)
    city = cities.describe(rng)
    told = statements.generate(city, parsed.standards(), rng, months_until=(2026, 9))
    return city, told, planted.plant(told, rng, as_of=AS_OF)


@pytest.fixture(scope="session")
def made() -> tuple[City, Told, Planted]:
    return make(SEED)


@pytest.fixture(scope="session")
def city(made: tuple[City, Told, Planted]) -> City:
    return made[0]


@pytest.fixture(scope="session")
def told(made: tuple[City, Told, Planted]) -> Told:
    return made[1]


@pytest.fixture(scope="session")
def plan(made: tuple[City, Told, Planted]) -> Planted:
    return made[2]


class MadeUp(NamedTuple):
    city: City
    told: Told
    plan: Planted


def make_up(seed: int = SEED) -> MadeUp:
    return MadeUp(*make(seed))


@pytest.fixture(scope="session")
def made_up(made: tuple[City, Told, Planted]) -> MadeUp:
    return MadeUp(*made)
