"""Apply OpenAPI Overlay 1.x documents strictly: an action without effect is an error.

A dead action means that upstream moved: it must surface, not rot. JSONPath is RFC 9535, by a
library. May import: the documents module, jsonpath-rfc9535 and the standard library.
"""

from __future__ import annotations

import copy
import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonpath_rfc9535
from jsonpath_rfc9535 import JSONPathQuery

from ionq_conformance.spec.documents import JSON, DocumentError, load
from ionq_conformance.spec.shapes import is_array, is_object

VERB_KEYS = ("update", "copy", "remove")
ACTION_KEYS = {"target", "description", *VERB_KEYS}
DOCUMENT_KEYS = {"overlay", "info", "extends", "actions"}
REQUIRED_NOTES = ("x-reason", "x-evidence", "x-date")

Place = tuple[str | int, ...]
ROOT: Place = ()

NOTHING_NEW = "update changes nothing: upstream already has it"


@dataclass(frozen=True)
class DeadAction:
    """An action without effect: where it stands and why it did nothing."""

    patch: str
    index: int
    target: str
    why: str
    part: str | None = None
    """The selector of several in the target that did nothing; None: all of it."""

    @property
    def mended(self) -> bool:
        """Whether the document says already what the action would have made it say."""
        return NOTHING_NEW in self.why

    def __str__(self) -> str:
        return f"{self.patch}: action {self.index + 1}: {self.target}: {self.why}"


@dataclass(frozen=True)
class Overlay:
    """One patch file, checked."""

    name: str
    title: str
    actions: tuple[dict[str, Any], ...]


def load_overlays(folder: Path) -> list[Overlay]:
    """The overlays of a folder in the order they apply, which is the order of their names."""
    return [load_overlay(path) for path in sorted(folder.glob("*.yaml"))]


def load_overlay(path: Path) -> Overlay:
    """Read one overlay.

    Raises:
        DocumentError: It is not an Overlay 1.x document, or says no reason, evidence or date.
    """
    document = load(path)
    if not is_object(document) or not str(document.get("overlay", "")).startswith("1."):
        raise DocumentError(f"{path}: not an OpenAPI Overlay 1.x document")
    _refuse_unknown_fields(document, DOCUMENT_KEYS, str(path))
    info, actions = document.get("info"), document.get("actions")
    title = info.get("title") if is_object(info) else None
    if not title or not is_array(actions) or not actions:
        raise DocumentError(f"{path}: info.title and at least one action are required")
    for index, action in enumerate(actions):
        _check_action(action, document, f"{path}: action {index + 1}")
    return Overlay(path.name, str(title), tuple(actions))


def _refuse_unknown_fields(node: dict[str, Any], known: set[str], where: str) -> None:
    unknown = [key for key in node if key not in known and not key.startswith("x-")]
    if unknown:
        raise DocumentError(f"{where}: unknown fields {unknown}")


def _check_action(action: Any, document: dict[str, Any], where: str) -> None:
    if not is_object(action) or not isinstance(action.get("target"), str):
        raise DocumentError(f"{where}: a target is required")
    _refuse_unknown_fields(action, ACTION_KEYS, where)
    verbs = [key for key in VERB_KEYS if key in action]
    if len(verbs) != 1 or action.get("remove", True) is not True:
        raise DocumentError(f"{where}: exactly one of {', '.join(VERB_KEYS)} is required")
    if not isinstance(action.get("copy", ""), str):
        raise DocumentError(f"{where}: copy takes a JSONPath")
    notes = {**document, **action}  # what the file says once holds for all its actions
    for note in REQUIRED_NOTES:
        if not str(notes.get(note) or "").strip():
            raise DocumentError(f"{where}: {note} is missing")
    try:
        datetime.date.fromisoformat(str(notes["x-date"]))
    except ValueError as error:
        raise DocumentError(f"{where}: x-date is no ISO date: {error}") from error


def apply(document: JSON, overlays: Iterable[Overlay]) -> tuple[JSON, list[DeadAction]]:
    """Apply overlays in order to a copy; return it with every action that had no effect."""
    patched = copy.deepcopy(document)
    dead: list[DeadAction] = []
    for overlay in overlays:
        for index, action in enumerate(overlay.actions):
            try:
                _apply_action(patched, action)
            except _NoEffectError as error:
                why = str(error)
                dead.append(DeadAction(overlay.name, index, action["target"], why, error.part))
    return patched, dead


