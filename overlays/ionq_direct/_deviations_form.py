"""What a record of deviations may say of an answer: places, types and forms, never its values.

May import: the generated client's codecs and its document, the standard library.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import islice
from typing import Any, Final, cast

from ionq_api.v0_4 import _codec
from ionq_api.v0_4.types import Deviation

__all__ = [
    "BROKEN",
    "NEW_FIELDS",
    "NOTHING",
    "NOT_A_NUMBER",
    "TEXT",
    "body_of",
    "is_like_a_token",
    "is_plain_word",
    "media_type_of",
    "place_of",
    "render",
    "sample_of",
    "shape_of",
    "steps_of",
    "type_of",
    "word_of",
]

NEW_FIELDS: Final = frozenset({"extra", "unknown"})
"""Kinds of which the last step of the place is a name that the document does not have."""

NOTHING: Final = "nothing"
TEXT: Final = "text"
BROKEN: Final = "broken JSON"
NOT_A_NUMBER: Final = "a number that JSON has not"
"""What a body is that is no JSON."""

_TYPES: Final[tuple[tuple[type, str], ...]] = (
    (bool, "boolean"),  # before int, which it is in Python
    (int, "integer"),
    (float, "number"),
    (str, "string"),
    (list, "array"),
    (dict, "object"),
    (type(None), "null"),
)
_MOST_ITEMS: Final = 1_000
_LONGEST_SHAPE: Final = 40

_STEP: Final = re.compile(r'\.([^.\["]+)|\[(\d+|\*)\]|\[("(?:[^"\\]|\\.)*")\]')
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Words as people choose them: few humps, joined by a separator or by a capital.
_HUMP: Final = r"(?:[A-Z]?[a-z]{1,18}|[A-Z]{1,8}|\d{1,4})"
_WORD: Final = re.compile(rf"_?{_HUMP}(?:[._-]?{_HUMP}){{0,7}}")
_LONGEST_WORD: Final = 40
# What tokens of all kinds look like, or begin with.
_TOKEN: Final = re.compile(
    r"[0-9a-f]{8,}|^(?:sk|pk|rk|gh[opsu]|xox[a-z])[._-]|^eyj|^akia", re.IGNORECASE
)
_MEDIA_TYPE: Final = re.compile(r"[a-z]{1,20}/[a-z0-9.+-]{1,60}")
_FORMATS: Final = (("uuid", _codec.UUID_), ("date-time", _codec.DATETIME), ("date", _codec.DATE))
# Fields that hold what people wrote, or who they are: no word of theirs is a sample.
_PRIVATE: Final = frozenset(
    {
        *("metadata", "name", "names", "title", "comment", "note", "description", "message"),
        *("label", "labels", "tag", "tags", "email", "user", "username", "owner", "key", "token"),
        *("secret", "api_key", "submitter", "submitter_id", "ender_id", "project", "organization"),
    }
)


# -- where ----------------------------------------------------------------------------------------


def place_of(path: str, kind: str) -> str:
    """The place without what differs from answer to answer, or was chosen by a user.

    Indices become `[*]`, and so do keys that are no names of fields in the document. A new field
    keeps its name where that is a plain word.

    Args:
        path: JSONPath as the codec writes it.
        kind: Kind of the deviation.

    Raises:
        ValueError: It is no such path.
    """
    steps, kept = steps_of(path), list[str]()
    known = _documented_names()
    for number, step in enumerate(steps, 1):
        new = kind in NEW_FIELDS and number == len(steps) and _is_new_name(step)
        kept.append(step if step in known or new else "*")
        if step == "metadata" and number < len(steps):
            kept.append("*")  # whatever is in there
            break
    return "$" + "".join(map(render, kept))


def _is_new_name(step: str) -> bool:
    """Whether a field may be named: with a dot or a hyphen it could be somebody's name."""
    return is_plain_word(step) and not {".", "-"} & set(step)


def steps_of(path: str) -> list[str]:
    """`$.jobs[3].status` as `jobs`, `*`, `status`.

    Raises:
        ValueError: It is no path as the codec writes it.
    """
    steps, end = list[str](), 1
    if not path.startswith("$"):
        raise ValueError("the path is no JSONPath of a field")
    while end < len(path):
        match = _STEP.match(path, end)
        if match is None:
            raise ValueError("the path is no JSONPath of a field")
        name, index, quoted = match.groups()
        steps.append(name or ("*" if index else str(json.loads(quoted))))
        end = match.end()
    return steps


