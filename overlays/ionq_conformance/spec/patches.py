"""Which patches a later edition leaves without effect, and what the patch files are without them.

What upstream mended is dropped; what finds nothing to patch any more is retired, and kept to be
looked at. May import: documents, overlay, merge (for YAML).
"""

from __future__ import annotations

import copy
import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ionq_conformance.spec.documents import HTTP_METHODS, DocumentError, dumps
from ionq_conformance.spec.merge import read_yaml, write_yaml
from ionq_conformance.spec.overlay import (
    NOTHING_NEW,
    DeadAction,
    Overlay,
    apply,
    found,
    without_part,
)
from ionq_conformance.spec.shapes import is_array, is_object
from ionq_conformance.spec.views import Document, place_of

__all__ = ["RETIRED", "NewPatch", "Settled", "dangling", "next_number", "settle", "write_settled"]

RETIRED = "retired"


@dataclass(slots=True)
class Settled:
    """What became of the patches.

    Attributes:
        overlays: What still has an effect, in order.
        patched: The document with them applied.
        mended: Actions, or parts, that say what upstream now says itself.
        conflicts: Actions, or parts, that find nothing to change, or lead nowhere.
    """

    overlays: list[Overlay]
    patched: dict[str, Any]
    mended: list[DeadAction] = field(default_factory=list[DeadAction])
    conflicts: list[DeadAction] = field(default_factory=list[DeadAction])


