"""Compares the schemas of two editions by meaning, once for each way a value goes.

May import: the other modules of this package that only read (changes, views).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, cast

from ionq_conformance.spec.changes import Change, Side, rate
from ionq_conformance.spec.shapes import is_object
from ionq_conformance.spec.views import (
    RULES,
    Document,
    Fact,
    Part,
    Place,
    View,
    name_of,
    place_in_words,
    pointer_of,
)

__all__ = ["Record", "SchemaDiff", "canonical", "in_short"]

_WIDTHS: Final = {"int32", "int64", "float", "double", None}
_LEAST: Final = ("lower", "minLength", "minItems", "minProperties")
_MOST: Final = ("upper", "maxLength", "maxItems", "maxProperties")
_SIMILAR: Final = 0.5
_DESCRIPTIONS: Final = ("description", "title", "externalDocs", "$comment")
_EXAMPLES: Final = ("example", "examples")


@dataclass(slots=True)
class Record:
    """A change while it is being collected: from how many sides and operations it is reached."""

    name: str
    place: Place
    before: Any
    after: Any
    gone: bool
    sides: set[Side] = field(default_factory=set[Side])
    operations: set[str] = field(default_factory=set[str])

    def change(self, document: Document) -> Change:
        """The finished change; `document` is the one that the place is in."""
        kind, rating, why = rate(self.name, self.sides)
        where, pointer = place_in_words(_named(self.place, document)), pointer_of(self.place)
        reached = tuple(sorted(self.operations))
        return Change(kind, where, pointer, self.before, self.after, rating, why, reached)


class SchemaDiff:
    """Collects what differs; a difference reached twice is one.

    Attributes:
        records: The differences.
        pairs: The old place of each new one that was compared with it.
        renames: Component (None: inline) of the old and the new edition that stand for each other.
    """

    def __init__(self, old: Document, new: Document) -> None:
        self.old = old
        self.new = new
        self.records: dict[tuple[Any, ...], Record] = {}
        self.pairs: dict[Place, Place] = {}
        self.renames: dict[tuple[str | None, str | None], tuple[Place, Place]] = {}
        self.operation: str | None = None
        self._seen: set[tuple[Side, Place, Place]] = set()
        self._same: dict[tuple[Place, Place], bool] = {}

    def start(self, operation: str | None) -> None:
        """What follows belongs to this operation."""
        self.operation = operation
        self._seen = set()

    def note(
        self,
        name: str,
        old: Place | None,
        new: Place | None,
        before: Any = None,
        after: Any = None,
        *,
        side: Side | None = None,
        detail: str = "",
    ) -> None:
        """Record a difference."""
        place = new if new is not None else old
        key = (name, detail, old, new)
        record = self.records.setdefault(key, Record(name, place or (), before, after, new is None))
        if side is not None:
            record.sides.add(side)
        if self.operation is not None:
            record.operations.add(self.operation)

    def changes(self) -> list[Change]:
        """What was found."""
        return [r.change(self.old if r.gone else self.new) for r in self.records.values()]

    # --- Schemas ---

    def compare(self, old: Part, new: Part, side: Side) -> None:
        """Compare two schemas and what is below."""
        here, there = self.old.view(old), self.new.view(new)
        self._compare_words(here, there)
        key = (side, here.place, there.place)
        if key in self._seen:
            return
        self._seen.add(key)
        if _is_choice(here) == _is_choice(there):
            self._pair(here.place, there.place)
            self._pair_bases(here, there)
            if here.types and there.types and not self._compare_types(here, there, side):
                return
            self._compare_values(here, there, side)
            self._compare_fields(here, there, side)
            self._compare_insides(here, there, side)
        else:  # a schema of its own became one of several forms, or the reverse
            self._compare_null(here, there, side)
        self._compare_variants(old, new, side)

    def _pair(self, old: Place, new: Place) -> None:
        self.pairs.setdefault(new, old)
        names = name_of(old), name_of(new)
        if names[0] != names[1]:
            self.renames.setdefault(names, (old, new))

    def _pair_bases(self, here: View, there: View) -> None:
        mine = [b for b in here.bases if b not in there.bases]
        theirs = [b for b in there.bases if b not in here.bases]
        shared = [(b, b) for b in here.bases if b in there.bases]
        for old, new in [*shared, *zip(mine, theirs, strict=False)]:
            self._pair(old, new)

    def _compare_words(self, here: View, there: View) -> None:
        for name, keys in (("description-changed", _DESCRIPTIONS), ("example-changed", _EXAMPLES)):
            for key in keys:
                self._fact(name, key, here.facts.get(key), there.facts.get(key), None)

    def _fact(
        self, name: str, detail: str, old: Fact | None, new: Fact | None, side: Side | None
    ) -> None:
        """Record that a stated value differs."""
        if canonical(old and old.value) != canonical(new and new.value):
            self.note(
                name,
                old.place if old else None,
                new.place if new else None,
                _plain(old and old.value),
                _plain(new and new.value),
                side=side,
                detail=detail,
            )

    def _compare_types(self, here: View, there: View, side: Side) -> bool:
        """Compare types; return whether it makes sense to look further."""
        mine, theirs = here.types or frozenset[str](), there.types or frozenset[str]()
        if mine == theirs:
            return True
        if _admits(theirs, mine):
            name = "type-widened"
        elif _admits(mine, theirs):
            name = "type-narrowed"
        else:
            name = "type-changed"
        self._fact(name, "type", here.facts["type"], there.facts["type"], side)
        return name != "type-changed"

    def _compare_values(self, here: View, there: View, side: Side) -> None:
        mine, theirs = here.facts, there.facts
        if ("type" in mine) != ("type" in theirs) and not (here.variants or there.variants):
            name = "type-narrowed" if "type" in theirs else "type-widened"
            self._fact(name, "type", mine.get("type"), theirs.get("type"), side)
        self._compare_null(here, there, side)
        for key, gained, lost in (
            ("deprecated", "deprecated", "undeprecated"),
            ("readOnly", "access-changed", "access-changed"),
            ("writeOnly", "access-changed", "access-changed"),
            ("uniqueItems", "bound-tightened", "bound-loosened"),
        ):
            self._fact(gained if key in theirs else lost, key, mine.get(key), theirs.get(key), side)
        self._compare_enums(mine.get("enum"), theirs.get("enum"), side)
        widths = {here.value("format"), there.value("format")} <= _WIDTHS
        name = "width-changed" if widths else "format-changed"
        self._fact(name, "format", mine.get("format"), theirs.get("format"), side)
        self._fact("default-changed", "default", mine.get("default"), theirs.get("default"), side)
        for key in (*_LEAST, *_MOST):
            self._compare_limit(key, mine.get(key), theirs.get(key), side)
        for key in RULES:
            name = "rule-changed" if key in theirs else "rule-removed"
            self._fact(name, key, mine.get(key), theirs.get(key), side)
        for key in ("pattern", "multipleOf"):
            old, new = mine.get(key), theirs.get(key)
            name = "pattern-changed" if old and new else "bound-tightened"
            self._fact(name if new else "bound-loosened", key, old, new, side)

    def _compare_null(self, here: View, there: View, side: Side) -> None:
        old, new = here.facts.get("nullable"), there.facts.get("nullable")
        self._fact("nullable-added" if new else "nullable-removed", "nullable", old, new, side)

    def _compare_enums(self, old: Fact | None, new: Fact | None, side: Side) -> None:
        if old is None or new is None:
            self._fact("enum-narrowed" if new else "enum-grown", "enum", old, new, side)
            return
        gone = [v for v in old.value if not _holds(new.value, v)]
        more = [v for v in new.value if not _holds(old.value, v)]
        if gone:
            self.note("enum-narrowed", old.place, new.place, gone, None, side=side)
        if more:
            self.note("enum-grown", old.place, new.place, None, more, side=side)

    def _compare_limit(self, key: str, old: Fact | None, new: Fact | None, side: Side) -> None:
        if old is None or new is None:
            tighter = new is not None
        elif key == "upper":
            tighter = (new.value[0], not new.value[1]) < (old.value[0], not old.value[1])
        else:
            tighter = new.value > old.value if key in _LEAST else new.value < old.value
        self._fact("bound-tightened" if tighter else "bound-loosened", key, old, new, side)

    # --- What is inside ---

    def _compare_fields(self, here: View, there: View, side: Side) -> None:
        for name, part in here.fields.items():
            if name not in there.fields:
                before = self._field(self.old, part, name in here.required)
                self.note("field-removed", part.place, None, before, side=side)
        for name, part in there.fields.items():
            must = name in there.required
            if name not in here.fields:
                kind = "field-added-required" if must else "field-added-optional"
                after = self._field(self.new, part, must)
                self.note(kind, None, part.place, None, after, side=side)
                continue
            was = name in here.required
            if must != was:
                kind = "field-made-required" if must else "field-made-optional"
                old = here.fields[name].place
                self.note(kind, old, part.place, _must(was), _must(must), side=side)
            self.compare(here.fields[name], part, side)

    def _field(self, document: Document, part: Part, required: bool) -> str:
        return f"{_must(required)} {in_short(document, part)}"

    def _compare_insides(self, here: View, there: View, side: Side) -> None:
        old, new = here.facts.get("items"), there.facts.get("items")
        if old or new:
            mine = Part(old.value, (*old.place, "items")) if old else Part({}, here.place)
            theirs = Part(new.value, (*new.place, "items")) if new else Part({}, there.place)
            self.compare(mine, theirs, side)
        self._fact(
            "discriminator-changed",
            "discriminator",
            _told_apart(here.facts.get("discriminator")),
            _told_apart(there.facts.get("discriminator")),
            side,
        )
        self._compare_additional(here.facts.get("additional"), there.facts.get("additional"), side)

    def _compare_additional(self, old: Fact | None, new: Fact | None, side: Side) -> None:
        mine = True if old is None or old.value == {} else old.value
        theirs = True if new is None or new.value == {} else new.value
        if is_object(mine) and is_object(theirs) and old and new:
            key = "additionalProperties"
            self.compare(Part(mine, (*old.place, key)), Part(theirs, (*new.place, key)), side)
        elif canonical(mine) != canonical(theirs):
            opened = mine is False or theirs is True
            name = "additional-opened" if opened else "additional-closed"
            places = (old.place if old else None, new.place if new else None)
            self.note(name, *places, mine, theirs, side=side)

    # --- Unions ---

    def _compare_variants(self, old: Part, new: Part, side: Side) -> None:
        here, there = self.old.view(old), self.new.view(new)
        mine, theirs = here.variants, there.variants
        if not mine and not theirs:
            return
        mine = mine or ([here.alone or old] if _is_choice(there) else [])
        theirs = theirs or ([there.alone or new] if _is_choice(here) else [])
        pairs, gone, more = self._match(mine, theirs)
        for one, other in pairs:
            if one is not old or other is not new:
                self.compare(one, other, side)
        for part in gone:
            before = in_short(self.old, part)
            self.note("variant-removed", part.place, None, before, side=side)
        for part in more:
            after = in_short(self.new, part)
            self.note("variant-added", None, part.place, None, after, side=side)
        joiners = here.facts.get("joiner"), there.facts.get("joiner")
        if all(joiners) and not gone and not more:
            self._fact("union-changed", "joiner", *joiners, side)

    def _match(
        self, mine: list[Part], theirs: list[Part]
    ) -> tuple[list[tuple[Part, Part]], list[Part], list[Part]]:
        """Pair the forms of two unions: by name, by content, by likeness, in this order."""
        left, right = list(mine), list(theirs)
        pairs: list[tuple[Part, Part]] = []
        for alike in (self._same_name, self._same_content, self._similar):
            for one in list(left):
                other = next((o for o in right if alike(one, o)), None)
                if other is not None:
                    left.remove(one)
                    right.remove(other)
                    pairs.append((one, other))
        if len(left) == len(right) == 1:
            pairs.append((left.pop(), right.pop()))
        return pairs, left, right

    def _same_name(self, old: Part, new: Part) -> bool:
        name = name_of(self.old.follow(old).place)
        return name is not None and name == name_of(self.new.follow(new).place)

    def _same_content(self, old: Part, new: Part) -> bool:
        here, there = self.old.follow(old).place, self.new.follow(new).place
        key = (here, there)
        if key not in self._same:
            trial = SchemaDiff(self.old, self.new)
            trial._same = self._same
            self._same[key] = False  # while it is being found out
            trial.compare(old, new, Side.REQUEST)
            names = {record.name for record in trial.records.values()}
            self._same[key] = names <= {"description-changed", "example-changed"}
        return self._same[key]

    def _similar(self, old: Part, new: Part) -> bool:
        mine, theirs = self.old.view(old), self.new.view(new)
        if mine.types != theirs.types:
            return False
        names, others = set(mine.fields), set(theirs.fields)
        if not names or not others:
            return not names and not others and mine.types is not None
        return len(names & others) / len(names | others) >= _SIMILAR


def _named(place: Place, document: Document) -> Place:
    """The place with a parameter's name in place of its number."""
    if "parameters" not in place[:-1] or place[0] != "paths":
        return place
    at = place.index("parameters") + 1
    name = document.at(place[: at + 1]).get("name", place[at])
    return (*place[:at], str(name), *place[at + 1 :])


