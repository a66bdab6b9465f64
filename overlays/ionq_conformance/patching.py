"""From deviations to an OpenAPI Overlay that makes the document agree with the server.

May import: the contract, drift and its actions, the overlay that applies them; the standard
library. Every action carries its evidence.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from ionq_conformance import drift_answers
from ionq_conformance.contract import Contract
from ionq_conformance.drift import Drift
from ionq_conformance.drift_actions import STAGES, Action, Stage, accepts, times
from ionq_conformance.drift_places import NowhereError, Place, node_at, places
from ionq_conformance.spec.overlay import Overlay, apply

__all__ = ["Action", "Patch", "propose", "to_yaml"]

_WHOLE: Final = ("status", "body")


@dataclass(slots=True)
class Patch:
    """What is proposed, and what a person has to look at.

    Attributes:
        actions: In the order in which they apply.
        settled: Deviations that the document, as it is now, allows already.
        unsolved: Deviations that no such patch can mend, with the reason.
    """

    actions: list[Action] = field(default_factory=list[Action])
    settled: list[Drift] = field(default_factory=list[Drift])
    unsolved: list[tuple[Drift, str]] = field(default_factory=list[tuple[Drift, str]])


def propose(contract: Contract, drifts: Iterable[Drift]) -> Patch:
    """Actions that take each deviation away, as far as an Overlay can.

    Each is tried on a copy of the document before the next is sought: none is without effect, and
    none takes from another what it stands on.

    Args:
        contract: The document the client was generated from, earlier patches applied.
        drifts: What was seen.
    """
    drifts = [_of_its_type(contract, drift) for drift in drifts]
    work = _Work(contract, Patch())
    for kind in _WHOLE:
        for group in drift_answers.by_answer(one for one in drifts if one.kind == kind):
            work.on_answer(group)
    for stage in STAGES:
        work.on_places(stage, [one for one in drifts if one.kind in stage.kinds])
    return work.patch


def _of_its_type(contract: Contract, drift: Drift) -> Drift:
    """What is in no list of words because it is no word at all is of another type."""
    if drift.kind not in {"enum", "const"}:
        return drift
    try:
        found = places(contract, drift)
    except NowhereError:
        return drift
    if any(accepts(contract, place.node, drift.found) for place in found):
        return drift
    return replace(drift, kind="null" if drift.found == "null" else "type")


@dataclass(slots=True)
class _Work:
    """The patch so far, and the document with it."""

    contract: Contract
    patch: Patch

    def on_answer(self, drifts: list[Drift]) -> None:
        """Answers of one operation and status."""

        def actions() -> list[Action]:
            found, settled = drift_answers.answers(self.contract, drifts)
            self.patch.settled += settled
            return found

        self._take(actions, drifts)

    def on_places(self, stage: Stage, drifts: list[Drift]) -> None:
        """Deviations within bodies: innermost first, for what is around them may be moved."""
        concerned: dict[tuple[str, ...], list[Drift]] = {}
        for drift in drifts:
            try:
                found = places(self.contract, drift)
            except NowhereError as error:
                self.patch.unsolved.append((drift, str(error)))
                continue
            paths = [one.path for one in found if stage.concerns(self.contract, one, drift)]
            for path in paths:
                concerned.setdefault(path, []).append(drift)
            if not paths:
                self.patch.settled.append(drift)
        for path in sorted(concerned, key=len, reverse=True):
            self._take(partial(self._changes, stage, path, concerned[path]), concerned[path])

    def _changes(self, stage: Stage, path: tuple[str, ...], drifts: list[Drift]) -> list[Action]:
        place = Place(path, node_at(self.contract, path))
        # A change at another place may have mended this one too: a shared list of words.
        left = [drift for drift in drifts if stage.concerns(self.contract, place, drift)]
        return list(stage.change(self.contract, place, left)) if left else []

    def _take(self, actions: Callable[[], list[Action]], drifts: list[Drift]) -> None:
        try:
            new = actions()
            self.contract = _with(self.contract, new)
        except NowhereError as error:
            self.patch.unsolved += [(drift, str(error)) for drift in drifts]
        else:
            self.patch.actions += new


def _with(contract: Contract, actions: list[Action]) -> Contract:
    """The document with some more actions applied.

    Raises:
        NowhereError: One of them has no effect.
    """
    if not actions:
        return contract
    plain = tuple({"target": action.target, **action.change} for action in actions)
    document, dead = apply(contract.document, [Overlay("drift", "drift", plain)])
    if dead:
        raise NowhereError(f"a change would have no effect: {dead[0].why}")
    return Contract(document)


def to_yaml(patch: Patch, *, today: datetime.date) -> str:
    """The Overlay as YAML. Values are written as JSON, which YAML contains."""
    lines = [
        "overlay: 1.1.0",
        "info:",
        "  title: What answers showed to differ from the document",
        "  version: 1.0.0",
        *(f"  description: {_json(text)}" for text in _left_over(patch)),
        "actions:",
    ]
    for action in patch.actions:
        ((verb, value),) = action.change.items()
        lines += [
            f"  - target: {_json(action.target)}",
            f"    x-reason: {_json(action.reason)}",
            f"    x-evidence: {_json(action.evidence)}",
            f"    x-date: {_json(today.isoformat())}",
            f"    {verb}: {_json(value)}",
        ]
    return "\n".join(lines) + "\n"


def _left_over(patch: Patch) -> Iterator[str]:
    """One text about what is not patched, where there is such."""
    told = [
        f"{one.operation} {one.status} {one.path} ({one.kind}, {times(one.count)}): {why}"
        for one, why in patch.unsolved
    ]
    if told:
        yield f"Not patched: {'; '.join(told)}."


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
