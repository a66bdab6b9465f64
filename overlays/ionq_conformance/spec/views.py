"""What a schema means, however it is written: references followed, allOf merged, 3.0 like 3.1.

May import: the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import unquote

from ionq_conformance.spec.shapes import is_array, is_object

__all__ = [
    "RULES",
    "Document",
    "Fact",
    "Part",
    "Place",
    "View",
    "bare",
    "name_of",
    "place_in_words",
    "place_of",
    "pointer_of",
]

Place = tuple[str, ...]
"""The tokens of a JSON pointer."""

_SCHEMAS: Final = ("components", "schemas")
_PLAIN: Final = ("format", "default", "items", "discriminator", "pattern", "multipleOf")
_LIMITS: Final = ("Length", "Items", "Properties")
_FLAGS: Final = ("uniqueItems", "deprecated", "readOnly", "writeOnly")
_NAMED: Final = {"properties", "patternProperties", "headers", "content", "responses", "schemas"}
_WORDS: Final = ("description", "title", "example", "examples", "externalDocs", "$comment")
RULES: Final = (
    *("not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties"),
    *("propertyNames", "prefixItems", "contains", "minContains", "maxContains"),
    *("unevaluatedItems", "unevaluatedProperties", "contentEncoding", "contentMediaType"),
    *("contentSchema", "xml"),
)
"""Keywords that are compared as they stand: they narrow what is valid, or say how it is packed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A node of a document and its place."""

    node: Any
    place: Place

    def at(self, key: str) -> Part:
        """What is under a key; an empty object when nothing is."""
        node = self.node.get(key) if is_object(self.node) else None
        return Part({} if node is None else node, (*self.place, key))

    def items(self) -> Iterator[tuple[str, Part]]:
        """The members of an object."""
        if is_object(self.node):
            for key, value in self.node.items():
                yield key, Part(value, (*self.place, key))

    def elements(self) -> Iterator[Part]:
        """The elements of a list."""
        if is_array(self.node):
            for index, value in enumerate(self.node):
                yield Part(value, (*self.place, str(index)))

    def get(self, key: str, default: Any = None) -> Any:
        """A plain member."""
        return self.node.get(key, default) if is_object(self.node) else default


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a schema states, and where it does."""

    value: Any
    place: Place


@dataclass(slots=True)
class View:
    """The meaning of one schema.

    Attributes:
        place: Where it is, references followed.
        facts: What it states, by keyword; bounds as `lower` and `upper` with their exclusiveness.
        fields: Properties by name.
        required: The names that must be there.
        variants: Of oneOf and anyOf, when there is more than one.
        alone: The one there is otherwise.
        bases: The components that allOf brought in.
    """

    place: Place
    facts: dict[str, Fact] = field(default_factory=dict[str, Fact])
    fields: dict[str, Part] = field(default_factory=dict[str, Part])
    required: set[str] = field(default_factory=set[str])
    variants: list[Part] = field(default_factory=list[Part])
    alone: Part | None = None
    bases: list[Place] = field(default_factory=list[Place])

    def value(self, key: str, default: Any = None) -> Any:
        """A stated value."""
        fact = self.facts.get(key)
        return default if fact is None else fact.value

    @property
    def types(self) -> frozenset[str] | None:
        """The JSON types it admits, null aside; None: any."""
        found: frozenset[str] | None = self.value("type")
        return found