def _is_choice(view: View) -> bool:
    """Whether a schema says nothing but which forms there are."""
    return bool(view.variants) and not view.fields


def _admits(types: frozenset[str], others: frozenset[str]) -> bool:
    """Whether all of `others` are among `types`; an integer is a number."""
    wider = types | ({"integer"} if "number" in types else set[str]())
    return others <= wider


def _holds(values: list[Any], value: Any) -> bool:
    return any(canonical(value) == canonical(one) for one in values)


def _must(required: bool) -> str:
    return "required" if required else "optional"


def _told_apart(fact: Fact | None) -> Fact | None:
    """A discriminator without the names of the components it leads to."""
    if fact is None or not is_object(fact.value):
        return None
    mapping = fact.value.get("mapping")
    values = sorted(mapping) if is_object(mapping) else []
    return Fact({"propertyName": fact.value.get("propertyName"), "values": values}, fact.place)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):  # a limit and whether it is outside itself
        limit, outside = cast("tuple[Any, bool]", value)
        return f"beyond {limit}" if outside else limit
    return sorted(cast("Iterable[Any]", value)) if isinstance(value, frozenset) else value


def canonical(value: Any) -> str:
    """A text that is the same for the same JSON value; true and 1 differ, 1 and 1.0 do not."""
    return json.dumps(_numbers(_plain(value)), sort_keys=True)


def _numbers(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if is_object(value):
        return {k: _numbers(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_numbers(v) for v in cast("Iterable[Any]", value)]
    return value


def in_short(document: Document, part: Part) -> str:
    """A schema in a word or two."""
    target = document.follow(part)
    name = name_of(target.place)
    if name:
        return name
    view = document.view(part)
    types = "/".join(sorted(view.types or ())) or ("union" if view.variants else "any")
    return types + (" or null" if "nullable" in view.facts else "")
