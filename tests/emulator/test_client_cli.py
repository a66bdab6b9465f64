"""The command as people run it: a process, an emulator, a job from its file to its counts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ionq_direct import IonQ
from ionq_direct._cli.exits import Exit
from ionq_emulator import Emulator
from tests.emulator.support import bell


@pytest.fixture
def run(shared: Emulator, request: pytest.FixtureRequest) -> Any:
    environment = {
        **os.environ,
        "IONQ_API_URL": shared.url,
        "IONQ_API_KEY": f"key-of-{request.node.name}",
    }

    def one(*argv: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ionq_direct.cli", *argv],
            env=environment, input=stdin, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    return one


def test_a_job_from_its_file_to_its_counts(run: Any) -> None:
    payload = json.dumps(bell(shots=1000))
    submitted = run("submit", "-", "--wait", "--quiet", stdin=payload)
    assert (submitted.returncode, submitted.stderr) == (0, "")
    job_id = submitted.stdout.strip()
    shown = run("results", job_id, "--counts", "--json")
    assert json.loads(shown.stdout)["counts"] == {"00": 500, "11": 500}
    listed = run("jobs", "--json")
    assert [job["id"] for job in json.loads(listed.stdout)["jobs"]] == [job_id]
    assert run("delete", "--yes", job_id).returncode == 0
    assert run("job", job_id).returncode == Exit.NOT_FOUND


def test_a_key_that_is_refused_has_its_exit_code() -> None:
    with Emulator(api_keys=["the-only-key"]) as emulator:
        environment = {**os.environ, "IONQ_API_URL": emulator.url, "IONQ_API_KEY": "a-wrong-key"}
        done = subprocess.run(
            [sys.executable, "-m", "ionq_direct.cli", "whoami"],
            env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stdout) == (Exit.DENIED, "")
    assert "a-wrong-key" not in done.stderr


POSIX = pytest.mark.skipif(os.name == "nt", reason="interrupts by signal are a POSIX affair")
# What a shell starts in the background ignores interrupts, and so does all that it starts.
INTERRUPTIBLE = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("ionq_direct.cli", run_name="__main__")
"""


@POSIX
@pytest.mark.parametrize("cancel", [False, True])
def test_an_interrupted_wait_leaves_the_job_running_unless_told_otherwise(cancel: bool) -> None:
    with (
        Emulator(progress="time", queue_ms={"qpu.forte-1": 3_600_000}) as emulator,
        IonQ("any", emulator.url) as ionq,
    ):
        job = ionq.submit(bell(backend="qpu.forte-1", shots=100))
        command = [sys.executable, "-c", INTERRUPTIBLE, "wait", job.id]
        environment = {**os.environ, "IONQ_API_URL": emulator.url, "IONQ_API_KEY": "any"}
        with subprocess.Popen(
            [*command, *(["--cancel-on-exit"] if cancel else [])],
            env=environment, stderr=subprocess.PIPE, text=True,
        ) as waiting:  # fmt: skip
            assert waiting.stderr is not None
            assert waiting.stderr.readline() == "  0 of 1 have ended\n"
            waiting.send_signal(signal.SIGINT)
            assert waiting.wait(60) == Exit.INTERRUPTED
        assert job.refresh().status == "canceled" if cancel else not job.refresh().has_ended


@POSIX
def test_the_emulator_of_the_command_line_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ionq_direct.cli", "emulator", "--port", "0", "--seed", "7"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as emulator:
        assert emulator.stdout is not None
        url = emulator.stdout.readline().split()[-1]
        environment = {**os.environ, "IONQ_API_URL": url, "IONQ_API_KEY": "any"}
        done = subprocess.run(
            [sys.executable, "-m", "ionq_direct.cli", "backends", "simulator", "--json"],
            env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        emulator.send_signal(signal.SIGINT)
        assert emulator.wait(60) == 0
    assert json.loads(done.stdout)["qubits"] == 29
