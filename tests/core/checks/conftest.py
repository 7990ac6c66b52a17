"""The shipped rulebook, read once."""

import pytest
from tests.core.checks.samples import shipped_rulebook

from guozi_core.checks import CheckRulebook


@pytest.fixture(scope="session")
def rulebook() -> CheckRulebook:
    return shipped_rulebook()
