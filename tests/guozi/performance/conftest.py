"""A small city: five enterprises of one industry, four of which filed the year."""

from __future__ import annotations

import pytest
from tests.guozi.factories import register
from tests.guozi.performance.cases import AT, seal, someone, year_of

from guozi.access.context import acting_as, the_product
from guozi.access.roles import Role
from guozi.access.viewer import Viewer
from guozi.performance import services
from guozi.performance.models import EvaluationRun
from guozi.registry.models import Enterprise
from guozi_core.units import Period


@pytest.fixture
def city(db: None) -> list[Enterprise]:
    with acting_as(the_product("测试")):
        enterprises = register(5)
        seal(enterprises[0], year_of())
        seal(enterprises[1], year_of(净利润=12_000, 利润总额=15_000))
        seal(enterprises[2], year_of(净利润=12_000, 利润总额=15_000))
        without_assets = year_of()
        del without_assets["BS40", "e"], without_assets["BS40", "o"]
        seal(enterprises[3], without_assets)
    return enterprises


@pytest.fixture
def maker() -> Viewer:
    return someone(11, Role.OFFICER)


@pytest.fixture
def publisher() -> Viewer:
    return someone(12, Role.SECTION_HEAD)


@pytest.fixture
def run(city: list[Enterprise], maker: Viewer) -> EvaluationRun:
    del city
    with acting_as(maker):
        return services.run_evaluation(plan="cn-2006-157", period=Period.annual(2024), at=AT)
