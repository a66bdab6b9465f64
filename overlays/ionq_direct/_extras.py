"""Optional dependencies, imported on use. May import: errors and the standard library."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from ionq_direct.errors import MissingExtra

__all__ = ["load"]

_EXTRA_OF: Final = {"numpy": "fast", "pandas": "pandas", "matplotlib": "plot"}


def load(module: str, what: str) -> Any:
    """Import a module of an optional dependency.

    Args:
        module: Its name, `matplotlib.pyplot` for example.
        what: What needs it, for the error.

    Raises:
        MissingExtra: It is not installed; says what to install.
    """
    package = module.partition(".")[0]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != package:
            raise  # it is installed, and broken
        raise MissingExtra(what, extra=_EXTRA_OF[package], module=package) from None
