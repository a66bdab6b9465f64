"""What JSON can carry. May import: _gate_rules and the standard library."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from ionq_direct._gate_rules import Problem, Problems, member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["json_problems"]

_DEEPEST = 100
_INTEGERS = range(-(2**63), 2**64)


def json_problems(job: dict[str, object], *, gates_checked_elsewhere: bool) -> Problems:
    """Find what JSON has no form for: NaN, infinities, names that are no text, other objects.

    Args:
        job: The job.
        gates_checked_elsewhere: Leave lists of gates out, which are long.
    """
    pending: list[tuple[object, str, int]] = [(job, "$", 0)]
    while pending:
        value, path, depth = pending.pop()
        rule = _rule(value, depth)
        if rule:
            yield Problem(path, value, rule)
        elif isinstance(value, dict):
            members = cast("dict[object, object]", value)
            of_circuit = path == "$.input" or path.startswith("$.input.circuits[")
            skipped = "circuit" if gates_checked_elsewhere and of_circuit else None
            kept = [name for name in members if name is None or name != skipped]
            for name in kept:
                if not isinstance(name, str):
                    yield Problem(path, name, "names in an object are texts")
            pending += _backwards((members[name], member(path, name), depth + 1) for name in kept)
        elif isinstance(value, list | tuple):
            items = cast("Sequence[object]", value)
            pending += _backwards((v, f"{path}[{i}]", depth + 1) for i, v in enumerate(items))


def _backwards(found: Iterator[tuple[object, str, int]]) -> list[tuple[object, str, int]]:
    """For a stack, to be taken from it in document order."""
    return list(found)[::-1]


def _rule(value: object, depth: int) -> str | None:
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, str):
        return None if value.isascii() or _is_unicode(value) else "text is valid Unicode"
    if isinstance(value, int):
        return None if value in _INTEGERS else "an integer has 64 bits"
    if isinstance(value, float):
        return None if math.isfinite(value) else "a number is finite"
    if isinstance(value, dict | list | tuple):
        return None if depth < _DEEPEST else f"values are nested at most {_DEEPEST} deep"
    return "a value is a dict, list, text, number, truth value or None"


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True
