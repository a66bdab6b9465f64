"""Where in the document a deviation belongs: from an operation's answer along a JSONPath.

May import: the contract, drift, the forms of deviations; the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from ionq_conformance.contract import Contract, Json
from ionq_conformance.drift import Drift
from ionq_direct._deviations_form import NEW_FIELDS, steps_of

__all__ = ["JSON_TYPE", "NowhereError", "Place", "json_path", "node_at", "places", "quoted"]

JSON_TYPE: Final = "application/json"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ALTERNATIVES: Final = ("anyOf", "oneOf", "allOf")


@dataclass(frozen=True, slots=True)
class Place:
    """A schema in the document, and the way to it from the root."""

    path: tuple[str, ...]
    node: Json


class NowhereError(Exception):
    """The document has no such place; the message says what is lacking."""


def places(contract: Contract, drift: Drift) -> list[Place]:
    """The schemas that a deviation is about, whether they need a change or not.

    Of a missing or a new field: the objects around it, references followed, alternatives and parts
    apart. Of anything else: the schema as it stands at the field, which may be a reference.

    Raises:
        NowhereError: There are none.
    """
    steps = steps_of(drift.path)
    around = drift.kind == "missing" or drift.kind in NEW_FIELDS
    found = [_body(contract, drift)]
    for step in steps[:-1] if around else steps:
        found = [inner for place in found for inner in _inner(contract, place, step)]
    if around:
        found = [leaf for place in found for leaf in variants(contract, place)]
    unique = list({place.path: place for place in found}.values())
    if not unique or (around and not steps):
        raise NowhereError("the document has no such place")
    return unique


def _body(contract: Contract, drift: Drift) -> Place:
    """The schema of a JSON answer."""
    operation = contract.named(drift.operation)
    if operation is None:
        raise NowhereError("the document has no such operation")
    found = contract.response(operation, drift.status)
    if found is None:
        raise NowhereError("the document has no such response")
    response, at = found
    content = cast("Json", response.get("content", {}))
    if "schema" not in content.get(JSON_TYPE, {}):
        raise NowhereError("the document says nothing of its body")
    return Place((*unpointed(at), "content", JSON_TYPE, "schema"), content[JSON_TYPE]["schema"])


def variants(contract: Contract, place: Place) -> Iterator[Place]:
    """The schema behind references, and each of its alternatives and parts."""
    node, at = contract.located(place.node, "")
    path = unpointed(at) if at else place.path
    yield Place(path, node)
    for word in _ALTERNATIVES:
        for index, part in enumerate(cast("list[Json]", node.get(word, []))):
            yield from variants(contract, Place((*path, word, str(index)), part))


def _inner(contract: Contract, place: Place, step: str) -> Iterator[Place]:
    """The schemas of what a step leads to."""
    for variant in variants(contract, place):
        node, path = variant.node, variant.path
        if step in node.get("properties", {}):
            yield Place((*path, "properties", step), node["properties"][step])
            continue
        if step == "*" and "items" in node:
            yield Place((*path, "items"), node["items"])
        if isinstance(node.get("additionalProperties"), dict):
            yield Place((*path, "additionalProperties"), node["additionalProperties"])


def unpointed(at: str) -> tuple[str, ...]:
    """The steps of a JSON pointer in a fragment."""
    steps = at.removeprefix("#/").split("/")
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in steps)


def node_at(contract: Contract, path: tuple[str, ...]) -> Json:
    """What stands at the end of a way through the document.

    Raises:
        NowhereError: It leads nowhere.
    """
    node: object = contract.document
    try:
        for step in path:
            if isinstance(node, list):
                node = cast("list[object]", node)[int(step)]
            else:
                node = cast("dict[str, object]", node)[step]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise NowhereError("the document has no such place any more") from error
    return cast("Json", node)


def json_path(path: tuple[str, ...]) -> str:
    """The way as JSONPath (RFC 9535)."""
    return "$" + "".join(map(_segment, ("", *path), path))


def _segment(before: str, step: str) -> str:
    if before in _ALTERNATIVES and step.isdecimal():
        return f"[{step}]"
    return f".{step}" if _NAME.fullmatch(step) else f"[{quoted(step)}]"


def quoted(text: str) -> str:
    """A name as JSONPath writes it between brackets."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