def render(step: str) -> str:
    """One step of a path, as the codec writes it; `*` is any."""
    if step == "*":
        return "[*]"
    return f".{step}" if _NAME.fullmatch(step) else f"[{json.dumps(step)}]"


@functools.cache
def _documented_names() -> frozenset[str]:
    """The names of all fields in the document."""
    document: Any = json.loads((files("ionq_api.v0_4") / "openapi.json").read_bytes())
    return frozenset(_names(document))


def _names(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in cast("dict[str, Any]", node).items():
            if key == "properties" and isinstance(value, dict):
                yield from cast("dict[str, Any]", value)
            yield from _names(value)
    elif isinstance(node, list):
        for item in cast("list[object]", node):
            yield from _names(item)


# -- what -----------------------------------------------------------------------------------------


def type_of(value: Any) -> str:
    """The JSON type of a value; of a list also what it holds: `array of integer or null`."""
    name = next((name for kind, name in _TYPES if isinstance(value, kind)), TEXT)
    if name != "array" or not value:
        return name
    inner = {_base_type(item) for item in islice(cast("list[Any]", value), _MOST_ITEMS)}
    return f"array of {' or '.join(sorted(inner))}"


def _base_type(value: Any) -> str:
    return type_of(value).partition(" ")[0]


def body_of(content: bytes) -> str:
    """What a whole body is: a JSON type as `type_of` names it, or why it is none."""
    text = content.decode("utf-8", "replace").strip()
    if not text:
        return NOTHING
    try:
        value = json.loads(text, parse_constant=_refuse)
    except _ConstantError:
        return NOT_A_NUMBER
    except (ValueError, RecursionError):
        return BROKEN if text.startswith(("{", "[")) else TEXT
    return type_of(value)


class _ConstantError(ValueError):
    """NaN or Infinity."""


def _refuse(name: str) -> Any:
    raise _ConstantError(name)


def media_type_of(content_type: str) -> str:
    """The media type that a header names; empty where it names none."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type if _MEDIA_TYPE.fullmatch(media_type) else ""


# -- samples --------------------------------------------------------------------------------------


def sample_of(deviation: Deviation, place: str) -> str:
    """What may be said of a value: a word of a list, a format, the form of a text, else nothing."""
    value = deviation.value
    if not isinstance(value, str):
        return ""
    if deviation.kind == "format":
        return shape_of(value)
    if deviation.kind in NEW_FIELDS:
        return _format_of(value)
    return word_of(value, place) if deviation.kind in {"enum", "const"} else ""


def word_of(text: str, place: str) -> str:
    """A word where a list of words is at stake; empty where it could be a user's."""
    private = _PRIVATE & set(steps_of(place))
    return text if is_plain_word(text) and not private else ""


def is_plain_word(text: str) -> bool:
    """Whether a text is a word as interfaces are made of, and no key, id, address or sentence."""
    return (
        len(text) <= _LONGEST_WORD
        and _WORD.fullmatch(text) is not None
        and not text.isdecimal()
        and not is_like_a_token(text)
    )


def is_like_a_token(text: str) -> bool:
    """Whether a text looks like a key or an id, or begins like one."""
    return _TOKEN.search(text) is not None


def shape_of(text: str) -> str:
    """Digits as 9, letters as a: enough to tell a date from an id."""
    shape = "".join(map(_outline, text[:_LONGEST_SHAPE]))
    return shape if len(text) <= _LONGEST_SHAPE else f"{shape}..."


def _outline(character: str) -> str:
    if character.isdecimal():
        return "9"
    if character.isalpha():
        return "a"
    return character if character in " :.,+-/_" else "?"


def _format_of(text: str) -> str:
    """The format that a text is in, judged as decoding will judge it; empty: none."""
    for name, codec in _FORMATS:
        wrong: list[Deviation] = []
        codec.decode(text, None, wrong)
        if not wrong:
            return name
    return ""
