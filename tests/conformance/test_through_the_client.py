"""Every operation through the client: what reaches the wire, and what comes of the answer.

The phase `client` of the command does the work. Here it is run against the emulator, and against
clients that are broken on purpose: what it says of the real one would mean nothing otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from ionq_api.v0_4 import models
from ionq_api.v0_4.api.jobs import create_job, get_jobs
from ionq_api.v0_4.api.whoami import get_whoami
from ionq_conformance import session
from ionq_conformance.contract import Operation, load
from ionq_conformance.findings import Findings
from ionq_conformance.functions import functions
from ionq_conformance.fuzzing import Fuzz
from ionq_conformance.profiles import PROFILES
from ionq_conformance.session import Plan, Target
from ionq_conformance.wire import CHECKS
from ionq_emulator import Emulator

KEY = "through-the-client"
CONTRACT = load()
EXAMPLES = 5
BOTH_ENDS = (*CHECKS, "takes_the_input", "understands_the_answer", "gives_the_answer_back")


def run(url: str, *operations: str, profile: str = "full", examples: int = EXAMPLES) -> Findings:
    findings = Findings()
    fuzz = Fuzz(1, seed=4, phases=(), operations=operations)
    plan = Plan(PROFILES[profile], fuzz, scenarios=False, client=examples)
    session.run(Target(url, KEY), plan, findings)
    return findings


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as running:
        yield running


@pytest.fixture(scope="module")
def whole(emulator: Emulator) -> Findings:
    return run(emulator.url)


def test_every_operation_of_the_document_has_its_function() -> None:
    assert functions().keys() == CONTRACT.operations.keys()


@pytest.mark.parametrize("operation", CONTRACT.operations.values(), ids=lambda one: one.label)
def test_the_client_sends_and_understands_what_the_document_allows(
    operation: Operation, whole: Findings
) -> None:
    tally = whole.operations[operation.label]
    assert [one for one in whole.failures if one.operation == operation.label] == []
    rehearsed = 2 * EXAMPLES  # documented answers, sync and async
    for check in BOTH_ENDS:
        assert tally.checks[check] > rehearsed, check
    assert tally.checks["response_schema_conformance"] > 0  # the server's answers, too


def test_what_the_profile_forbids_is_rehearsed_and_not_sent(emulator: Emulator) -> None:
    emulator.control.clear_requests()
    findings = run(emulator.url, profile="read-only", examples=2)
    assert findings.failures == []
    assert findings.errors == []
    assert {entry.method for entry in emulator.control.requests()} == {"GET"}
    creation = findings.operations["POST /jobs"]
    assert creation.checks["sends_the_body"] == 4  # two inputs, sync and async
    assert creation.checks["response_schema_conformance"] == 0


# -- clients that are broken ----------------------------------------------------------------------

Change = Callable[[dict[str, Any]], None]


def another_query(kwargs: dict[str, Any]) -> None:
    for name, value in kwargs["params"].items():
        if isinstance(value, list):
            kwargs["params"][name] = ",".join(map(str, value))


def another_method(kwargs: dict[str, Any]) -> None:
    kwargs["method"] = "post"


def another_path(kwargs: dict[str, Any]) -> None:
    kwargs["url"] = "/job"


def another_key(kwargs: dict[str, Any]) -> None:
    kwargs["headers"] = {"Authorization": f"Bearer {KEY}"}


def a_lost_field(kwargs: dict[str, Any]) -> None:
    kwargs["json"].pop("input")


def another_encoding(kwargs: dict[str, Any]) -> None:
    kwargs["data"] = {"job": str(kwargs.pop("json"))}
    kwargs["headers"] = {}


@dataclass(frozen=True)
class Broken:
    """A function that sends something else, and the check that has to say so."""

    module: Any
    operation: str
    change: Change
    check: str


BROKEN = [
    Broken(get_jobs, "GetJobs", another_query, "sends_the_query"),
    Broken(get_jobs, "GetJobs", another_method, "sends_the_method"),
    Broken(get_jobs, "GetJobs", another_path, "sends_the_path"),
    Broken(get_jobs, "GetJobs", another_key, "sends_the_headers"),
    Broken(create_job, "CreateJob", a_lost_field, "sends_the_body"),
    Broken(create_job, "CreateJob", another_encoding, "sends_the_headers"),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.change.__name__)
def test_a_client_that_sends_something_else_is_caught(
    broken: Broken, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, operation = broken.module._get_kwargs, CONTRACT.operations[broken.operation]

    def wrong(*args: Any, **kwargs: Any) -> dict[str, Any]:
        made: dict[str, Any] = right(*args, **kwargs)
        broken.change(made)
        return made

    monkeypatch.setattr(broken.module, "_get_kwargs", wrong)
    failures = run(emulator.url, broken.operation, profile="read-only").failures
    assert broken.check in {one.check for one in failures}
    assert {one.operation for one in failures} == {operation.label}
    shown = next(one for one in failures if one.check == broken.check)
    assert shown.curl.startswith("curl")
    assert shown.clause.startswith(operation.pointer)
    assert KEY not in repr(failures)


def test_a_client_that_misreads_answers_is_caught(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(get_whoami, "_RESPONSES", get_jobs._RESPONSES)
    failures = run(emulator.url, "getWhoami").failures
    assert {one.check for one in failures} == {"understands_the_answer"}
    assert "Answer deviates: missing at $.jobs" in {one.title for one in failures}


def test_a_client_that_loses_part_of_an_answer_is_caught(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = get_whoami.sync_detailed

    def wrong(**kwargs: Any) -> Any:
        response = right(**kwargs)
        if isinstance(response.parsed, models.Whoami):
            response.parsed.key_name = "somebody"
        return response

    # Only what is called synchronously: the other way must not hide it.
    monkeypatch.setattr(get_whoami, "sync_detailed", wrong)
    failures = run(emulator.url, "getWhoami").failures
    assert {(one.check, one.phase) for one in failures} == {
        ("gives_the_answer_back", "client, sync")
    }


def test_a_client_that_refuses_what_is_allowed_is_caught(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wrong(**kwargs: Any) -> Any:
        raise ValueError("no such thing")

    monkeypatch.setattr(get_whoami, "asyncio_detailed", wrong)
    failures = run(emulator.url, "getWhoami").failures
    assert {(one.check, one.phase) for one in failures} == {("takes_the_input", "client, async")}
