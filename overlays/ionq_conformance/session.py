"""One run from beginning to end: gate, scenarios, schemathesis, clean-up.

May import: everything of this package but the commands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from ionq_conformance import cleanup, client, fuzzing, interrupts, own_jobs, scenarios
from ionq_conformance.api import Api
from ionq_conformance.contract import Contract, load
from ionq_conformance.findings import Findings
from ionq_conformance.fuzzing import Fuzz
from ionq_conformance.gate import Answer, Gate
from ionq_conformance.ledger import Ledger
from ionq_conformance.profiles import Profile
from ionq_conformance.world import World

__all__ = ["Plan", "Target", "run"]

_SETTLE_SECONDS: Final = 60.0


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
        fuzz: How much is generated; None: nothing by schemathesis.
        scenarios: Whether scenarios are run.
        client: Inputs for an operation through the generated client; 0: none.
        per_second: Most requests a second; None: no limit.
        max_jobs: Most jobs to create; None: no limit.
        wait: Longest wait for a job of a scenario, in seconds.
        contract: The document.
    """

    profile: Profile
    fuzz: Fuzz | None
    scenarios: bool = True
    client: int = 0
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
    findings.secrets = tuple(filter(None, [target.api_key, target.second_key]))
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
    fuzz = plan.fuzz or Fuzz(1, 0, phases=())
    schema = fuzzing.schema_of(
        plan.contract, plan.profile, gate.url, target.api_key, fuzz, whole=True
    )
    api = Api(plan.contract, schema, gate.url, target.url, target.api_key, findings, progress)
    world = World(api, plan.profile, gate.ledger, target.second_key, plan.wait)
    with api:
        if plan.scenarios:
            scenarios.run(world)
        if plan.client and not _enough(fuzz, findings):
            client.run(
                world, gate, examples=plan.client, seed=fuzz.seed, operations=fuzz.operations
            )
        if plan.profile.writes == "own-jobs" and _fuzzes_jobs(fuzz):
            own_jobs.fuzz(world, examples=fuzz.max_examples, seed=fuzz.seed)
    if fuzz.phases and not _enough(fuzz, findings):
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


def _enough(fuzz: Fuzz, findings: Findings) -> bool:
    return fuzz.stop_at is not None and len(findings.failures) >= fuzz.stop_at


def _fuzzes_jobs(fuzz: Fuzz) -> bool:
    """Where only jobs of the run may be made, they are generated here, one by one and counted."""
    wanted = not fuzz.operations or "CreateJob" in fuzz.operations
    return wanted and "fuzzing" in fuzz.phases


def _clean_up(gate: Gate, target: Target, findings: Findings) -> None:
    """Once more where a second Ctrl-C comes in between: jobs may cost money."""
    for _ in range(2):
        try:
            gate.settle(_SETTLE_SECONDS)  # a job may be being created at this moment
            for left in cleanup.clean_up(gate.url, target.api_key, gate.ledger):
                findings.error(f"left behind: {left}")
        except KeyboardInterrupt:
            findings.interrupted = True
            continue
        return
