"""From an input that the document allows to what the client has to send for it.

May import: the generated client's codec and types, the contract, functions, the gate's exchanges.
What is expected is worked out from the document, not by the client's code.
"""

from __future__ import annotations

import datetime
import enum
import json
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from ionq_api.v0_4 import _codec
from ionq_api.v0_4.types import Deviation
from ionq_conformance.contract import Contract, Operation
from ionq_conformance.functions import Function
from ionq_conformance.gate import Exchange

__all__ = [
    "CHECKS",
    "NO_BODY",
    "Input",
    "InputError",
    "Wrong",
    "arguments",
    "json_ready",
    "same",
    "sendable",
    "wrong_with",
]

CHECKS: Final = (
    "sends_the_method",
    "sends_the_path",
    "sends_the_query",
    "sends_the_headers",
    "sends_the_body",
)
NO_BODY: Final = object()
"""The body of an input without one."""


@dataclass(frozen=True, slots=True)
class Input:
    """What to say with a request.

    Attributes:
        path: Path parameters by their names in the document.
        query: Query parameters by their names in the document.
        body: The JSON value, or NO_BODY.
    """

    path: Mapping[str, Any] = field(default_factory=dict[str, Any])
    query: Mapping[str, Any] = field(default_factory=dict[str, Any])
    body: Any = NO_BODY


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a request: the check, the rule broken, what was seen, the clause."""

    check: str
    title: str
    detail: str
    clause: str


class InputError(Exception):
    """The generated function has no way to say what the document allows."""


# -- from the document to the arguments -----------------------------------------------------------


def arguments(function: Function, given: Input) -> dict[str, Any]:
    """The arguments of the generated function that say what an input says.

    Raises:
        InputError: It cannot say it.
    """
    by_name = {_letters(name): value for name, value in {**given.path, **given.query}.items()}
    found: dict[str, Any] = {}
    for name, hint in function.hints.items():
        plain = _letters(name.removeprefix("field_"))
        if name == "body":
            found[name] = _body(hint, given.body)
        elif plain in by_name:
            found[name] = _value(hint, by_name.pop(plain))
    if by_name:
        raise InputError(f"the function takes no {', '.join(by_name)}")
    return found


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _body(hint: Any, body: Any) -> Any:
    """The body as the model that it is: of several, the one it fits."""
    first: list[Deviation] = []
    for model in typing.get_args(hint) or (hint,):
        deviations: list[Deviation] = []
        decoded = _codec.model(model.__name__).decode(body, None, deviations)
        if not deviations:
            return decoded
        first = first or deviations
    raise InputError(f"no model fits the body: {first[0].kind} at {first[0].path}")


def _value(hint: Any, value: Any) -> Any:
    """A parameter as the function wants it."""
    for one in typing.get_args(hint) or (hint,):
        if isinstance(one, type) and issubclass(one, enum.Enum):
            return one(value)
        if one is datetime.date:
            return datetime.date.fromisoformat(value)
    return value


def sendable(given: Input) -> bool:
    """Whether a path names what it says: servers fold dots and slashes, so the client refuses them.

    Nor can a path or a query hold what UTF-8 cannot.
    """
    texts = [_spelled(value) for value in given.path.values()]
    folded = {"", ".", ".."}
    if any(text in folded or "/" in text or "\\" in text for text in texts):
        return False
    return json_ready([*texts, given.query, None if given.body is NO_BODY else given.body])


def json_ready(value: Any) -> bool:
    """Whether JSON in UTF-8 can carry a value: generated text may hold what it cannot."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode("utf-8")
        return bool(json.loads(text) == value)
    except (TypeError, ValueError):
        return False


# -- from the document to the wire ----------------------------------------------------------------


