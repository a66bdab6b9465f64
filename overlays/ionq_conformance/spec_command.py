"""`ionq-direct spec ...`: finds the command's module by name. May import: the standard library."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

__all__ = ["main"]

_COMMANDS: Final = {
    "diff": ("ionq_conformance.spec.command", "what changed between two documents"),
    "drift": ("ionq_conformance.drift_command", "where answers deviate from the document"),
}
"""Module with `main(argv)`, and what it tells."""


def main(argv: Sequence[str]) -> int:
    """Run one command.

    Returns:
        The exit code: the command's own; 2 when there is no such command.
    """
    name = argv[0] if argv else "--help"
    if name in _COMMANDS:
        return int(import_module(_COMMANDS[name][0]).main(argv[1:]) or 0)
    asked = name in {"-h", "--help"} and bool(argv)
    lines = [f"  {one:<8} {told}" for one, (_, told) in _COMMANDS.items()]
    usage = "\n".join(["usage: ionq-direct spec COMMAND ...", "", *lines])
    print(usage, file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2
