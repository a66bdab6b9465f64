"""Patches that keep an operation alive which a later edition no longer has: deprecated, as it was.

May import: diff, documents, overlay, patches, views.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# Documents are of unknown shape here: what isinstance() finds is all that is known of them.

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ionq_conformance.spec.diff import Operation, compare, operations_of
from ionq_conformance.spec.documents import DocumentError, load
from ionq_conformance.spec.overlay import load_overlay
from ionq_conformance.spec.patches import RETIRED, NewPatch
from ionq_conformance.spec.views import Document, Part, Place, place_of

__all__ = [
    "Keep",
    "Wish",
    "draft",
    "drafts",
    "keep",
    "kept",
    "removed",
    "write_keeps",
]

_OPERATION: Final = "x-operation"


@dataclass(frozen=True, slots=True)
class Wish:
    """An operation that is to stay.

    Attributes:
        operation: Its `operationId`, or method and path (`GET /jobs`).
        instead: What takes its place, for the warning; empty: not known.
    """

    operation: str
    instead: str = ""

    @classmethod
    def parse(cls, text: str) -> Wish:
        """From `ID` or `ID=REPLACEMENT`."""
        operation, _, instead = text.partition("=")
        return cls(operation.strip(), " ".join(instead.split()))


@dataclass(frozen=True, slots=True)
class Keep:
    """A patch that keeps one operation alive.

    Attributes:
        operation: The operation, as in `Wish`.
        patch: The patch.
    """

    operation: str
    patch: NewPatch


def removed(old: dict[str, Any], new: dict[str, Any]) -> list[Operation]:
    """The operations that only the old document has."""
    kept = compare(old, new).moved
    return [one for one in operations_of(Document(old)) if (one.method, one.path) not in kept]


def keep(
    wish: Wish, old: dict[str, Any], new: dict[str, Any], day: str, folder: Path, number: int
) -> Keep:
    """The patch that brings back an operation of the old document, or of a draft.

    Args:
        wish: The operation.
        old: The old document, patched: the operation is taken from it as clients know it.
        new: The new document, patched.
        day: The day of the edition that no longer has it.
        folder: The folder of patches.
        number: The patch's place in the order.

    Raises:
        DocumentError: It is not gone, or was never there.
    """
    gone = {one.label: one for one in removed(old, new)}
    if wish.operation in gone:
        return draft(gone[wish.operation], old, new, day, wish.instead, number)
    known = {one.operation: one for one in drafts(folder)}
    if wish.operation in known:
        return _numbered(known[wish.operation], wish.instead, number)
    if wish.operation in {one.label for one in operations_of(Document(new))}:
        raise DocumentError(f"--keep {wish.operation}: the operation is not gone")
    choice = ", ".join(sorted({*gone, *known})) or "none"
    raise DocumentError(f"--keep {wish.operation}: no such operation is gone; gone are: {choice}")


def draft(
    operation: Operation,
    old: dict[str, Any],
    new: dict[str, Any],
    day: str,
    instead: str = "",
    number: int | None = None,
) -> Keep:
    """The patch that brings `operation` of `old` back into `new`."""
    node = copy.deepcopy(operation.part.node)
    node["deprecated"] = True
    shared = operation.item.get("parameters")
    if isinstance(shared, list):  # the path may come back without them, or stay with others
        own = node.get("parameters") if isinstance(node.get("parameters"), list) else []
        node["parameters"] = [*_not_overridden(shared, own, Document(old)), *own]
    if instead:
        node["x-replaced-by"] = instead
    update: dict[str, Any] = {"paths": {operation.path: {operation.method: node}}}
    components = _components(node, old, new)
    if components:
        update["components"] = components
    document = {
        "overlay": "1.1.0",
        "info": {"title": f"{operation.label} is kept alive", "version": "1.0.0"},
        _OPERATION: operation.label,
        "x-reason": "Programs still call it; they are warned once, and go on as long as it works.",
        "x-evidence": f"The edition of {day} no longer has it; the one before did.",
        "x-date": day,
        "actions": [{"target": "$", "update": update}],
    }
    return _keep(document, number)


def _keep(document: dict[str, Any], number: int | None) -> Keep:
    operation = str(document[_OPERATION])
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "-", operation).strip("-").lower()
    prefix = "" if number is None else f"{number:02d}-"
    name = f"{prefix}keep-{words[:60] or 'operation'}.yaml"
    return Keep(operation, NewPatch(name, document))


def _numbered(drafted: Keep, instead: str, number: int) -> Keep:
    document = copy.deepcopy(drafted.patch.document)
    if instead:
        for item in document["actions"][0]["update"]["paths"].values():
            for node in item.values():
                node["x-replaced-by"] = instead
    return _keep(document, number)


def _not_overridden(shared: list[Any], own: list[Any], document: Document) -> list[Any]:
    def name(one: Any) -> tuple[Any, Any]:
        target = document.follow(Part(one, ()))
        return target.get("in"), target.get("name")

    taken = {name(one) for one in own}
    return [copy.deepcopy(one) for one in shared if name(one) not in taken]


def _components(node: Any, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """What the operation refers to, and the new document has no more."""
    here, there = Document(old), Document(new)
    missing: dict[str, Any] = {}
    seen: set[Place] = set()
    waiting = [node]
    while waiting:
        for place in _referred(waiting.pop()):
            if place in seen or len(place) != 3 or there.at(place).node != {}:
                continue
            seen.add(place)
            found = copy.deepcopy(here.at(place).node)
            missing.setdefault(place[1], {})[place[2]] = found
            waiting.append(found)
    return missing


def _referred(node: Any) -> Iterator[Place]:
    """The components that a node names: by reference, or as a security scheme."""
    if isinstance(node, list):
        for one in node:
            yield from _referred(one)
    if not isinstance(node, dict):
        return
    if isinstance(node.get("$ref"), str):
        yield place_of(node["$ref"])
    for way in node["security"] if isinstance(node.get("security"), list) else ():
        for scheme in way if isinstance(way, dict) else ():
            yield ("components", "securitySchemes", str(scheme))
    for value in node.values():
        yield from _referred(value)


# --- Files ---


def drafts(folder: Path) -> list[Keep]:
    """Patches for operations that are gone, which an earlier update left to be chosen from."""
    return [_read(path) for path in sorted((folder / RETIRED).glob("keep-*.yaml"))]


def kept(folder: Path) -> list[str]:
    """The operations that patches in force keep alive."""
    return [_read(path).operation for path in sorted(folder.glob("*-keep-*.yaml"))]


def _read(path: Path) -> Keep:
    load_overlay(path)  # checks it
    document = load(path)
    return Keep(str(document.get(_OPERATION)), NewPatch(path.name, document))


def write_keeps(folder: Path, keeps: list[Keep], drafted: list[Keep]) -> None:
    """Write the patches in force, and the drafts of those that could be."""
    chosen = {one.operation for one in keeps}
    for path in (folder / RETIRED).glob("keep-*.yaml"):
        if _read(path).operation in chosen:
            path.unlink()
    for one in keeps:
        one.patch.write(folder)
    for one in drafted:
        if one.operation not in chosen:
            one.patch.write(folder / RETIRED)
