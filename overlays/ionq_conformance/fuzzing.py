"""Schemathesis over the patched document, its events turned into findings.

May import: schemathesis, the other modules of this package. The one module that speaks to it.
"""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlsplit

import schemathesis
from schemathesis.core import failures
from schemathesis.engine import Status, events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.generation.case import Case as GenericCase
from schemathesis.openapi import checks

from ionq_conformance import curl
from ionq_conformance.contract import Contract, pointer
from ionq_conformance.findings import Failure, Findings
from ionq_conformance.judging import clause_of, title_of
from ionq_conformance.known import is_known_absence, is_known_refusal
from ionq_conformance.profiles import Profile

Case = GenericCase[Any]

__all__ = ["PHASES", "Fuzz", "run", "schema_of"]

PHASES: Final = ("examples", "coverage", "fuzzing", "stateful")
_SHOWN: Final = 600
_CONFIG: Final[Any] = schemathesis.Config  # it leaves type arguments out: of unknown type
_ALL_METHODS: Final = ["get", "put", "post", "delete", "options", "patch", "trace"]


@dataclass(frozen=True, slots=True)
class Fuzz:
    """How much of it.

    Attributes:
        max_examples: Generated cases an operation in each of the phases that generate.
        seed: Of the generator.
        phases: Which phases to run.
        operations: `operationId`s; empty: all that the profile allows.
        stop_at: Stop after so many failures; None: go on.
    """

    max_examples: int
    seed: int
    phases: tuple[str, ...] = PHASES
    operations: tuple[str, ...] = ()
    stop_at: int | None = None


def run(
    contract: Contract,
    profile: Profile,
    fuzz: Fuzz,
    findings: Findings,
    *,
    url: str,
    target: str,
    api_key: str,
    progress: Callable[[str, str], None] = lambda _phase, _label: None,
) -> None:
    """Run the phases that the profile allows, and add what they find to `findings`.

    Args:
        contract: The document.
        profile: What may be sent.
        fuzz: How much.
        findings: Is added to.
        url: Where requests go: the gate.
        target: The server behind it, for curl commands.
        api_key: Sent as a header with every request.
        progress: Told (phase, operation) as it goes.
    """
    schema = schema_of(contract, profile, url, api_key, fuzz)
    reader = _Reader(contract, url, target, api_key, findings)
    stream = from_schema(schema).execute()
    try:
        for event in stream:
            reader.read(event, progress)
            if isinstance(event, events.Interrupted):
                findings.interrupted = True
    finally:
        stream.stop()


def schema_of(
    contract: Contract,
    profile: Profile,
    url: str,
    api_key: str,
    fuzz: Fuzz,
    *,
    whole: bool = False,
) -> Any:
    """The document as schemathesis holds it, set up as the profile demands.

    Args:
        contract: The document.
        profile: What may be sent.
        url: Where requests go.
        api_key: Sent with each.
        fuzz: How much.
        whole: With all operations, to judge answers by; else those that the profile allows.
    """
    config: Any = _CONFIG.from_dict(_configuration(profile, fuzz))
    config.projects.default.update(base_url=url, headers={"Authorization": f"apiKey {api_key}"})
    schema: Any = schemathesis.openapi.from_dict(_served(contract), config=config)
    if not whole:
        schema = schema.include(operation_id=_allowed(contract, profile, fuzz.operations))
    schema.hook(_known_differences(contract))
    return schema


def _served(contract: Contract) -> dict[str, Any]:
    """A copy of the document of our own: schemathesis works on it."""
    return copy.deepcopy(contract.document)


def _allowed(contract: Contract, profile: Profile, wanted: Iterable[str]) -> list[str]:
    """Only what reads, unless everything may be sent: jobs are made by scenarios, not by chance."""
    wanted = set(wanted)
    return [
        name
        for name, operation in contract.operations.items()
        if (profile.writes == "all" or operation.method == "GET") and (not wanted or name in wanted)
    ]