def wrong_with(
    contract: Contract,
    operation: Operation,
    given: Input,
    sent: Exchange,
    *,
    prefix: str,
    api_key: str,
) -> Iterator[Wrong]:
    """What is wrong with a request that should say what an input says.

    Args:
        contract: The document.
        operation: Whose request it is.
        given: What it should say.
        sent: The request.
        prefix: Path of the base URL.
        api_key: The key it should carry.
    """
    headers = {name.lower(): value for name, value in sent.headers}
    path = unquote(urlsplit(sent.target).path)
    query = sorted(parse_qsl(urlsplit(sent.target).query, keep_blank_values=True))
    wanted_path, wanted_query = prefix + _path(operation, given), _query(contract, operation, given)
    parameters = f"{operation.pointer}/parameters"

    def differs(check: str, title: str, found: object, wanted: object, clause: str) -> Wrong:
        return Wrong(check, title, f"sent: {found}\ninstead of: {wanted}", clause)

    if sent.method != operation.method:
        at = operation.pointer
        yield differs(CHECKS[0], "Client sends another method", sent.method, operation.method, at)
    if path != wanted_path:
        yield differs(CHECKS[1], "Client sends another path", path, wanted_path, operation.pointer)
    if query != wanted_query:
        yield differs(CHECKS[2], "Client sends another query", query, wanted_query, parameters)
    if headers.get("authorization") != f"apiKey {api_key}":
        at = f"{operation.pointer}/security"
        yield Wrong(CHECKS[3], "Client does not send the key as documented", "", at)
    yield from _wrong_body(operation, given, sent.body, headers.get("content-type", ""))


def _wrong_body(
    operation: Operation, given: Input, body: bytes, media_type: str
) -> Iterator[Wrong]:
    at = f"{operation.pointer}/requestBody"
    if operation.node.get("requestBody") is None:
        if body:
            yield Wrong(CHECKS[4], "Client sends a body where there is none", _shown(body), at)
        return
    if media_type != "application/json":
        yield Wrong(CHECKS[3], "Client does not say that the body is JSON", media_type, at)
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        yield Wrong(CHECKS[4], "Client sends a body that is no JSON", _shown(body), at)
        return
    if not same(found, given.body):
        detail = f"sent: {_shown(body)}\ninstead of: {_shown(json.dumps(given.body).encode())}"
        yield Wrong(CHECKS[4], "Client sends another body", detail, at)


def _path(operation: Operation, given: Input) -> str:
    path = operation.path
    for name, value in given.path.items():
        path = path.replace(f"{{{name}}}", _spelled(value))
    return path


def _query(contract: Contract, operation: Operation, given: Input) -> list[tuple[str, str]]:
    """`form` style: a list is repeated where it is exploded, else joined with commas.

    A parameter with a default is sent with it: the answer must not depend on whose default it is.
    """
    declared = {node["name"]: node for node in contract.parameters(operation)}
    defaults = {
        name: node["schema"]["default"]
        for name, node in declared.items()
        if node["in"] == "query" and "default" in node["schema"]
    }
    pairs: list[tuple[str, str]] = []
    for name, value in (defaults | dict(given.query)).items():
        values = cast("list[object]", value) if isinstance(value, list) else [value]
        texts = [_spelled(one) for one in values]
        if isinstance(value, list) and not declared[name].get("explode", True):
            texts = [",".join(texts)]
        pairs += [(name, text) for text in texts]
    return sorted(pairs)


def _spelled(value: object) -> str:
    """A primitive in a path or a query (OpenAPI 3.0, style values)."""
    return json.dumps(value) if isinstance(value, bool) else str(value)


_SHOWN: Final = 600
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def _shown(body: bytes) -> str:
    return body[:_SHOWN].decode("utf-8", "backslashreplace")


def same(one: object, other: object) -> bool:
    """Whether two JSON values are equal: instants by the moment and numbers by their value."""
    if isinstance(one, dict) and isinstance(other, dict):
        first, second = cast("dict[str, object]", one), cast("dict[str, object]", other)
        return first.keys() == second.keys() and all(same(first[k], second[k]) for k in first)
    if isinstance(one, list) and isinstance(other, list):
        items, others = cast("list[object]", one), cast("list[object]", other)
        return len(items) == len(others) and all(map(same, items, others))
    if isinstance(one, str) and isinstance(other, str) and _INSTANT.match(other):
        return one == other or _moment(one) == _moment(other)
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _moment(text: str) -> datetime.datetime | str:
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