@dataclass(frozen=True, slots=True)
class NewPatch:
    """A patch that is not yet in a file.

    Attributes:
        name: The file's name.
        document: What the file will say.
    """

    name: str
    document: dict[str, Any]

    @property
    def overlay(self) -> Overlay:
        """The patch as it is applied."""
        return Overlay(self.name, self.document["info"]["title"], tuple(self.document["actions"]))

    def write(self, folder: Path) -> None:
        """Write it into a folder, which is made if it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        text = write_yaml(copy.deepcopy(self.document))
        (folder / self.name).write_text(text, encoding="utf-8", newline="\n")


def next_number(folder: Path) -> int:
    """The number that no patch of a folder has yet."""
    numbers = [int(found[0]) for p in folder.glob("*.yaml") if (found := re.match(r"\d+", p.name))]
    return max(numbers, default=0) + 1


@dataclass(frozen=True, slots=True)
class _Numbered:
    """An overlay, and the number that each of its actions has in its file."""

    overlay: Overlay
    numbers: tuple[int, ...]


def settle(
    document: dict[str, Any],
    overlays: list[Overlay],
    previous: dict[str, Any] | None = None,
    faults: Callable[[dict[str, Any]], str] | None = None,
) -> Settled:
    """Leave out, one after the other, the actions that have no effect or lead nowhere.

    Args:
        document: The document to patch.
        overlays: The patches.
        previous: The document they were written for; what they added to it and the new one has
            by itself is not added again.
        faults: Says what makes a patched document unusable; a patch that does is left out whole.

    Raises:
        DocumentError: The document itself refers to what it does not have.
    """
    lost = dangling(document)
    if lost:
        raise DocumentError(f"the document refers to what it does not have: {', '.join(lost)}")
    settled = Settled(overlays, document)
    given = overlays if previous is None else _without_doubles(settled, previous, document)
    present = [_Numbered(one, tuple(range(len(one.actions)))) for one in given]
    while True:
        settled.overlays = [one.overlay for one in present]
        settled.patched, dead = apply(document, settled.overlays)
        dead = dead or list(_astray(settled.patched, settled.overlays))
        dead = dead or list(_harmful(document, settled, faults))
        if not dead:
            return settled
        # The last first: so that no number moves.
        for one in sorted(dead, key=lambda d: (d.patch, d.index), reverse=True):
            at = next(i for i, p in enumerate(present) if p.overlay.name == one.patch)
            number = present[at].numbers[one.index]
            (settled.mended if one.mended else settled.conflicts).append(
                dataclasses.replace(one, index=number)
            )
            present[at] = _less(present[at], one)


def _harmful(
    document: dict[str, Any],
    settled: Settled,
    faults: Callable[[dict[str, Any]], str] | None,
) -> Iterator[DeadAction]:
    """All actions of the first patch with which the document becomes unusable."""
    overlays = settled.overlays
    why = faults(settled.patched) if faults else ""
    if not faults or not why:
        return
    low, high = 0, len(overlays)  # usable with `low` patches, not with `high`
    while high - low > 1:
        middle = (low + high) // 2
        if faults(apply(document, overlays[:middle])[0]):
            high = middle
        else:
            low = middle
    if not overlays:
        raise DocumentError(f"the document cannot be used: {why}")
    culprit = overlays[high - 1]
    for index, action in enumerate(culprit.actions):
        reason = f"the document is not valid with it: {why}"
        yield DeadAction(culprit.name, index, action["target"], reason)


def _without_doubles(
    settled: Settled, previous: dict[str, Any], document: dict[str, Any]
) -> list[Overlay]:
    """The overlays without what they added and upstream now has itself."""
    result: list[Overlay] = []
    for overlay in settled.overlays:
        actions: list[dict[str, Any]] = []
        for index, action in enumerate(overlay.actions):
            update, doubles = _cut(action, previous, document)
            for double in doubles:
                why = f"the {NOTHING_NEW}, in its own form: {double}"
                settled.mended.append(
                    DeadAction(overlay.name, index, action["target"], why, double)
                )
            actions.append({**action, "update": update} if doubles else action)
            only = dataclasses.replace(overlay, actions=(action,))
            previous = apply(previous, [only])[0]
            document = apply(document, [dataclasses.replace(overlay, actions=(actions[-1],))])[0]
        result.append(dataclasses.replace(overlay, actions=tuple(actions)))
    return result


def _cut(
    action: dict[str, Any], previous: dict[str, Any], document: dict[str, Any]
) -> tuple[Any, list[str]]:
    """The update without what only the later document has, and the names of that."""
    update = copy.deepcopy(action.get("update"))
    if not (is_object(update) or is_array(update)):
        return update, []
    before, after = found(action["target"], previous), found(action["target"], document)
    if len(before) != 1 or len(after) != 1:
        return update, []
    doubles: list[str] = []
    return _cut_node(update, before[0], after[0], "", doubles), doubles


def _cut_node(update: Any, before: Any, after: Any, at: str, doubles: list[str]) -> Any:
    if is_array(update) and is_array(after):
        old = before if is_array(before) else []
        again = [one for one in update if one in after and one not in old]
        doubles += [f"{at}: {one}" for one in again]
        return [one for one in update if one not in again]
    if not (is_object(update) and is_object(after) and is_object(before)):
        return update
    for key in list(update):
        if key not in after:
            continue
        if is_object(update[key]) and key not in before:
            doubles.append(f"{at}/{key}")
            kept = _placement(update[key], after[key], key)
            if kept:
                update[key] = kept
            else:
                del update[key]
        else:
            update[key] = _cut_node(
                update[key], before.get(key), after[key], f"{at}/{key}", doubles
            )
            if update[key] in ({}, []):
                del update[key]
    return update


def _placement(ours: Any, theirs: Any, key: str) -> dict[str, Any]:
    """What of an operation of ours only says where its module goes, if upstream does not say."""
    if key.startswith("/") and is_object(theirs):
        items = {m: _placement(ours[m], theirs[m], m) for m in ours if m in theirs}
        return {method: kept for method, kept in items.items() if kept}
    if key not in HTTP_METHODS or not is_object(theirs) or theirs.get("tags"):
        return {}
    return {"tags": ours["tags"]} if "tags" in ours else {}


def _less(one: _Numbered, dead: DeadAction) -> _Numbered:
    """The overlay without an action, or without a part of its target."""
    actions, numbers = list(one.overlay.actions), list(one.numbers)
    if dead.part is None:
        del actions[dead.index], numbers[dead.index]
    else:
        target = without_part(dead.target, dead.part)
        actions[dead.index] = {**actions[dead.index], "target": target}
    overlay = dataclasses.replace(one.overlay, actions=tuple(actions))
    return _Numbered(overlay, tuple(numbers))


def _astray(patched: dict[str, Any], overlays: list[Overlay]) -> Iterator[DeadAction]:
    """The actions that make references to nothing, or take away what is referred to."""
    for reference in dangling(patched):
        name = reference.rpartition("/")[2]
        for overlay in overlays:
            for index, action in enumerate(overlay.actions):
                brings = json.dumps(reference) in json.dumps(action.get("update"))
                takes = "remove" in action and name in action["target"]
                if brings or takes:
                    why = f"{reference} is no longer there"
                    yield DeadAction(overlay.name, index, action["target"], why)
                    return
        raise DocumentError(f"patches leave {reference} without what it refers to")


def dangling(document: dict[str, Any]) -> list[str]:
    """The references that lead nowhere, each once."""
    found: dict[str, None] = {}
    view = Document(document)

    def walk(node: Any) -> None:
        if is_object(node):
            reference = node.get("$ref")
            if isinstance(reference, str) and not _exists(view, reference):
                found[reference] = None
            for value in node.values():
                walk(value)
        elif is_array(node):
            for value in node:
                walk(value)

    walk(document)
    return list(found)


def _exists(document: Document, reference: str) -> bool:
    node: Any = document.root.node
    for token in place_of(reference):
        if is_object(node) and token in node:
            node = node[token]
        elif is_array(node) and token.isdecimal() and int(token) < len(node):
            node = node[int(token)]
        else:
            return False
    return True


def write_settled(folder: Path, settled: Settled, before: list[Overlay]) -> list[Path]:
    """Take dead actions out of the patch files, and put conflicts into `retired/`.

    Returns:
        The files that were written or removed.
    """
    written: list[Path] = []
    after = {one.name: one for one in settled.overlays}
    for overlay in before:
        left = after[overlay.name]
        if left.actions == overlay.actions:
            continue
        path = folder / overlay.name
        tree = read_yaml(path.read_text(encoding="utf-8"))
        retired = [one for one in settled.conflicts if one.patch == overlay.name]
        if retired:
            written.append(_retire(path, tree, retired))
        _shrink(tree["actions"], settled, overlay, left)
        if left.actions:
            path.write_text(write_yaml(tree), encoding="utf-8", newline="\n")
        else:
            path.unlink()
        written.append(path)
    return written


def _shrink(actions: Any, settled: Settled, overlay: Overlay, left: Overlay) -> None:
    whole = {d.index for d in (*settled.mended, *settled.conflicts) if _is_whole(d, overlay)}
    for number in sorted(whole, reverse=True):
        del actions[number]
    for action, now in zip(actions, left.actions, strict=True):
        if action["target"] != now["target"]:
            action["target"] = now["target"]
        if action.get("update") != now.get("update"):
            action["update"] = now["update"]


def _is_whole(dead: DeadAction, overlay: Overlay) -> bool:
    return dead.patch == overlay.name and dead.part is None


def _retire(path: Path, tree: Any, retired: list[DeadAction]) -> Path:
    """Keep what no longer applies, out of the way, with the reason."""
    kept = copy.deepcopy(tree)
    kept["actions"] = []
    for dead in sorted(retired, key=lambda one: one.index):
        action = copy.deepcopy(tree["actions"][dead.index])
        action["target"] = dead.target
        action["x-retired"] = f"{dead.part}: {dead.why}" if dead.part else dead.why
        kept["actions"].append(action)
    target = path.parent / RETIRED / path.name
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        earlier = read_yaml(target.read_text(encoding="utf-8"))
        known = [dumps(one) for one in earlier["actions"]]
        kept["actions"] = [
            *earlier["actions"],
            *(one for one in kept["actions"] if dumps(one) not in known),
        ]
    target.write_text(write_yaml(kept), encoding="utf-8", newline="\n")
    return target
