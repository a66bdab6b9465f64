"""From deviations to an OpenAPI Overlay that makes the document agree with the server.

May import: the contract, drift; the standard library. Every action carries its evidence.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, cast

from ionq_conformance.contract import Contract, Json
from ionq_conformance.drift import Drift

__all__ = ["Action", "Patch", "propose", "to_yaml"]

_STEP: Final = re.compile(r'\.([^.\[]+)|\[(\*|"(?:[^"\\]|\\.)*")\]')
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


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


@dataclass(slots=True)
class Patch:
    """What is proposed, and what a person has to look at.

    Attributes:
        actions: In the order in which they apply.
        unsolved: Deviations that no such patch can mend, with the reason.
    """

    actions: list[Action] = field(default_factory=list[Action])
    unsolved: list[tuple[Drift, str]] = field(default_factory=list[tuple[Drift, str]])


@dataclass(frozen=True, slots=True)
class _Place:
    """A schema in the document: the object that holds it, and the path to it."""

    path: tuple[str, ...]
    node: Json


class _UnsolvedError(Exception):
    """No patch mends this; the message says why."""


def propose(contract: Contract, drifts: Iterable[Drift]) -> Patch:
    """Actions that take each deviation away, as far as an Overlay can.

    Args:
        contract: The document the client was generated from, earlier patches applied.
        drifts: What was seen.
    """
    patch = Patch()
    wanted: dict[tuple[str, ...], _Wish] = {}
    for drift in drifts:
        try:
            for place in _Finder(contract, drift).places():
                wish = wanted.setdefault(place.path, _Wish(contract, place))
                wish.add(drift)
        except _UnsolvedError as error:
            patch.unsolved.append((drift, str(error)))
    for wish in wanted.values():
        patch.actions += wish.actions()
    return patch


# -- where it is in the document ------------------------------------------------------------------


class _Finder:
    """Walks from an operation's answer to the schemas that a JSONPath leads to."""

    def __init__(self, contract: Contract, drift: Drift) -> None:
        self._contract = contract
        self._drift = drift

    def places(self) -> list[_Place]:
        """The schemas to change: of a missing or extra field, those of the object around it."""
        drift = self._drift
        if drift.kind in {"status", "body"}:
            raise _UnsolvedError("an answer of another kind: a person has to word its response")
        steps = _steps(drift.path)
        if drift.kind in {"missing", "extra"}:
            steps, name = steps[:-1], steps[-1]
            found = [place for place in self._walk(steps) if self._concerns(place, name)]
        else:
            found = [place for place in self._walk(steps) if self._deviates(place)]
        if not found:
            raise _UnsolvedError("the document has no such place")
        return found

    def _concerns(self, place: _Place, name: str) -> bool:
        if self._drift.kind == "missing":
            return name in place.node.get("required", ())
        return place.node.get("additionalProperties") is False

    def _deviates(self, place: _Place) -> bool:
        """Whether a schema is one that the value breaks: of alternatives, those that fit stay."""
        node, drift = _flat(self._contract, place.node), self._drift
        match drift.kind:
            case "enum" | "const":
                return drift.sample not in node.get("enum", [drift.sample])
            case "format":
                return "format" in node
            case "null":
                return not node.get("nullable")
            case _:
                return node.get("type") != drift.found

    def _walk(self, steps: list[str]) -> list[_Place]:
        operation = self._contract.named(self._drift.operation)
        if operation is None:
            raise _UnsolvedError("the document has no such operation")
        found = self._contract.response(operation, self._drift.status)
        if found is None:
            raise _UnsolvedError("the document has no such response")
        response, at = found
        content = cast("Json", response.get("content", {}))
        if "application/json" not in content:
            raise _UnsolvedError("the document says nothing of its body")
        path = (*_unpointed(at), "content", "application/json", "schema")
        places = [_Place(path, content["application/json"]["schema"])]
        for step in steps:
            places = [inner for place in places for inner in self._inner(place, step)]
        if self._drift.kind in {"missing", "extra"}:
            return [leaf for place in places for leaf in self._variants(place)]
        return places

    def _variants(self, place: _Place) -> Iterator[_Place]:
        """The schema behind references, and each of its alternatives and parts."""
        node, at = self._contract.located(place.node, "")
        path = _unpointed(at) if at else place.path
        yield _Place(path, node)
        for word in ("allOf", "anyOf", "oneOf"):
            for index, part in enumerate(cast("list[Json]", node.get(word, []))):
                yield from self._variants(_Place((*path, word, str(index)), part))

    def _inner(self, place: _Place, step: str) -> Iterator[_Place]:
        """The schemas of what a step leads to."""
        for variant in self._variants(place):
            node, path = variant.node, variant.path
            if step in node.get("properties", {}):
                yield _Place((*path, "properties", step), node["properties"][step])
            elif step == "*" and "items" in node:
                yield _Place((*path, "items"), node["items"])
            elif isinstance(node.get("additionalProperties"), dict):
                yield _Place((*path, "additionalProperties"), node["additionalProperties"])


