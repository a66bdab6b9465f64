"""Faults on demand: which requests go wrong, and how.

May import: the standard library. Deterministic: rules count, and draw from a seed of their own.
"""

from __future__ import annotations

import itertools
import random
import threading
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

__all__ = ["Fault", "FaultRules", "Matched"]

Kind = Literal["status", "drop", "latency", "truncate", "garble", "lag"]
When = Literal["before", "after"]


@dataclass(slots=True)
class Fault:
    """One rule.

    Attributes:
        kind: `status`: answer with another status. `drop`: cut the connection without an answer.
            `latency`: wait. `truncate`: announce the whole body, send half, cut the connection.
            `garble`: send a body that is not JSON. `lag`: listings do not show the youngest jobs.
        operation: The `operationId` it applies to, or `*`. Names also match from the start:
            `GetJob*`.
        method: HTTP method it applies to; None: any.
        when: For `status` and `drop`: `before` the request has had any effect, or `after` it has
            been carried out and stored.
        status: For `status`: the code.
        headers: For `status`: further headers, such as `Retry-After`.
        body: For `status` and `garble`: the body; default: IonQ's error body, or HTML.
        seconds: For `latency` real seconds, for `lag` emulated seconds.
        skip: Let this many requests that match pass first.
        times: Apply to this many requests, then be spent; None: for ever.
        probability: Apply to a request with this probability, drawn from `seed`.
        seed: Of the draws.
        project_id: Apply to one project only; None: to all.
        id: Number of the rule, given when it is added.
        matched: How many requests have matched.
        applied: How many requests it was applied to.
    """

    kind: Kind
    operation: str = "*"
    method: str | None = None
    when: When = "before"
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    seconds: float = 0.0
    skip: int = 0
    times: int | None = None
    probability: float = 1.0
    seed: int = 0
    project_id: str | None = None
    id: int = 0
    matched: int = 0
    applied: int = 0

    def __post_init__(self) -> None:
        _require(self.kind in get_args(Kind), "kind", self.kind, f"one of {get_args(Kind)}")
        _require(self.when in get_args(When), "when", self.when, f"one of {get_args(When)}")
        _require(100 <= self.status <= 999, "status", self.status, "a status code")
        _require(self.seconds >= 0, "seconds", self.seconds, "not negative")
        _require(self.skip >= 0, "skip", self.skip, "not negative")
        _require(self.times is None or self.times >= 1, "times", self.times, "at least 1, or none")
        _require(0 <= self.probability <= 1, "probability", self.probability, "from 0 to 1")

    def names(self, operation: str) -> bool:
        """Whether the rule's `operation` means this one."""
        if self.operation.endswith("*"):
            return operation.startswith(self.operation[:-1])
        return self.operation == operation

    def describe(self) -> dict[str, Any]:
        """The rule as JSON."""
        return asdict(self)


def _require(fine: bool, name: str, value: object, rule: str) -> None:
    if not fine:
        raise ValueError(f"{name} must be {rule}, got {value!r}")


@dataclass(slots=True)
class Matched:
    """The faults that apply to one request."""

    faults: list[Fault] = field(default_factory=list)

    def first(self, *kinds: Kind, when: When | None = None) -> Fault | None:
        """The first fault of one of these kinds."""
        for fault in self.faults:
            if fault.kind in kinds and (when is None or fault.when == when):
                return fault
        return None

    def seconds(self, kind: Kind) -> float:
        """The seconds of all faults of a kind together."""
        return sum(fault.seconds for fault in self.faults if fault.kind == kind)

    @property
    def names(self) -> list[str]:
        """What was done, for the request log."""
        return [fault.kind for fault in self.faults]


class FaultRules:
    """The rules in force, in the order they were added."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[tuple[Fault, random.Random]] = []
        self._numbers = itertools.count(1)

    def add(self, fault: Fault) -> Fault:
        """Put a rule in force.

        Returns:
            The rule, numbered.
        """
        with self._lock:
            fault.id = next(self._numbers)
            self._rules.append((fault, random.Random(fault.seed)))  # noqa: S311 (repeatable on purpose)
        return fault

    def remove(self, number: int) -> bool:
        """Take a rule out; False when there is none of this number."""
        with self._lock:
            kept = [rule for rule in self._rules if rule[0].id != number]
            removed = len(kept) < len(self._rules)
            self._rules = kept
            return removed

    def clear(self, project_id: str | None = None) -> None:
        """Take all rules out, or those of one project."""
        with self._lock:
            self._rules = [
                rule
                for rule in self._rules
                if project_id is not None and rule[0].project_id != project_id
            ]

    def all(self) -> list[Fault]:
        """The rules in force."""
        with self._lock:
            return [fault for fault, _ in self._rules]

    def match(self, operation: str, method: str, project_id: str | None) -> Matched:
        """The faults that apply to a request, counted as applied."""
        if not self._rules:
            return Matched()
        with self._lock:
            return Matched(
                [
                    fault
                    for fault, draws in self._rules
                    if _concerns(fault, operation, method, project_id) and _applies(fault, draws)
                ]
            )


def _concerns(fault: Fault, operation: str, method: str, project_id: str | None) -> bool:
    if fault.project_id is not None and fault.project_id != project_id:
        return False
    if fault.method is not None and fault.method.upper() != method:
        return False
    return fault.names(operation)


def _applies(fault: Fault, draws: random.Random) -> bool:
    if fault.times is not None and fault.applied >= fault.times:
        return False
    fault.matched += 1
    if fault.matched <= fault.skip:
        return False
    if fault.probability < 1 and draws.random() >= fault.probability:
        return False
    fault.applied += 1
    return True
