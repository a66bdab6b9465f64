"""The profile `simulator`: generated jobs and dry runs within its rules, none of which is left."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from ionq_conformance import generation, session
from ionq_conformance.contract import load
from ionq_conformance.findings import Findings
from ionq_conformance.fuzzing import Fuzz, schema_of
from ionq_conformance.ledger import MARK, Ledger
from ionq_conformance.own_jobs import within_rules
from ionq_conformance.profiles import PROFILES, judge
from ionq_conformance.session import Plan, Target
from ionq_conformance.wire import Input
from ionq_emulator import Emulator

KEY = "own-jobs-key"
SIMULATOR = PROFILES["simulator"]


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    monkeypatch.setenv("IONQ_API_KEY", KEY)
    with Emulator(progress="polls:1") as running:
        yield running


def jobs_of(emulator: Emulator) -> list[dict[str, Any]]:
    headers = {"Authorization": f"apiKey {KEY}"}
    page = requests.get(f"{emulator.url}/jobs", headers=headers, timeout=10)
    found: list[dict[str, Any]] = page.json()["jobs"]
    return found


def sent_jobs(emulator: Emulator) -> list[dict[str, Any]]:
    entries = emulator.control.requests(operation="CreateJob")
    return [json.loads(entry.request_body or b"") for entry in entries]


def test_any_generated_job_is_within_the_rules_once_it_is_rewritten() -> None:
    contract, ledger = load(), Ledger(None)
    schema = schema_of(contract, SIMULATOR, "http://127.0.0.1:1", KEY, Fuzz(1, 0), whole=True)
    backends = set()

    def attempt(given: Input) -> None:
        body = within_rules(given.body, ledger.run)
        sent = json.dumps(body).encode()
        # It raises where a job is not within the rules.
        judge(SIMULATOR, contract, ledger, method="POST", path="/jobs", body=sent)
        assert len(body["metadata"]) <= 10
        untouched = given.body.keys() - {"backend", "metadata", "session_id"}
        assert all(body[name] == given.body[name] for name in untouched)
        backends.add((body["backend"], body.get("dry_run")))

    operation = contract.operations["CreateJob"]
    inputs = generation.inputs(schema, operation)
    generation.generate(inputs, attempt, examples=80, number=3)
    assert ("qpu.forte-1", True) in backends
    assert {backend for backend, dry in backends if not dry} == {"simulator"}


def test_jobs_are_generated_and_none_outlives_the_run(emulator: Emulator) -> None:
    findings = Findings()
    fuzz = Fuzz(10, seed=2, phases=("fuzzing",), operations=("CreateJob",))
    plan = Plan(SIMULATOR, fuzz, scenarios=False, client=3, max_jobs=20)
    ledger = session.run(Target(emulator.url, KEY), plan, findings)
    made = sent_jobs(emulator)
    assert findings.failures == []
    assert findings.errors == []
    assert findings.operations["POST /jobs"].checks["positive_data_acceptance"] > 10
    assert len({job["type"] for job in made}) > 1  # of many kinds
    assert {job["metadata"][MARK] for job in made} == {ledger.run}
    assert all(job["backend"] == "simulator" or job["dry_run"] is True for job in made)
    assert ledger.jobs == {}
    assert jobs_of(emulator) == []


def test_a_dry_run_on_a_quantum_computer_is_made(emulator: Emulator) -> None:
    findings = Findings()
    session.run(Target(emulator.url, KEY), Plan(SIMULATOR, None, max_jobs=40), findings)
    assert findings.failures == []
    dry = [job for job in sent_jobs(emulator) if job["backend"] != "simulator"]
    assert [job["dry_run"] for job in dry] == [True]
    assert findings.operations["GET /jobs/{UUID}/cost"].checks["dry_run_is_free"] == 1


@pytest.mark.parametrize("most", [0, 1, 5])
def test_no_more_jobs_are_made_than_told_whatever_is_left_undone(
    emulator: Emulator, most: int
) -> None:
    findings = Findings()
    fuzz = Fuzz(10, seed=2, phases=("fuzzing",), operations=("CreateJob",))
    plan = Plan(SIMULATOR, fuzz, client=3, max_jobs=most)
    session.run(Target(emulator.url, KEY), plan, findings)
    created = [one for one in emulator.control.requests(operation="CreateJob") if one.status == 201]
    assert len(created) == most
    assert findings.errors == []  # nothing was tried that the gate had to stop
    assert jobs_of(emulator) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_no_job_is_left_when_the_run_is_stopped_in_the_middle_of_making_one(
    emulator: Emulator, number: signal.Signals
) -> None:
    emulator.control.freeze()
    emulator.control.set_progress("time")  # no job ends by itself
    # The third job is made while the run is being stopped.
    emulator.control.add_fault("latency", operation="CreateJob", seconds=1.0, skip=2)
    command = "import sys; from ionq_direct.cli import main; sys.exit(main(sys.argv[1:]))"
    options = ("--base-url", emulator.url, "--profile", "simulator", "--rate", "0")
    process = subprocess.Popen(
        [sys.executable, "-c", command, "conformance", *options, "--phase", "fuzzing"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    deadline = time.monotonic() + 60
    while len(jobs_of(emulator)) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    output, _ = process.communicate(timeout=90)
    assert process.returncode == 130, output
    assert jobs_of(emulator) == []


def test_a_job_whose_answer_never_came_is_found_by_its_mark(emulator: Emulator) -> None:
    emulator.control.add_fault("drop", operation="CreateJob", when="after", times=3)
    findings = Findings()
    fuzz = Fuzz(6, seed=2, phases=("fuzzing",), operations=("CreateJob",))
    plan = Plan(SIMULATOR, fuzz, scenarios=False, max_jobs=9)
    session.run(Target(emulator.url, KEY), plan, findings)
    assert [(one.check, one.operation) for one in findings.failures] == [("answers", "POST /jobs")]
    assert findings.errors == []
    assert jobs_of(emulator) == []
