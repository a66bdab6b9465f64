"""What a run sends, by profile: read from the request log of the server that received it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from ionq_conformance import session
from ionq_conformance.command import main
from ionq_conformance.findings import Findings
from ionq_conformance.profiles import PROFILES
from ionq_conformance.session import Plan, Target
from ionq_emulator import Emulator

KEY = "owner-key"


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    monkeypatch.setenv("IONQ_API_KEY", KEY)
    monkeypatch.setenv("IONQ_API_KEY_2", "another-key")
    with Emulator(progress="polls:1") as running:
        yield running


def bell(emulator: Emulator, **changes: Any) -> str:
    """A job of somebody else's, with the same key."""
    payload = {
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "input": {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "h", "target": 0}]},
    } | changes
    reply = requests.post(
        f"{emulator.url}/jobs",
        json=payload,
        headers={"Authorization": f"apiKey {KEY}"},
        timeout=10,
    )
    assert reply.status_code == 201
    return str(reply.json()["id"])


def job_ids(emulator: Emulator) -> set[str]:
    page = requests.get(
        f"{emulator.url}/jobs", headers={"Authorization": f"apiKey {KEY}"}, timeout=10
    )
    return {job["id"] for job in page.json()["jobs"]}


def run(emulator: Emulator, *options: str) -> int:
    emulator.control.clear_requests()
    return main(["--base-url", emulator.url, "--seed", "1", *options])


def sent(emulator: Emulator) -> list[tuple[str, str, Any]]:
    return [(entry.method, entry.path, entry.request_body) for entry in emulator.control.requests()]


def test_read_only_sends_nothing_but_get(emulator: Emulator) -> None:
    job_id = bell(emulator)
    assert run(emulator, "--profile", "read-only", "--rate", "0", "--max-examples", "3") == 0
    requests_seen = sent(emulator)
    assert {method for method, _, _ in requests_seen} == {"GET"}
    assert len(requests_seen) > 100
    assert all(path.startswith("/v0.4/") for _, path, _ in requests_seen)
    assert job_ids(emulator) == {job_id}


def test_read_only_sends_one_request_a_second_unless_told_otherwise(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--profile", "read-only", "--phase", "scenarios")
    began = time.monotonic()
    assert run(emulator, *options, "--rate", "20") == 0
    taken, count = time.monotonic() - began, len(sent(emulator))
    assert taken >= (count - 2) / 20  # the first waits for nobody, one is not the suite's
    # The default is read from the profile by the same path.
    pauses: list[float] = []
    monkeypatch.setattr("ionq_conformance.gate.time.sleep", pauses.append)
    assert run(emulator, *options) == 0
    assert max(pauses) > 1.0


def test_simulator_leaves_no_job_and_touches_no_other(emulator: Emulator) -> None:
    foreign = bell(emulator)
    assert run(emulator, "--profile", "simulator", "--rate", "0", "--max-examples", "1") == 0
    assert job_ids(emulator) == {foreign}
    seen = sent(emulator)
    made = [
        json.loads(body) for method, path, body in seen if (method, path) == ("POST", "/v0.4/jobs")
    ]
    assert 10 < len(made) <= 40
    assert all(job["backend"] == "simulator" or job.get("dry_run") for job in made)
    changes = [(method, path) for method, path, _ in seen if method not in {"GET", "POST"}]
    assert changes
    assert not any(foreign in path for _, path in changes)
    assert {path for method, path, _ in seen if method == "POST"} == {"/v0.4/jobs"}


def test_simulator_creates_at_most_as_many_jobs_as_told(emulator: Emulator) -> None:
    options = ("--profile", "simulator", "--rate", "0", "--phase", "scenarios")
    assert run(emulator, *options, "--max-jobs", "2") == 0
    assert sum(method == "POST" for method, _, _ in sent(emulator)) == 2
    assert job_ids(emulator) == set()


def test_simulator_leaves_no_job_after_ctrl_c(emulator: Emulator) -> None:
    foreign = bell(emulator)
    emulator.control.set_progress("time")  # jobs take long enough to be interrupted
    emulator.control.freeze()
    command = "import sys; from ionq_conformance.command import main; sys.exit(main())"
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", command, "--base-url", emulator.url),
            *("--profile", "simulator", "--rate", "0", "--phase", "scenarios"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    deadline = time.monotonic() + 30
    while job_ids(emulator) == {foreign} and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(job_ids(emulator)) == 2
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 130, output
    assert job_ids(emulator) == {foreign}


class _Interrupts:
    """Interrupts the process while it is finalized: where Python drops the exception."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def test_an_interrupt_that_python_drops_still_ends_the_run(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda seen: dropped.append(seen.exc_type))
    emulator.control.freeze()
    emulator.control.set_progress("time")  # the job would never end

    def at(_phase: str, label: str) -> None:
        if label == "GET /jobs/{UUID}" and not dropped:
            _Interrupts()

    findings = Findings()
    plan = Plan(PROFILES["simulator"], fuzz=None)
    session.run(Target(emulator.url, KEY), plan, findings, progress=at)
    assert dropped == [KeyboardInterrupt]
    assert findings.interrupted
    assert job_ids(emulator) == set()


def test_a_job_whose_receipt_was_lost_is_found_and_deleted(emulator: Emulator) -> None:
    emulator.control.add_fault("drop", operation="CreateJob", when="after", times=1)
    options = ("--profile", "simulator", "--rate", "0", "--phase", "scenarios")
    run(emulator, *options)
    assert job_ids(emulator) == set()


def test_full_refuses_a_server_that_is_not_ones_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IONQ_API_KEY", KEY)
    assert main(["--base-url", "https://api.ionq.example/v0.4", "--profile", "full"]) == 2
    assert "--i-own-this-server" in capsys.readouterr().err


def test_the_key_is_in_no_report(emulator: Emulator, tmp_path: Path) -> None:
    emulator.control.add_fault("status", operation="getWhoami", status=500)
    names = {"--json": "run.json", "--junit": "run.xml", "--report-html": "run.html"}
    options = [part for flag, name in names.items() for part in (flag, str(tmp_path / name))]
    assert run(emulator, "--phase", "scenarios", "--rate", "0", *options) == 1
    for name in names.values():
        text = (tmp_path / name).read_text()
        assert "not_a_server_error" in text
        assert "/whoami" in text
        assert "$IONQ_API_KEY" in text
        assert KEY not in text
