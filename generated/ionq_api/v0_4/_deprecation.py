# @generated from openapi/v0.4.yaml: edits are lost
"""Warn once, at the first use, that an operation is on its way out.

Copied unchanged into every generated package. May import: the standard library.
"""

from __future__ import annotations

import inspect
import warnings

_PACKAGE = __name__.rpartition(".")[0]


class Notice:
    """The warning of one deprecated operation, given once per process.

    Attributes:
        message: What it says: the operation's module, and what takes its place if that is known.
    """

    __slots__ = ("_given", "message")

    def __init__(self, module: str, instead: str) -> None:
        instead = f"; in its place: {instead}" if instead else ""
        self.message = f"{module} is deprecated and may stop working{instead}"
        self._given = False

    def give(self) -> None:
        """Warn whoever called into this package, unless somebody has been warned."""
        if not self._given:
            self._given = True
            warnings.warn(self.message, DeprecationWarning, stacklevel=_level_of_the_caller())


def _level_of_the_caller() -> int:
    """The `stacklevel` of the first frame outside of this package, seen from `give`."""
    level = 0
    frame = inspect.currentframe()
    while frame and f"{frame.f_globals.get('__name__')}.".startswith(f"{_PACKAGE}."):
        level, frame = level + 1, frame.f_back
    return level
