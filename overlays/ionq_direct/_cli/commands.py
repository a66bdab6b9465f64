"""The commands by name. May import: the other modules of _cli."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import Final

from ionq_direct._cli import acting, reading

__all__ = ["COMMANDS"]

COMMANDS: Final[dict[str, Callable[[Namespace], int]]] = {
    "whoami": reading.whoami,
    "backends": reading.backends,
    "jobs": reading.jobs,
    "job": reading.job,
    "results": reading.results,
    "cost": reading.cost,
    "estimate": reading.estimate,
    "usage": reading.usage,
    "characterizations": reading.characterizations,
    "submit": acting.submit,
    "wait": acting.wait,
    "cancel": acting.cancel,
    "delete": acting.delete,
    "sessions": acting.sessions,
}
"""Each takes the parsed options and gives the exit code."""