class _NoEffectError(Exception):
    """An action, or a part of one, that did nothing; the message says why."""

    def __init__(self, why: str, part: str | None = None) -> None:
        super().__init__(why)
        self.part = part


def _apply_action(document: JSON, action: dict[str, Any]) -> None:
    """Apply one action in place."""
    query = _compile(action["target"], "the target")
    places = _find(query, document)
    if not places:
        raise _NoEffectError("the target matches nothing")
    parts = {name: _find(part, document) for name, part in _parts(query)}
    if "remove" in action:
        changed = _remove(document, places)
    elif "copy" in action:
        sources = _find(_compile(action["copy"], "copy"), document)
        if len(sources) != 1:
            raise _NoEffectError(f"copy must select exactly one node, not {len(sources)}")
        changed = _update(document, places, copy.deepcopy(_at(document, sources[0])))
    else:
        changed = _update(document, places, action["update"])
    if not changed:
        raise _NoEffectError(f"the {NOTHING_NEW}")
    for name, own in parts.items():
        if not own:
            raise _NoEffectError(f"{name} matches nothing", name)
        if not changed.intersection(own):
            raise _NoEffectError(f"at {name} the {NOTHING_NEW}", name)


def _compile(path: str, what: str) -> JSONPathQuery:
    try:
        return jsonpath_rfc9535.compile(path)
    except jsonpath_rfc9535.JSONPathError as error:
        raise _NoEffectError(f"{what} is no JSONPath: {error}") from error


def _parts(query: JSONPathQuery) -> Iterator[tuple[str, JSONPathQuery]]:
    """The query with one of ['a', 'b'] at a time: each must be alive, or half a patch could rot."""
    for index, segment in enumerate(query.segments):
        for selector in segment.selectors if len(segment.selectors) > 1 else ():
            only = type(segment)(env=query.env, token=segment.token, selectors=(selector,))
            segments = (*query.segments[:index], only, *query.segments[index + 1 :])
            yield f"[{selector}]", JSONPathQuery(env=query.env, segments=segments)


def without_part(target: str, part: str) -> str:
    """A target with one of its several selectors less."""
    query = _compile(target, "the target")
    segments: list[Any] = []
    for segment in query.segments:
        left = segment.selectors
        if len(left) > 1:
            left = tuple(one for one in left if f"[{one}]" != part)
        segments.append(type(segment)(env=query.env, token=segment.token, selectors=left))
    return str(JSONPathQuery(env=query.env, segments=tuple(segments)))


def found(target: str, document: JSON) -> list[JSON]:
    """The nodes that a target selects."""
    return [_at(document, place) for place in _find(_compile(target, "the target"), document)]


def _find(query: JSONPathQuery, document: JSON) -> list[Place]:
    """Each matching place once, last and deepest first: so that changing one moves no other."""
    return sorted({tuple(node.location) for node in query.finditer(document)}, reverse=True)


def _remove(document: JSON, places: list[Place]) -> set[Place]:
    if ROOT in places:
        raise _NoEffectError("the root cannot be removed")
    for place in places:
        del _at(document, place[:-1])[place[-1]]
    return set(places)


def _update(document: JSON, places: list[Place], update: JSON) -> set[Place]:
    """Merge `update` into each place; return those that changed."""
    if ROOT in places and not is_object(update):
        raise _NoEffectError("the root can only be merged with an object")
    return {place for place in places if _update_one(document, place, update)}


def _at(document: JSON, place: Place) -> Any:
    for key in place:
        document = document[key]
    return document


def _update_one(document: JSON, place: Place, update: JSON) -> bool:
    """Merge `update` into the node at `place`; return whether anything changed."""
    node = _at(document, place)
    before = json.dumps(node)  # as text: True and 1 are not the same
    merged = _merge(node, copy.deepcopy(update))
    if place:
        _at(document, place[:-1])[place[-1]] = merged
    return json.dumps(merged) != before


def _merge(node: JSON, update: JSON) -> JSON:
    """Overlay's merge: objects recursively, lists by appending, anything else by replacing."""
    if is_object(node) and is_object(update):
        for key, value in update.items():
            node[key] = _merge(node[key], value) if key in node else value
        return node
    if is_array(node):
        node.extend(update if is_array(update) else [update])
        return node
    return update