def _configuration(profile: Profile, fuzz: Fuzz) -> dict[str, Any]:
    """The committed configuration, narrowed down to the profile."""
    text = (files("ionq_conformance") / "schemathesis.toml").read_text("utf-8")
    configuration = tomllib.loads(text)
    configuration["seed"] = fuzz.seed
    configuration["generation"]["max-examples"] = fuzz.max_examples
    phases = configuration["phases"]
    for name in PHASES:
        phases[name]["enabled"] = name in fuzz.phases
    if fuzz.stop_at is not None:
        configuration["max-failures"] = fuzz.stop_at
        configuration["continue-on-failure"] = False
    if profile.writes == "all":
        phases["coverage"]["unexpected-methods"] = _ALL_METHODS
        return configuration
    configuration["generation"]["mode"] = "positive"
    phases["stateful"]["enabled"] = False  # its links begin with what a POST has made
    # These send requests of their own: without the key, or with other methods.
    for check in ("ignored_auth", "unsupported_method", "object_level_authorization"):
        configuration.setdefault("checks", {})[check] = {"enabled": False}
    return configuration


def _known_differences(
    contract: Contract,
) -> Callable[[schemathesis.HookContext, failures.Failure, Case, schemathesis.Response], bool]:
    """A hook that tells failures from differences that the facts list."""

    def filter_failure(
        context: schemathesis.HookContext,  # noqa: ARG001 - the hook's signature
        failure: failures.Failure,
        case: Case,
        response: schemathesis.Response,
    ) -> bool:
        operation = contract.find(case.operation.method.upper(), case.operation.path)
        if operation is None:
            return True
        name = operation.operation_id
        if isinstance(failure, checks.RejectedPositiveData):
            return not is_known_refusal(name, response.status_code, response.content)
        if isinstance(failure, checks.EnsureResourceAvailability):
            return not is_known_absence(name)
        return True

    return filter_failure


class _Reader:
    """Turns events into findings."""

    def __init__(
        self, contract: Contract, url: str, target: str, api_key: str, findings: Findings
    ) -> None:
        self._contract = contract
        self._url = url
        self._target = target
        self._api_key = api_key
        self._findings = findings

    def read(self, event: events.EngineEvent, progress: Callable[[str, str], None]) -> None:
        """Take over what one event says."""
        match event:
            case events.ScenarioStarted():
                progress(event.phase.value, event.label or "")
            case events.ScenarioFinished():
                self._scenario(event.phase.value, event.recorder)
            case events.PhaseFinished() if event.phase.name.value in PHASES:
                if event.status is not Status.SKIP:
                    self._findings.phases.append(event.phase.name.value)
            case events.NonFatalError():
                self._findings.error(f"{event.label}: {event.info.title}: {event.info.message}")
            case events.FatalError():
                self._findings.error(f"schemathesis: {event.exception}")
            case _:
                pass

    def _scenario(self, phase: str, recorder: ScenarioRecorder) -> None:
        for case_id, node in recorder.cases.items():
            if case_id not in recorder.interactions:
                continue
            label = _label(node)
            self._findings.case(label)
            for check in recorder.checks.get(case_id, ()):
                if check.failure_info is None:
                    self._findings.passed(label, check.name)
                else:
                    seen = check.failure_info.failure
                    self._findings.failed(self._failure(phase, check.name, case_id, recorder, seen))

    def _failure(
        self,
        phase: str,
        check: str,
        case_id: str,
        recorder: ScenarioRecorder,
        seen: failures.Failure,
    ) -> Failure:
        label = _label(recorder.cases[case_id])
        request = recorder.interactions[seen.case_id or case_id].request
        response = recorder.interactions[seen.case_id or case_id].response
        headers = {name: values[0] for name, values in request.headers.items()}
        address = request.uri.replace(_origin(self._url), _origin(self._target), 1)
        return Failure(
            operation=label,
            check=check,
            title=title_of(seen),
            message=self._message(seen, response),
            clause=self._clause(label, response.status_code if response else 0, seen),
            curl=curl.command(request.method, address, headers, request.body, secret=self._api_key),
            phase=phase,
        )

    def _message(self, seen: failures.Failure, response: schemathesis.Response | None) -> str:
        """What was wrong, and the answer it was seen in, shortened."""
        text = seen.message
        if response is not None:
            body = response.content[:_SHOWN].decode("utf-8", "backslashreplace")
            text += f"\n\n{response.status_code}: {body}"
        return text.replace(self._api_key, "[REDACTED]")

    def _clause(self, label: str, status: int, seen: failures.Failure) -> str:
        method, _, path = label.partition(" ")
        operation = self._contract.find(method, path)
        if operation is None:
            return pointer("paths")
        return clause_of(self._contract, operation, status, seen)


def _label(node: Any) -> str:
    return str(node.value.operation.label)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
