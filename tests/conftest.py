"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester"]  # for the tests of our own plugin

# Neither a deadline nor a check of speed: how long an example takes depends on what else the
# machine is doing.
settings.register_profile(
    "ionq-direct", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ionq-direct")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name functions by their names and long bytes not at all.

    The defaults hold an address, or a time that gzip wrote, and differ from process to process.
    """
    if isinstance(val, bytes) and len(val) > 16:
        return "bytes"
    name = getattr(val, "__name__", None)
    return name if callable(val) and isinstance(name, str) else None
