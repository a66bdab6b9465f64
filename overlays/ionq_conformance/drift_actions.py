"""What to change at a place of the document so that it allows what was seen there.

May import: the contract, drift, drift_places; the standard library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, cast

from ionq_conformance.contract import Contract, Json
from ionq_conformance.drift import Drift
from ionq_conformance.drift_places import Place, json_path, quoted, variants
from ionq_direct._deviations_form import steps_of

__all__ = ["STAGES", "Action", "Stage", "accepts", "evidence", "schema_of", "times"]

SEEN: Final = "Seen in answers."
_WITHHELD: Final = "*"


@dataclass(frozen=True, slots=True)
class Action:
    """One action of an Overlay.

    Attributes:
        target: JSONPath into the document.
        change: `{"remove": True}` or `{"update": ...}`.
        reason: Why.
        evidence: What was seen, how often.
    """

    target: str
    change: Json
    reason: str
    evidence: str


Concerns = Callable[[Contract, Place, Drift], bool]
Change = Callable[[Contract, Place, "list[Drift]"], Iterator[Action]]


@dataclass(frozen=True, slots=True)
class Stage:
    """How deviations of some kinds are taken away.

    Attributes:
        kinds: Which.
        concerns: Whether a schema forbids what was seen; of alternatives, those that fit stay.
        change: The actions that make a schema allow all that was seen there.
    """

    kinds: frozenset[str]
    concerns: Concerns
    change: Change


def _action(place: Place, suffix: str, change: Json, reason: str, seen: Iterable[Drift]) -> Action:
    return Action(json_path(place.path) + suffix, change, reason, evidence(seen))


def evidence(seen: Iterable[Drift]) -> str:
    """What was seen, so that a person can judge it."""
    texts = [
        f"{drift.operation} answered {drift.status}, {drift.path}: {drift.kind}, "
        f"expected {drift.expected}, found {drift.found}"
        + (f" {drift.sample!r}" if drift.sample else "")
        + f", {times(drift.count)}"
        for drift in seen
    ]
    return "; ".join(dict.fromkeys(texts)) + "."


def times(count: int) -> str:
    """How often, in words."""
    return "once" if count == 1 else f"{count} times"


def _by_name(seen: list[Drift]) -> dict[str, list[Drift]]:
    """Deviations by the field that they are about."""
    named: dict[str, list[Drift]] = {}
    for drift in seen:
        named.setdefault(steps_of(drift.path)[-1], []).append(drift)
    return named


# -- fields that are missing ----------------------------------------------------------------------


def _requires(_contract: Contract, place: Place, drift: Drift) -> bool:
    return steps_of(drift.path)[-1] in place.node.get("required", ())


def _optional(_contract: Contract, place: Place, seen: list[Drift]) -> Iterator[Action]:
    named = _by_name(seen)
    if set(place.node["required"]) <= named.keys():
        # OpenAPI 3.0 does not allow an empty list.
        reason = "None of its fields is always there."
        yield _action(place, ".required", {"remove": True}, reason, seen)
        return
    for name, ones in named.items():
        target = f".required[?@ == {quoted(name)}]"
        yield _action(place, target, {"remove": True}, f"`{name}` is not always there.", ones)


# -- fields that are new --------------------------------------------------------------------------


def _lacks(_contract: Contract, place: Place, drift: Drift) -> bool:
    """Whether it is an object that does not know the field, and is no map."""
    node, name = place.node, steps_of(drift.path)[-1]
    closed = node.get("additionalProperties") is False
    open_ = "additionalProperties" not in node and "properties" in node
    return (closed or (open_ and drift.kind == "unknown")) and name not in node.get(
        "properties", {}
    )


def _fields(_contract: Contract, place: Place, seen: list[Drift]) -> Iterator[Action]:
    """New fields with the types they were seen with, or room for names that are data."""
    named = _by_name(seen)
    if withheld := named.pop(_WITHHELD, []):
        reason = "It has fields whose names differ from answer to answer."
        yield _action(place, "", {"update": {"additionalProperties": True}}, reason, withheld)
    if named and "properties" not in place.node:
        yield _action(place, "", {"update": {"properties": {}}}, "It has fields.", seen)
    for name, ones in named.items():
        field = {name: {"description": SEEN, **schema_of(ones)}}
        reason = f"The service sends `{name}`."
        yield _action(place, ".properties", {"update": field}, reason, ones)


def schema_of(seen: Iterable[Drift]) -> Json:
    """A schema for what was seen in one place."""
    seen = list(seen)
    formats = {drift.sample for drift in seen if drift.found == "string"}
    schema = _schema_of_types({drift.found for drift in seen})
    if schema.get("type") == "string" and len(formats) == 1 and (one := formats.pop()):
        schema["format"] = one
    return schema


def _schema_of_types(found: set[str]) -> Json:
    types = found - {"null", "nothing"}
    if not types:
        return {}  # always null: it may hold anything
    arrays = {name for name in types if name.startswith("array")}
    plain = types - arrays
    if "number" in plain:
        plain.discard("integer")
    schemas: list[Json] = [{"type": name} for name in sorted(plain)]
    if arrays:
        inner = {one for name in arrays for one in name.removeprefix("array").split() if one}
        inner -= {"of", "or"}
        items: Json = {} if "array" in inner else _schema_of_types(inner)
        schemas.append({"type": "array", "items": items})
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    return schema | ({"nullable": True} if "null" in found else {})


# -- words that a list lacks ----------------------------------------------------------------------


def _lacks_word(contract: Contract, place: Place, drift: Drift) -> bool:
    return not accepts(contract, place.node, drift.found, drift.sample)


def _words(contract: Contract, place: Place, seen: list[Drift]) -> Iterator[Action]:
    listing = next((leaf for leaf in variants(contract, place) if "enum" in leaf.node), place)
    if all(drift.sample for drift in seen):
        words = list(dict.fromkeys(drift.sample for drift in seen))
        reason = f"The list lacks {', '.join(f'`{word}`' for word in words)}."
        yield _action(listing, ".enum", {"update": words}, reason, seen)
        return
    reason = "It holds more than a list can."
    if "enum" in place.node:
        yield _action(place, ".enum", {"remove": True}, reason, seen)
    else:  # the list itself stays: its words are names in code
        found = {drift.found for drift in seen}
        yield from _alternatives(place, _schema_of_types(found), reason, seen)


# -- texts in another form ------------------------------------------------------------------------


def _wants_format(contract: Contract, place: Place, _drift: Drift) -> bool:
    return any("format" in leaf.node for leaf in variants(contract, place))


def _formats(contract: Contract, place: Place, seen: list[Drift]) -> Iterator[Action]:
    if "format" in place.node:
        yield _action(place, ".format", {"remove": True}, "Not all have this form.", seen)
        return
    reason = "Not all have the form of what it refers to."
    inline = [
        leaf
        for leaf in variants(contract, place)
        if "format" in leaf.node and leaf.path[: len(place.path)] == place.path
    ]
    if inline:
        for leaf in inline:
            yield _action(leaf, ".format", {"remove": True}, reason, seen)
        return
    # What it refers to may be right elsewhere.
    plain: Json = {"type": "string"}
    if accepts(contract, place.node, "null"):
        plain["nullable"] = True
    yield from _replaced(place, plain, reason, seen)


# -- values of another type -----------------------------------------------------------------------


def accepts(contract: Contract, node: Json, found: str, word: str | None = None) -> bool:
    """Whether a schema allows a JSON type, and, if one is given, a word in it."""
    node = contract.resolve(node)
    if word is not None and word not in node.get("enum", [word]):
        return False
    if found == "null" and node.get("nullable"):
        return True
    parts = cast("list[Json]", node.get("allOf", []))
    choices = cast("list[Json]", [*node.get("anyOf", []), *node.get("oneOf", [])])
    if parts and not all(accepts(contract, part, found, word) for part in parts):
        return False
    if choices and not any(accepts(contract, choice, found, word) for choice in choices):
        return False
    wanted = node.get("type", "object" if "properties" in node else None)
    base = found.partition(" ")[0]
    if wanted is None:
        # A schema of parts says nothing of its own; one of nothing allows everything.
        return found != "null" or None in node.get("enum", [None])
    return base == wanted or (base, wanted) == ("integer", "number")


def _refuses_null(contract: Contract, place: Place, _drift: Drift) -> bool:
    return not accepts(contract, place.node, "null")


def _nullable(_contract: Contract, place: Place, seen: list[Drift]) -> Iterator[Action]:
    reason, node = "It can be null.", place.node
    if "$ref" in node:
        yield from _replaced(place, {"nullable": True, "allOf": [_bare(node)]}, reason, seen)
        return
    if "enum" in node and None not in node["enum"]:
        yield _action(place, ".enum", {"update": [None]}, reason, seen)
    yield _action(place, "", {"update": {"nullable": True}}, reason, seen)


def _refuses_type(contract: Contract, place: Place, drift: Drift) -> bool:
    return not accepts(contract, place.node, drift.found)


def _types(_contract: Contract, place: Place, seen: list[Drift]) -> Iterator[Action]:
    node, found = place.node, {drift.found for drift in seen}
    reason = f"It can be {' or '.join(sorted(found))}."
    if found <= {"number"} and node.get("type") == "integer":
        # Whole numbers that are none need another type, not an alternative.
        if "format" in node:
            yield _action(place, ".format", {"remove": True}, reason, seen)
        yield _action(place, "", {"update": {"type": "number"}}, reason, seen)
        return
    yield from _alternatives(place, _schema_of_types(found), reason, seen)


def _alternatives(place: Place, schema: Json, reason: str, seen: list[Drift]) -> Iterator[Action]:
    """What was allowed so far, or what was seen."""
    node = place.node
    more = cast("list[Json]", schema.get("anyOf", [schema]))
    if "anyOf" in node and "type" not in node:
        yield _action(place, ".anyOf", {"update": more}, reason, seen)
        return
    old = _bare(node)
    nullable = {"nullable": True} if old.pop("nullable", False) else {}
    yield from _replaced(place, {**nullable, "anyOf": [old, *more]}, reason, seen)


def _bare(node: Json) -> Json:
    """A schema without its words."""
    return {key: value for key, value in node.items() if key != "description"}


def _replaced(place: Place, new: Json, reason: str, seen: list[Drift]) -> Iterator[Action]:
    """Another schema in the same place; its description stays."""
    for key in _bare(place.node):
        yield _action(place, f"[{quoted(key)}]", {"remove": True}, reason, seen)
    yield _action(place, "", {"update": new}, reason, seen)


STAGES: Final = (
    Stage(frozenset({"missing"}), _requires, _optional),
    Stage(frozenset({"extra", "unknown"}), _lacks, _fields),
    Stage(frozenset({"enum", "const"}), _lacks_word, _words),
    Stage(frozenset({"format"}), _wants_format, _formats),
    Stage(frozenset({"type"}), _refuses_type, _types),
    Stage(frozenset({"null"}), _refuses_null, _nullable),
)
"""In this order: each finds the document as those before it have left it."""
