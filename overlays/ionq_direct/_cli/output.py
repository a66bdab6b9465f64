"""How the command line prints: tables for people, JSON for programs. May import: the library."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, cast

__all__ = ["as_json", "note", "plain_time", "print_fields", "print_json", "print_table"]


def print_json(value: object, *, one_line: bool = False) -> None:
    """Print as JSON: keys as they are, amounts of money as text with all their digits."""
    indent = None if one_line else 2
    print(json.dumps(as_json(value), indent=indent, ensure_ascii=False), flush=one_line)


def as_json(value: object) -> Any:
    """A view of the library's in terms of JSON.

    Of a view, its fields without the raw `data`; times in ISO 8601, spans in seconds, amounts of
    money as text.
    """
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if field.name != "data"]
        return {name: as_json(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return {str(key): as_json(item) for key, item in items}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in cast("Sequence[object]", value)]
    return value


_WRITERS: Final[tuple[tuple[type, Callable[[Any], Any]], ...]] = (
    (Decimal, str),
    (timedelta, timedelta.total_seconds),
    (date, lambda moment: moment.isoformat()),  # a datetime is one, too
)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows below headings, in columns."""
    texts = [[_text(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headings, *texts, strict=True)]
    for row in [list(headings), *texts]:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(cells).rstrip())


def print_fields(fields: Mapping[str, object]) -> None:
    """Print names with values, those that have one."""
    told = {name: text for name, value in fields.items() if (text := _text(value))}
    width = max(map(len, told), default=0)
    for name, text in told.items():
        print(f"{name.ljust(width)}  {text}")


def plain_time(value: datetime | None) -> str:
    """A time to the second."""
    return "" if value is None else value.strftime("%Y-%m-%d %H:%M:%S")


def note(text: str, *, quiet: bool = False) -> None:
    """Say something on stderr, where it is in no program's way."""
    if not quiet:
        print(text, file=sys.stderr, flush=True)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return plain_time(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, cast("Sequence[object]", value)))
    return str(value)
