"""What every test shares: fixed seeds for property tests."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "guozi",
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("guozi")