def _steps(path: str) -> list[str]:
    """`$.jobs[*].status` as `jobs`, `*`, `status`."""
    found = [match[1] or match[2] for match in _STEP.finditer(path)]
    return [str(json.loads(step)) if step.startswith('"') else step for step in found]


def _unpointed(at: str) -> tuple[str, ...]:
    steps = at.removeprefix("#/").split("/")
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in steps)


def _flat(contract: Contract, node: Json) -> Json:
    """A schema with what its single parts say, for looking at."""
    node = contract.resolve(node)
    flat = dict(node)
    for part in cast("list[Json]", node.get("allOf", [])):
        flat = {**_flat(contract, part), **flat}
    return flat


# -- what to change there -------------------------------------------------------------------------


@dataclass(slots=True)
class _Wish:
    """All that was seen at one schema, and the actions that allow it."""

    contract: Contract
    place: _Place
    seen: list[Drift] = field(default_factory=list[Drift])

    def add(self, drift: Drift) -> None:
        self.seen.append(drift)

    def actions(self) -> Iterator[Action]:
        """Actions that leave no deviation at this place."""
        by_kind: dict[str, list[Drift]] = {}
        for drift in self.seen:
            by_kind.setdefault("enum" if drift.kind == "const" else drift.kind, []).append(drift)
        yield from self._optional(by_kind.get("missing", []))
        yield from self._fields(by_kind.get("extra", []))
        yield from self._words(by_kind.get("enum", []), nullable="null" in by_kind)
        yield from self._formats(by_kind.get("format", []))
        yield from self._types(by_kind.get("null", []), by_kind.get("type", []))

    def _action(self, suffix: str, change: Json, reason: str, seen: Iterable[Drift]) -> Action:
        return Action(_json_path(self.place.path) + suffix, change, reason, _evidence(seen))

    def _optional(self, seen: list[Drift]) -> Iterator[Action]:
        names = list(dict.fromkeys(_steps(drift.path)[-1] for drift in seen))
        required = cast("list[str]", self.place.node.get("required", []))
        if names and set(required) <= set(names):
            # OpenAPI 3.0 does not allow an empty list.
            yield self._action(
                ".required", {"remove": True}, "None of its fields is always there.", seen
            )
            return
        for name in names:
            yield self._action(
                f".required[?@ == {_quoted(name)}]",
                {"remove": True},
                f"`{name}` is not always there.",
                [drift for drift in seen if _steps(drift.path)[-1] == name],
            )

    def _fields(self, seen: list[Drift]) -> Iterator[Action]:
        """New fields of a closed object, with the types they were seen with."""
        names = list(dict.fromkeys(_steps(drift.path)[-1] for drift in seen))
        if names and "properties" not in self.place.node:
            yield self._action("", {"update": {"properties": {}}}, "It has fields.", seen)
        for name in names:
            ones = [drift for drift in seen if _steps(drift.path)[-1] == name]
            schema = _schema_of({drift.found for drift in ones})
            yield self._action(
                ".properties",
                {"update": {name: {"description": "Seen in answers.", **schema}}},
                f"The service sends `{name}`.",
                ones,
            )

    def _words(self, seen: list[Drift], *, nullable: bool) -> Iterator[Action]:
        words = list(dict.fromkeys(drift.sample for drift in seen if drift.sample))
        if not seen:
            return
        target = self._listing()
        if not words:  # what was seen is no word that could be listed
            yield Action(
                f"{target}.enum",
                {"remove": True},
                "It holds more than a list can.",
                _evidence(seen),
            )
            return
        more: list[str | None] = [*words, *([None] if nullable else [])]
        reason = f"The list lacks {', '.join(f'`{word}`' for word in words)}."
        yield Action(f"{target}.enum", {"update": more}, reason, _evidence(seen))

    def _listing(self) -> str:
        """Where the list of words stands: behind the reference, if there is one."""
        node = self.place.node
        if "enum" in node:
            return _json_path(self.place.path)
        refs = [node, *cast("list[Json]", node.get("allOf", []))]
        reference = next(one for one in refs if "$ref" in one)
        return _json_path(_unpointed(self.contract.located(reference, "")[1]))

    def _formats(self, seen: list[Drift]) -> Iterator[Action]:
        if not seen:
            return
        node = self.place.node
        if "format" in node:
            yield self._action(".format", {"remove": True}, "Not all have this form.", seen)
        else:
            plain: Json = {"type": "string"}
            if node.get("nullable"):
                plain["nullable"] = True
            yield from self._replaced(plain, "Not all have the form of what it refers to.", seen)

    def _types(self, null: list[Drift], other: list[Drift]) -> Iterator[Action]:
        found = {drift.found for drift in other} - {"null"}
        node = self.place.node
        if not null and not found:
            return
        wider: Json = {"nullable": True} if null else {}
        reason = "It can be null." if null else ""
        if found:
            reason = f"{reason} It can be {' or '.join(sorted(found))}.".strip()
        if found <= {"number"} and node.get("type") == "integer":
            yield from self._numbers(wider, bool(found), reason, [*null, *other])
        elif not found and "$ref" not in node and "type" in node:
            yield self._action("", {"update": wider}, reason, null)
        else:
            yield from self._widened(wider, found, reason, [*null, *other])

    def _numbers(
        self, wider: Json, fractions: bool, reason: str, seen: list[Drift]
    ) -> Iterator[Action]:
        """Whole numbers that are none need another type, not an alternative."""
        if fractions and "format" in self.place.node:
            yield self._action(".format", {"remove": True}, reason, seen)
        change = {**wider, "type": "number"} if fractions else wider
        yield self._action("", {"update": change}, reason, seen)

    def _widened(
        self, wider: Json, found: set[str], reason: str, seen: list[Drift]
    ) -> Iterator[Action]:
        """What was allowed so far, or what was seen."""
        node = {key: value for key, value in self.place.node.items() if key != "description"}
        if not found and set(node) == {"$ref"}:
            new: Json = {**wider, "allOf": [node]}
        elif "anyOf" in node and found:
            if wider:
                yield self._action("", {"update": wider}, reason, seen)
            more = [_schema_of({one}) for one in sorted(found)]
            yield self._action(".anyOf", {"update": more}, reason, seen)
            return
        else:
            alternatives = [_schema_of({one}) for one in sorted(found)]
            new = {**wider, "anyOf": [{k: v for k, v in node.items() if k != "nullable"}]}
            new["anyOf"] += alternatives
            if node.get("nullable"):
                new["nullable"] = True
        yield from self._replaced(new, reason, seen)

    def _replaced(self, new: Json, reason: str, seen: list[Drift]) -> Iterator[Action]:
        """Another schema in the same place; its description stays."""
        for key in self.place.node:
            if key != "description":
                yield self._action(f"[{_quoted(key)}]", {"remove": True}, reason, seen)
        yield self._action("", {"update": new}, reason, seen)


