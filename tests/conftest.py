"""What every test shares: fixed seeds for property tests; journeys come last."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "guozi",
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("guozi")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the journeys last, in whatever order the others run.

    Their browser stays open to the end and keeps an event loop running in this thread: no other test could
    open a browser or ask the database beside it.
    """
    items.sort(key=lambda item: "journeys" in item.path.parts)
