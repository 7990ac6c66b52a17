"""The self-tests pass on sound data and name what has been tampered with."""

from __future__ import annotations

import pytest
from tests.guozi.factories import register
from tests.guozi.performance.cases import seal, year_of

from guozi.access.context import acting_as, the_product
from guozi.audit.services import sign_checkpoint
from guozi.config import doctor
from guozi.filings.models import Version

pytestmark = pytest.mark.django_db
PRODUCT = the_product("测试")
#: The test cluster is made without writing through to disk.
UNTESTABLE_HERE = {"durability"}


def _failed() -> dict[str, int]:
    return {
        verdict.code: len(verdict.faults)
        for verdict in doctor.examine()
        if verdict.faults and verdict.code not in UNTESTABLE_HERE
    }


@pytest.fixture
def sealed() -> Version:
    with acting_as(PRODUCT):
        seal(register(1)[0], year_of())
    with acting_as(PRODUCT):
        sign_checkpoint()
        return Version.objects.first()  # type: ignore[return-value]


def test_sound_data_pass(sealed: Version) -> None:
    assert _failed() == {}


def test_a_changed_hash_is_named(sealed: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "content_hash", lambda *_, **__: "0" * 64)
    assert _failed()["content"] >= 1
