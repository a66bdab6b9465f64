"""One run from beginning to end: gate, scenarios, schemathesis, clean-up.

May import: everything of this package but the commands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ionq_conformance import cleanup, fuzzing, interrupts, scenarios
from ionq_conformance.api import Api
from ionq_conformance.contract import Contract, load
from ionq_conformance.findings import Findings
from ionq_conformance.fuzzing import Fuzz
from ionq_conformance.gate import Answer, Gate
from ionq_conformance.ledger import Ledger
from ionq_conformance.profiles import Profile

__all__ = ["Plan", "Target", "run"]


@dataclass(frozen=True, slots=True)
class Target:
    """What is tested.

    Attributes:
        url: Base URL with the version.
        api_key: A key that is accepted there.
        second_key: A key of another project; None: there is none.
    """

    url: str
    api_key: str = field(repr=False)
    second_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to it.

    Attributes:
        profile: What may be sent.
        fuzz: How much is generated; None: scenarios only.
        scenarios: Whether scenarios are run.
        per_second: Most requests a second; None: no limit.
        max_jobs: Most jobs to create; None: no limit.
        wait: Longest wait for a job of a scenario, in seconds.
        contract: The document.
    """

    profile: Profile
    fuzz: Fuzz | None
    scenarios: bool = True
    per_second: float | None = None
    max_jobs: int | None = None
    wait: float = 120.0
    contract: Contract = field(default_factory=load)


def run(
    target: Target,
    plan: Plan,
    findings: Findings,
    *,
    progress: Callable[[str, str], None] = lambda _phase, _label: None,
    on_answer: Callable[[Answer], None] | None = None,
) -> Ledger:
    """Test a server; what is found is in `findings`, also when it is interrupted.

    Args:
        target: What is tested.
        plan: What is done.
        findings: Is added to.
        progress: Told (phase, operation).
        on_answer: Given every answer.

    Returns:
        What was made, and what of it is left.
    """
    ledger = Ledger(plan.max_jobs)
    gate = Gate(
        target.url,
        plan.profile,
        plan.contract,
        ledger,
        findings,
        per_second=plan.per_second,
        on_answer=on_answer,
    )
    with gate, interrupts.noticed() as look:

        def at(phase: str, label: str) -> None:
            look()
            progress(phase, label)

        try:
            _run(target, plan, findings, gate, at)
        except KeyboardInterrupt:
            findings.interrupted = True
        finally:
            if plan.profile.writes == "own-jobs":
                _clean_up(gate, target, findings)
    findings.ended = findings.began + findings.seconds
    for rule in dict.fromkeys(gate.forbidden):
        findings.error(f"not sent, the profile forbids it: {rule}")
    return ledger


def _run(
    target: Target,
    plan: Plan,
    findings: Findings,
    gate: Gate,
    progress: Callable[[str, str], None],
) -> None:
    fuzz = plan.fuzz
    schema = fuzzing.schema_of(
        plan.contract, plan.profile, gate.url, target.api_key, fuzz or Fuzz(1, 0), whole=True
    )
    if plan.scenarios:
        api = Api(plan.contract, schema, gate.url, target.url, target.api_key, findings, progress)
        world = scenarios.World(api, plan.profile, gate.ledger, target.second_key, plan.wait)
        with api:
            scenarios.run(world)
    if fuzz is not None and not (fuzz.stop_at and len(findings.failures) >= fuzz.stop_at):
        fuzzing.run(
            plan.contract,
            plan.profile,
            fuzz,
            findings,
            url=gate.url,
            target=target.url,
            api_key=target.api_key,
            progress=progress,
        )


def _clean_up(gate: Gate, target: Target, findings: Findings) -> None:
    """Once more where a second Ctrl-C comes in between: jobs may cost money."""
    for _ in range(2):
        try:
            for left in cleanup.clean_up(gate.url, target.api_key, gate.ledger):
                findings.error(f"left behind: {left}")
        except KeyboardInterrupt:
            findings.interrupted = True
            continue
        return