class Document:
    """An OpenAPI document that can be looked at by meaning."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.root = Part(content, ())
        self._views: dict[Place, View] = {}

    def follow(self, part: Part) -> Part:
        """The node that a chain of references ends at; an empty one where it leads nowhere."""
        seen: set[str] = set()
        while is_object(part.node) and isinstance(part.node.get("$ref"), str):
            target: str = part.node["$ref"]
            if target in seen:
                return Part({}, part.place)
            seen.add(target)
            part = self.at(place_of(target))
        return part

    def at(self, place: Place) -> Part:
        """The node at a place; an empty one where there is none."""
        node = self.root.node
        for token in place:
            if is_object(node) and token in node:
                node = node[token]
            elif is_array(node) and token.isdecimal() and int(token) < len(node):
                node = node[int(token)]
            else:
                return Part({}, place)
        return Part(node, place)

    def view(self, part: Part, active: tuple[Place, ...] = ()) -> View:
        """The meaning of the schema at a part; `active` are those whose meaning is being found."""
        target = self.follow(part)
        view = self._views.get(target.place) or self._view_of(target, active)
        if not active:
            self._views[target.place] = view
        if target is part or not is_object(part.node):
            return view
        words: dict[str, Fact] = {
            k: Fact(part.node[k], part.place) for k in _WORDS if k in part.node
        }
        return replace(view, facts={**view.facts, **words}) if words else view

    def _view_of(self, target: Part, active: tuple[Place, ...]) -> View:
        view = View(target.place)
        if target.place not in active:
            node = target.node if is_object(target.node) else {}
            self._state(view, node, target.place)
            self._merge(view, target, (*active, target.place))
            _settle(view)
        return view

    def _state(self, view: View, node: dict[str, Any], place: Place) -> None:
        """Take over what the schema itself says."""
        facts = view.facts
        facts |= {key: Fact(bare(node[key]), place) for key in RULES if key in node}
        for key in (*_PLAIN, *_WORDS):
            if key in node:
                facts[key] = Fact(node[key], place)
        facts |= {key: Fact(True, place) for key in _FLAGS if node.get(key) is True}
        for kind in _LIMITS:
            for end in ("min", "max"):
                if f"{end}{kind}" in node:
                    facts[f"{end}{kind}"] = Fact(node[f"{end}{kind}"], place)
        for end, name in (("lower", "inimum"), ("upper", "aximum")):
            limit = _end(node, f"m{name}", f"exclusiveM{name}", smallest=end == "lower")
            if limit is not None:
                facts[end] = Fact(limit, place)
        _state_type(facts, node, place)
        if "additionalProperties" in node:
            facts["additional"] = Fact(node["additionalProperties"], place)
        here = Part(node, place)
        view.fields = dict(here.at("properties").items())
        view.required = {n for n in _list(node.get("required")) if isinstance(n, str)}
        self._state_variants(view, here)

    def _state_variants(self, view: View, here: Part) -> None:
        for joiner in ("oneOf", "anyOf"):
            members = list(here.at(joiner).elements())
            real = [m for m in members if self.follow(m).node != {"type": "null"}]
            if len(real) < len(members):
                view.facts["nullable"] = Fact(True, here.place)
            if real and not view.variants:
                view.variants = real
                view.facts["joiner"] = Fact(joiner, here.place)

    def _merge(self, view: View, target: Part, active: tuple[Place, ...]) -> None:
        """Take over what the members of allOf say; what is said outside goes first."""
        members = list(target.at("allOf").elements())
        if len(view.variants) == 1 and not view.fields:  # a union of one is that one
            members += view.variants
            view.alone, view.variants = view.variants[0], []
            view.facts.pop("joiner", None)
        for member in members:
            base = self.follow(member)
            if base.place in active:
                continue
            if base.place[:2] == _SCHEMAS:
                view.bases.append(base.place)
            inner = self.view(member, active)
            view.bases += inner.bases
            for key, fact in inner.facts.items():
                view.facts.setdefault(key, fact)
            for name, part in inner.fields.items():
                view.fields.setdefault(name, part)
            view.required |= inner.required
            view.variants += inner.variants


def _end(node: dict[str, Any], key: str, exclusive: str, *, smallest: bool) -> Any:
    """One end of a range as (limit, whether it is outside itself); 3.0 and 3.1 alike."""
    limits: list[tuple[Any, bool]] = []
    if _is_number(node.get(key)):
        limits.append((node[key], node.get(exclusive) is True))
    if _is_number(node.get(exclusive)):
        limits.append((node[exclusive], True))
    if not limits:
        return None
    return max(limits) if smallest else min(limits, key=lambda one: (one[0], not one[1]))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _state_type(facts: dict[str, Fact], node: dict[str, Any], place: Place) -> None:
    types = node.get("type")
    listed = [types] if isinstance(types, str) else [t for t in _list(types) if isinstance(t, str)]
    values = [node["const"]] if "const" in node else node.get("enum")
    if is_array(values):
        if None in values and not listed:
            facts["nullable"] = Fact(True, place)
        facts["enum"] = Fact([v for v in values if v is not None], place)
    if "null" in listed or node.get("nullable") is True:
        facts["nullable"] = Fact(True, place)
    named = [t for t in listed if t != "null"]
    if named:
        facts["type"] = Fact(frozenset(named), place)


def _settle(view: View) -> None:
    """Say what is only implied: an object by its properties, a list by its items."""
    if "type" not in view.facts and not view.variants:
        if view.fields or "additional" in view.facts:
            view.facts["type"] = Fact(frozenset({"object"}), view.place)
        elif "items" in view.facts:
            view.facts["type"] = Fact(frozenset({"array"}), view.place)
    for name in sorted(view.required - view.fields.keys()):
        view.fields[name] = Part({}, (*view.place, "required", name))


def bare(value: Any, *, names: bool = False) -> Any:
    """A part of a document without words and extensions."""
    if is_array(value):
        return [bare(one) for one in value]
    if not is_object(value):
        return value
    return {
        key: bare(inner, names=not names and key in _NAMED)
        for key, inner in value.items()
        if names or not (key in _WORDS or key == "summary" or key.startswith("x-"))
    }


def _list(value: Any) -> list[Any]:
    return value if is_array(value) else []


# --- Places ---


def place_of(reference: str) -> Place:
    """The place that a `$ref` inside the document names."""
    tokens = unquote(reference.removeprefix("#")).split("/")[1:]
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in tokens)


def pointer_of(place: Iterable[str]) -> str:
    """The place as a JSON pointer (RFC 6901)."""
    return "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in place)


def name_of(place: Place) -> str | None:
    """The name of a component's schema; None for what is inside of something."""
    return place[2] if place[:2] == _SCHEMAS and len(place) == 3 else None


