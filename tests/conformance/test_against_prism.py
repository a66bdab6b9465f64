"""The client against a server that nobody here wrote: Prism, which mocks the patched document.

Prism judges each request by the document on its own, and answers from it.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import ionq_api.v0_4
from ionq_api.v0_4 import models
from ionq_api.v0_4.api.jobs import create_job
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_conformance import session
from ionq_conformance.contract import Operation, load
from ionq_conformance.findings import Findings
from ionq_conformance.fuzzing import Fuzz
from ionq_conformance.gate import Answer
from ionq_conformance.profiles import PROFILES
from ionq_conformance.session import Plan, Target
from scripts import paths

PRISM = "@stoplight/prism-cli@5.14.2"
FOLDER = paths.ROOT / ".build" / "prism"
DOCUMENT = Path(ionq_api.v0_4.__file__).with_name("openapi.json")
START_SECONDS = 30.0

BELL = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "shots": 100,
    "metadata": {"experiment": "bell"},
    "input": {
        "gateset": "qis",
        "qubits": 2,
        "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
    },
}


@dataclass
class Seen:
    """A run through the client, and what Prism answered."""

    findings: Findings = field(default_factory=Findings)
    answers: list[Answer] = field(default_factory=list)


@pytest.fixture(scope="module")
def prism() -> Iterator[str]:
    """Prism on loopback; installed from the npm registry on first use."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("Node is not installed")
    program = FOLDER / "node_modules" / ".bin" / "prism"
    if not program.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(FOLDER), PRISM],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"npm could not install {PRISM}: {done.stderr[-200:]}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [str(program), "mock", "--host", "127.0.0.1", "--port", str(port), str(DOCUMENT)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/health")
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


@pytest.fixture(scope="module")
def run(prism: str) -> Seen:
    """The phase `client` of the command: generated inputs, sync and async."""
    seen = Seen()
    fuzz = Fuzz(1, seed=14, phases=())
    plan = Plan(PROFILES["full"], fuzz, scenarios=False, client=4, wait=0)
    session.run(Target(prism, "any-key"), plan, seen.findings, on_answer=seen.answers.append)
    return seen


@pytest.mark.parametrize("operation", load().operations.values(), ids=lambda one: one.label)
def test_prism_takes_what_the_client_sends_and_its_answers_are_understood(
    operation: Operation, run: Seen
) -> None:
    answers = [one for one in run.answers if one.operation == operation]
    assert len(answers) >= 2  # sync and async
    assert {one.status for one in answers} <= {200, 201}
    assert [one.headers.get("sl-violations") for one in answers] == [None] * len(answers)
    assert [one for one in run.findings.failures if one.operation == operation.label] == []


def test_prism_does_judge(prism: str) -> None:
    """What the document forbids is refused: or the test above would say nothing."""
    bad = models.CircuitJobCreationPayload.from_dict({**BELL, "input": {"gateset": "none"}})
    with AuthenticatedClient(prism, token="any-key", prefix="apiKey") as client:
        response = create_job.sync_detailed(body=bad, client=client)
    assert response.status_code in {400, 422}