def _schema_of(found: set[str]) -> Json:
    """A schema for JSON types that were seen."""
    types = sorted(found - {"null", "nothing"})
    if {"integer", "number"} <= set(types):
        types.remove("integer")
    one: list[Json] = [
        {"type": name} | ({"items": {}} if name == "array" else {}) for name in types
    ]
    if not one:
        return {"nullable": True}
    schema = one[0] if len(one) == 1 else {"anyOf": one}
    return {**schema, "nullable": True} if "null" in found else schema


def _evidence(seen: Iterable[Drift]) -> str:
    """What was seen, so that a person can judge it."""
    texts = [
        f"{drift.operation} answered {drift.status}, {drift.path}: {drift.kind}, "
        f"expected {drift.expected}, found {drift.found}"
        + (f" {drift.sample!r}" if drift.sample else "")
        + f", {drift.count} times"
        for drift in seen
    ]
    return "; ".join(dict.fromkeys(texts)) + "."


def _json_path(path: tuple[str, ...]) -> str:
    return "$" + "".join(_segment(step) for step in path)


def _segment(step: str) -> str:
    if step.isdecimal():
        return f"[{step}]"
    return f".{step}" if _NAME.fullmatch(step) else f"[{_quoted(step)}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def to_yaml(patch: Patch, *, today: datetime.date) -> str:
    """The Overlay as YAML. Values are written as JSON, which YAML contains."""
    lines = [
        "overlay: 1.1.0",
        "info:",
        "  title: What answers showed to differ from the document",
        "  version: 1.0.0",
        "actions:",
    ]
    for action in patch.actions:
        ((verb, value),) = action.change.items()
        lines += [
            f"  - target: {json.dumps(action.target)}",
            f"    x-reason: {json.dumps(action.reason, ensure_ascii=False)}",
            f"    x-evidence: {json.dumps(action.evidence, ensure_ascii=False)}",
            f"    x-date: {json.dumps(today.isoformat())}",
            f"    {verb}: {json.dumps(value, ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"