_SILENT: Final = {"properties", "schema", "content", "parameters", "responses", "headers"}


def place_in_words(place: Place) -> str:
    """The place for people: `Backend.status`, `get /jobs, response 200: items[].id`."""
    if place[:1] == ("components",) and len(place) > 2:
        return place[2] + _below(place[3:])
    if place[:1] == ("paths",) and len(place) > 1:
        return _in_path(place[1], place[2:])
    return ".".join(place) or "the document"


def _in_path(path: str, rest: Place) -> str:
    if not rest:
        return path
    head = f"{rest[0]} {path}" if rest[0] not in _SILENT else path
    inner = rest[1:] if rest[0] not in _SILENT else rest
    if inner[:1] == ("responses",) and len(inner) > 1:
        return f"{head}, response {inner[1]}{_colon(_below(inner[2:]))}"
    if inner[:1] == ("parameters",) and len(inner) > 1:
        return f"{head}, parameter {inner[1]}{_colon(_below(inner[2:]))}"
    if inner[:1] == ("requestBody",):
        return f"{head}, body{_colon(_below(inner[1:]))}"
    return f"{head}{_colon(_below(inner))}"


def _colon(text: str) -> str:
    return f": {text.removeprefix('.')}" if text else ""


def _below(place: Place) -> str:
    text = ""
    tokens = list(place)
    while tokens:
        name = tokens.pop(0)
        if name == "items":
            text += "[]"
        elif name in {"oneOf", "anyOf", "allOf"} and tokens:
            text += f"<{name} {tokens.pop(0)}>"
        elif name == "properties" and tokens:
            text += f".{tokens.pop(0)}"
        elif name == "additionalProperties":
            text += ".*"
        elif name not in _SILENT and not re.fullmatch(r"[\w.+-]+/[\w.+*-]+", name):
            text += f".{name}"
    return text
