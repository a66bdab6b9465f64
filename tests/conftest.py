"""What all tests share."""

from __future__ import annotations

import pytest


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name functions by their names and long bytes not at all.

    The defaults hold an address, or a time that gzip wrote, and differ from process to process.
    """
    if isinstance(val, bytes) and len(val) > 16:
        return "bytes"
    name = getattr(val, "__name__", None)
    return name if callable(val) and isinstance(name, str) else None
