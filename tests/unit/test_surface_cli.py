"""The command line: what it prints, what its exit codes mean, and that the key stays hidden."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import ionq_direct
import ionq_emulator.command
from ionq_direct import RetryPolicy, SubmissionPolicy, cli
from ionq_direct._cli import acting, client, commands
from ionq_direct._cli.exits import Exit, exit_of, table
from ionq_direct._cli.parser import DELEGATED, build_parser
from ionq_direct._cli.run import _HOMES
from ionq_direct.errors import (
    APIError,
    BadRequest,
    ConnectionFailed,
    DecodeError,
    IonQError,
    JobError,
    JobTimeout,
    PayloadTooLarge,
    ServerError,
    SubmissionUnknown,
)
from tests.support.halves import MISSING, Asked, PlayedServer, Reply, hang, job_json

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "data" / "ionq_v0_4"
KEY = "sk-3f9a7c21d04e4b6c8a55"
BELL = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "shots": 100,
    "input": {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "h", "target": 0}]},
}


def example(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text())["body"]


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IONQ_API_KEY", KEY)
    monkeypatch.delenv("IONQ_API_URL", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in this process: exit code, stdout, stderr."""

    def one(*argv: str) -> tuple[int, str, str]:
        try:
            code = cli.main(argv)
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        out, err = capsys.readouterr()
        assert KEY not in out + err
        return code, out, err

    return one


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any], PlayedServer]]:
    """Start a server that a function plays, where the command will look for the API."""
    started: list[PlayedServer] = []

    def start(play: Any) -> PlayedServer:
        made = PlayedServer(play if callable(play) else lambda asked: (200, play)).__enter__()
        started.append(made)
        monkeypatch.setenv("IONQ_API_URL", made.url)
        return made

    yield start
    for one in started:
        one.__exit__()


# --- As a process ---------------------------------------------------------------------------------


def process(*argv: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ionq_direct.cli", *argv],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **more,
    )


def test_help_is_quick_and_complete() -> None:
    code = (
        "import sys\nfrom ionq_direct.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'httpx', 'attrs', 'dateutil', 'asyncio', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    contract = [
        "whoami",
        "backends",
        "submit",
        "jobs",
        "job",
        "wait",
        "results",
        "cost",
        "estimate",
        "cancel",
        "delete",
        "sessions",
        "usage",
        "characterizations",
        "emulator",
        "conformance",
        "spec",
    ]
    listed = re.findall(r"^    ([a-z]+) ", done.stdout, re.MULTILINE)
    assert sorted(listed) == sorted(contract)
    assert table() in done.stdout


def test_a_reader_that_has_had_enough_is_no_error(tmp_path: Path) -> None:
    jobs = [job_json(f"job-{number}") for number in range(25)]

    def play(asked: Asked) -> Reply:
        following = int(asked.one("next") or 0) + 1
        return 200, {"jobs": jobs, "next": str(following) if following < 200 else None}

    with PlayedServer(play) as server:
        environment = {**os.environ, "IONQ_API_URL": server.url}
        command = f"'{sys.executable}' -m ionq_direct.cli jobs --limit 0 --json | head -c 10"
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_key_is_read_from_the_environment_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("another-key\n")
    bare = {name: value for name, value in os.environ.items() if name != "IONQ_API_KEY"}
    with PlayedServer(lambda asked: (200, example("whoami"))) as server:
        environment = {**bare, "IONQ_API_URL": server.url}
        assert process("whoami", env=environment).returncode == Exit.CONFIGURATION
        assert process("--api-key-file", str(file), "whoami", env=environment).returncode == 0
        assert process("whoami", "--api-key-file", str(file), env=environment).returncode == 0
        piped = process("whoami", "--api-key-file", "-", env=environment, input="piped-key\n")
        assert piped.returncode == 0
        assert process("whoami", env={**environment, "IONQ_API_KEY": KEY}).returncode == 0
    sent = [asked.headers["authorization"] for asked in server.asked]
    assert sent == [f"apiKey {key}" for key in ("another-key", "another-key", "piped-key", KEY)]


@pytest.mark.parametrize(
    "argv",
    [
        ["--api-key", KEY, "whoami"],
        [f"--api-key={KEY}", "whoami"],
        ["whoami", "--api-key", KEY],
        ["whoami", "--apikey", KEY],
        ["whoami", f"--token={KEY}"],
        ["whoami", KEY],
    ],
)
def test_a_key_on_the_command_line_is_refused_and_not_repeated(run: Run, argv: list[str]) -> None:
    code, out, err = run(*argv)
    assert (code, out) == (Exit.USAGE, "")
    assert KEY not in err


def test_a_key_file_that_cannot_be_read_is_named(run: Run, tmp_path: Path) -> None:
    code, _, err = run("whoami", "--api-key-file", str(tmp_path / "none"))
    assert (code, "none: No such file" in err) == (Exit.CONFIGURATION, True)
    octets = tmp_path / "octets"
    octets.write_bytes(b"\xff\xfe\x00")
    assert run("whoami", "--api-key-file", str(octets))[0] == Exit.CONFIGURATION


# --- Exit codes -----------------------------------------------------------------------------------


def test_every_error_of_the_library_has_an_exit_code_of_its_kind() -> None:
    classes = [
        value
        for name in ionq_direct.__all__
        if isinstance(value := getattr(ionq_direct, name), type) and issubclass(value, IonQError)
    ]
    general = {"IonQError", "JobError", "SubmissionsFailed", "NotSubmitted"}
    unnamed = [
        cls.__name__
        for cls in classes
        if cls.__name__ not in general and exit_of(cls.__new__(cls)) is Exit.FAILED
    ]
    assert unnamed == []


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadRequest("x", status=400), 8),
        (PayloadTooLarge("x", status=413), 8),
        (APIError("x", status=402), 8),
        (ServerError("x", status=503), 9),
        (ConnectionFailed("x"), 9),
        (JobTimeout(job_id="j"), 13),
        (JobError("x", job_id="j"), 1),
        (DecodeError(path="$"), 14),
        (RuntimeError("x"), 1),
    ],
)
def test_errors_lead_to_documented_codes(error: Exception, code: int) -> None:
    assert exit_of(error) == code


def test_the_codes_are_those_of_the_manual() -> None:
    manual = (ROOT / "docs" / "cli.md").read_text()
    documented = re.findall(r"^\| (\d+) \| (.+?) \|$", manual, re.MULTILINE)
    assert [(str(int(code)), meaning) for code, meaning in documented] == [
        tuple(line.split(maxsplit=1)) for line in table().splitlines()
    ]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ((401, example("error_401_documented")), Exit.DENIED),
        ((403, {}), Exit.DENIED),
        (MISSING, Exit.NOT_FOUND),
        ((429, {}), Exit.LIMITED),
        ((400, {}), Exit.REFUSED),
        ((200, b"<html>"), Exit.UNREADABLE),
    ],
)
def test_what_the_server_says_becomes_the_exit_code(
    run: Run, server: Any, monkeypatch: pytest.MonkeyPatch, reply: Reply, code: Exit
) -> None:
    monkeypatch.setattr("ionq_direct._retry.REPEATABLE_METHODS", frozenset())
    server(lambda asked: reply)
    found, out, err = run("job", "job-0")
    assert (found, out) == (code, "")
    assert err.startswith("ionq-direct: ")
    assert err.count("\n") == 1


def test_an_interrupt_has_a_code_of_its_own(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(commands.COMMANDS, "whoami", interrupt)
    assert run("whoami")[0] == Exit.INTERRUPTED


@pytest.mark.parametrize("argv", [[], ["dance"], ["jobs", "--limit", "many"], ["job"]])
def test_a_wrong_command_line_is_explained(run: Run, argv: list[str]) -> None:
    code, out, err = run(*argv)
    assert (code, out) == (Exit.USAGE, "")
    assert "usage: ionq-direct" in err


def test_the_version_is_the_packages(run: Run) -> None:
    assert run("--version") == (Exit.OK, f"ionq-direct {version('ionq-direct')}\n", "")


# --- Commands of other packages -------------------------------------------------------------------


@pytest.mark.parametrize("command", sorted(DELEGATED))
def test_what_comes_with_an_extra_says_what_is_missing(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    module, extra = _HOMES[command]
    monkeypatch.setitem(sys.modules, module.partition(".")[0], None)
    monkeypatch.setitem(sys.modules, module, None)
    code, out, err = run(command, "--whatever")
    assert (code, out) == (Exit.CONFIGURATION, "")
    assert f"ionq-direct {command}: {module.partition('.')[0]}" in err
    assert f"pip install 'ionq-direct[{extra}]'" in err


def test_an_extra_that_is_there_gets_the_arguments_as_they_are(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []
    monkeypatch.setattr(ionq_emulator.command, "main", lambda argv: given.append(argv) or 7)
    assert run("emulator", "--port", "0", "--api-key", "k")[0] == 7
    assert given == [["--port", "0", "--api-key", "k"]]


def test_options_before_such_a_command_are_refused(run: Run) -> None:
    code, _, err = run("-q", "emulator")
    assert code == Exit.USAGE
    assert "emulator reads its own options" in err


# --- Commands that read ---------------------------------------------------------------------------


def reading_commands() -> list[str]:
    (subparsers,) = [one for one in build_parser()._actions if one.dest == "command"]
    assert subparsers.choices is not None
    return sorted(set(subparsers.choices) - DELEGATED.keys())


@pytest.mark.parametrize("command", reading_commands())
def test_every_command_takes_json(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert (code, "--json" in out) == (0, True)


def test_whoami(run: Run, server: Any) -> None:
    server(example("whoami"))
    code, out, err = run("whoami")
    assert (code, err) == (0, "")
    assert example("whoami")["key_id"] in out
    shown = json.loads(run("whoami", "--json")[1])
    assert shown == {
        "key_id": example("whoami")["key_id"],
        "key_name": example("whoami")["key_name"],
        "project_id": example("whoami").get("project_id"),
        "console_url": None,
    }


def test_a_request_that_takes_too_long_is_given_up(run: Run, server: Any) -> None:
    server(lambda asked: hang)
    code, _, err = run("whoami", "--timeout-request", "0.2")
    assert (code, "ionq-direct: " in err) == (Exit.UNAVAILABLE, True)


def test_backends(run: Run, server: Any) -> None:
    def play(asked: Asked) -> Reply:
        return 200, example(
            "get_backends" if asked.path == "/backends" else "get_backend_simulator"
        )

    server(play)
    listed = example("get_backends")
    code, out, _ = run("backends")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == [one["backend"] for one in listed]
    shown = json.loads(run("backends", "--json")[1])
    assert [one["queue_time"] for one in shown] == [
        one["average_queue_time"] / 1000 for one in listed
    ]
    assert "aria-1, forte-1" in run("backends", "simulator")[1]
    assert json.loads(run("backends", "simulator", "--json")[1])["name"] == "simulator"


def test_jobs_and_their_cursor(run: Run, server: Any) -> None:
    jobs = [job_json(f"job-{number}", name=f"run {number}") for number in range(3)]
    playing = server(
        lambda asked: (200, {"jobs": jobs[: int(asked.one("limit") or 9)], "next": "more"})
    )
    code, out, err = run(
        "jobs", "--limit", "2", "--status", "completed", "--backend", "a", "--backend", "b"
    )
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["ID", "job-0", "job-1"]
    assert "run 1" in out
    assert err == "there are more: --cursor more\n"
    assert playing.asked[0].query == {
        "status": ["completed"], "target": ["a,b"], "limit": ["2"]
    }  # fmt: skip
    shown = json.loads(run("jobs", "--limit", "2", "--cursor", "here", "--json")[1])
    assert [one["id"] for one in shown["jobs"]] == ["job-0", "job-1"]
    assert shown["jobs"][0].keys() == jobs[0].keys()
    assert shown["next"] == "more"
    assert playing.asked[-1].one("next") == "here"
    assert run("jobs", "--limit", "1", "-q")[2] == ""


def test_job(run: Run, server: Any) -> None:
    raw = {**job_json("job-0", "failed"), "failure": {"code": "X", "error": "no such qubit"}}
    server(raw)
    out = run("job", "job-0")[1]
    assert re.search(r"^failure +X: no such qubit$", out, re.MULTILINE)
    shown = json.loads(run("job", "job-0", "--json")[1])
    assert shown == {**raw, "submitted_at": shown["submitted_at"]}


def completed(results: Any, **fields: Any) -> Callable[[Asked], Reply]:
    job = job_json("job-0", "completed", stats={"qubits": 2}, shots=1000, **fields)

    def play(asked: Asked) -> Reply:
        return (200, results) if "results" in asked.path else (200, {**job, "child_job_ids": None})

    return play


def test_results(run: Run, server: Any) -> None:
    server(completed({"0": 0.5, "3": 0.5}))
    assert run("results", "job-0")[1].split() == [
        "OUTCOME",
        "PROBABILITY",
        "00",
        "0.5",
        "11",
        "0.5",
    ]
    assert run("results", "job-0", "--counts")[1].split() == [
        "OUTCOME", "COUNT", "00", "500", "11", "500"
    ]  # fmt: skip
    assert run("results", "job-0", "--histogram")[1].count("█") > 10
    assert json.loads(run("results", "job-0", "--json")[1]) == {
        "id": "job-0", "name": None, "qubits": 2, "shots": 1000,
        "probabilities": {"00": 0.5, "11": 0.5},
    }  # fmt: skip
    seven = json.loads(run("results", "job-0", "--counts", "--shots", "7", "--json")[1])
    assert seven["counts"] == {"00": 4, "11": 3}


def test_results_of_a_job_that_gives_values(run: Run, server: Any) -> None:
    server(example("get_job_quantum_function"))
    job_id = example("get_job_quantum_function")["id"]
    raw = example("get_job_quantum_function")["results"]
    assert json.loads(run("results", job_id, "--json")[1])["raw"] == raw
    assert json.loads(run("results", job_id)[1]) == raw


def test_results_by_register(run: Run, server: Any) -> None:
    results = {
        "ionq.result.probabilities.json.v2": {
            "id": "a2",
            "format": "ionq.result.probabilities.json.v2",
            "media_type": "application/json",
        }
    }
    told = {"probabilities": {"registers": {"a": {"0": 0.5, "1": 0.5}, "b": {"1": 1}}}}

    def play(asked: Asked) -> Reply:
        if asked.path.endswith("/artifacts/a2"):
            return 200, told
        if "/results/" in asked.path:
            return MISSING
        job = job_json("job-0", "completed", type="ionq.qasm3.v1", shots=100, results=results)
        return 200, {**job, "child_job_ids": None}

    server(play)
    shown = json.loads(run("results", "job-0", "--json")[1])
    assert shown["registers"] == {
        "a": {"probabilities": {"0": 0.5, "1": 0.5}},
        "b": {"probabilities": {"1": 1.0}},
    }
    assert run("results", "job-0", "--counts")[1].split() == [
        "a", "OUTCOME", "COUNT", "0", "50", "1", "50", "b", "OUTCOME", "COUNT", "1", "100"
    ]  # fmt: skip


def test_results_of_many_circuits(run: Run, server: Any) -> None:
    parent = example("get_job_multi_circuit_parent")
    aggregated = example("probabilities_aggregated")

    def play(asked: Asked) -> Reply:
        if asked.path.endswith("/aggregated"):
            return 200, aggregated
        if asked.path == "/jobs":
            listed = [job_json(one, stats={"qubits": 2}) for one in asked.query["ids"]]
            return 200, {"jobs": listed, "next": None}
        return 200, parent

    server(play)
    shown = json.loads(run("results", parent["id"], "--json")[1])
    assert [one["id"] for one in shown["results"]] == parent["child_job_ids"]
    out = run("results", parent["id"])[1]
    assert all(child in out for child in parent["child_job_ids"])


def test_results_of_a_job_that_has_not_ended(run: Run, server: Any) -> None:
    server(job_json("job-0", "ready"))
    code, out, err = run("results", "job-0")
    assert (code, out) == (Exit.JOB_TIMEOUT, "")
    assert "last seen as ready" in err


def test_cost(run: Run, server: Any) -> None:
    def play(asked: Asked) -> Reply:
        return 200, example("cost_qpu") if asked.path.endswith("/cost") else job_json("job-0")

    server(play)
    assert run("cost", "job-0")[1].split() == [
        "estimated",
        "12.5",
        "usd",
        "charged",
        "11.75",
        "usd",
    ]
    assert json.loads(run("cost", "job-0", "--json")[1]) == {
        "estimated": {"amount": "12.5", "unit": "usd"},
        "charged": {"amount": "11.75", "unit": "usd"},
        "dry_run": False,
    }


def test_cost_of_what_is_free(run: Run, server: Any) -> None:
    def play(asked: Asked) -> Reply:
        return 200, example("cost_simulator") if asked.path.endswith("/cost") else job_json("job-0")

    server(play)
    assert run("cost", "job-0")[1] == "not priced\n"


def test_estimate(run: Run, server: Any, tmp_path: Path) -> None:
    playing = server(example("estimate_rate_card_seconds"))
    file = tmp_path / "bell.json"
    file.write_text(json.dumps(BELL))
    assert re.search(r"^cost +182\.9 usd$", run("estimate", str(file))[1], re.MULTILINE)
    assert playing.asked[-1].one("1q_gates") == "1"
    shown = json.loads(run("estimate", "--backend", "qpu.forte-1", "--gates-2q", "36", "--json")[1])
    assert playing.asked[-1].query == {"backend": ["qpu.forte-1"], "2q_gates": ["36"]}
    assert (shown["cost"], shown["execution_time"]) == ({"amount": "182.9", "unit": "usd"}, 96.25)
    assert run("estimate")[0] == Exit.INVALID
    assert run("estimate", str(file), "--backend", "simulator")[0] == Exit.INVALID


def test_usage(run: Run, server: Any) -> None:
    server(example("usage"))
    out = run("usage", "com.example", "2026-08-01", "2026-09-01")[1]
    assert out.splitlines()[-1].split()[:3] == ["total", "88.2", "USD"]
    shown = json.loads(run("usage", "com.example", "2026-08-01", "2026-09-01", "--json")[1])
    assert shown["periods"][0]["groups"][0]["amount"] == {"amount": "88.2", "unit": "USD"}
    assert run("usage", "com.example", "soon", "2026-09-01")[0] == Exit.INVALID


def test_characterizations(run: Run, server: Any) -> None:
    def play(asked: Asked) -> Reply:
        if asked.path.endswith("/characterizations"):
            return 200, {**example("get_characterizations"), "pages": 0}
        if "/characterizations/" in asked.path:
            return 200, example("get_characterization")
        return 200, example("get_backend_qpu")

    server(play)
    ids = [one["id"] for one in example("get_characterizations")["characterizations"]]
    out = run("characterizations", "qpu.forte-1", "--start", "2026-09-01")[1]
    assert [line.split()[0] for line in out.splitlines()[1:]] == ids
    for choice in (["--latest"], ["--id", "b4e8d1f3-6a27-4c95-8e10-92d7f3a5c064"]):
        (shown,) = json.loads(run("characterizations", "qpu.forte-1", *choice, "--json")[1])
        assert shown["fidelity"]["2q"] == {"median": 0.9951, "stderr": 0.0004}
        assert shown["date"] == "2026-09-14T00:00:00+00:00"


def test_sessions(run: Run, server: Any) -> None:
    listed = example("get_sessions")["sessions"]
    one = example("get_session_started")

    def play(asked: Asked) -> Reply:
        if asked.path == "/sessions":
            return 200, example("get_sessions")
        return 200, example("end_session") if asked.path.endswith("/end") else one

    playing = server(play)
    assert listed[0]["id"] in run("sessions", "--active")[1]
    assert playing.asked[-1].query == {"active": ["true"]}
    assert [each["id"] for each in json.loads(run("sessions", "--json")[1])] == [
        each["id"] for each in listed
    ]
    assert re.search(r"^status +started$", run("sessions", one["id"])[1], re.MULTILINE)
    ended = json.loads(run("sessions", one["id"], "--end", "--json")[1])
    assert ended["status"] == "ended"
    assert run("sessions", "--end")[0] == Exit.INVALID


# --- Commands that act ----------------------------------------------------------------------------


class Cloud:
    """Takes one job, shows its statuses one after the other."""

    def __init__(self, *statuses: str) -> None:
        self.statuses = list(statuses)
        self.sent: list[Any] = []

    def __call__(self, asked: Asked) -> Reply:
        if asked.line == "POST /jobs":
            self.sent.append(asked.body)
            return 201, {"id": "job-0", "status": "submitted", "session_id": None}
        if asked.line == "GET /jobs":
            return 200, {"jobs": [], "next": None}
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        failure = {"code": "Broken", "message": "it broke"} if status == "failed" else None
        return 200, job_json("job-0", status, failure=failure, child_job_ids=None)


@pytest.fixture
def bell(tmp_path: Path) -> str:
    file = tmp_path / "bell.json"
    file.write_text(json.dumps(BELL))
    return str(file)


def test_submit_prints_the_id_alone(run: Run, server: Any, bell: str) -> None:
    cloud = Cloud("ready")
    server(cloud)
    assert run("submit", bell, "--backend", "qpu.forte-1", "--shots", "700", "--name", "mine") == (
        0, "job-0\n", ""
    )  # fmt: skip
    (sent,) = cloud.sent
    assert (sent["backend"], sent["shots"], sent["name"]) == ("qpu.forte-1", 700, "mine")
    assert "dry_run" not in sent


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Submissions that do not look long for what is not there."""

    def client_of(options: Any, **changes: Any) -> Any:
        policy = SubmissionPolicy(settle=0.0, settle_unanswered=0.1, deadline=0.3)
        retry = RetryPolicy(attempts=1)
        return client.client_of(options, submission=policy, retry=retry, **changes)

    monkeypatch.setattr(acting, "client_of", client_of)


@pytest.mark.usefixtures("impatient")
def test_submit_reads_stdin_dry_runs_and_uses_a_tag(
    run: Run, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = Cloud("ready")
    server(cloud)
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(BELL)))
    code, out, _ = run("submit", "-", "--dry-run", "--tag", "my-own-tag-1", "--json")
    assert code == 0
    assert json.loads(out)["id"] == "job-0"
    (sent,) = cloud.sent
    assert sent["dry_run"] is True
    assert sent["metadata"]["ionq_direct_tag"].startswith("my-own-tag-1")


def test_submit_and_wait_tells_of_progress_on_stderr(run: Run, server: Any, bell: str) -> None:
    server(Cloud("ready", "ready", "started", "completed"))
    assert run("submit", bell, "--wait") == (
        0, "job-0\n", "job job-0\n  ready\n  started\n  completed\n"
    )  # fmt: skip
    server(Cloud("completed"))
    assert run("submit", bell, "--wait", "-q") == (0, "job-0\n", "")


@pytest.mark.parametrize(("status", "code"), [("failed", 11), ("canceled", 12), ("ready", 13)])
def test_the_end_of_a_job_is_the_exit_code(
    run: Run, server: Any, bell: str, status: str, code: int
) -> None:
    server(Cloud(status))
    found, out, err = run("submit", bell, "--wait", "--timeout", "0", "-q")
    assert (found, out) == (code, "job-0\n")
    assert err.startswith("ionq-direct: job job-0")


@pytest.mark.parametrize(
    ("text", "code"),
    [("{", Exit.INVALID), ("[]", Exit.INVALID), ('{"backend": "simulator"}', Exit.INVALID)],
)
def test_a_file_that_holds_no_job_is_refused(
    run: Run, server: Any, tmp_path: Path, text: str, code: Exit
) -> None:
    playing = server(Cloud("ready"))
    file = tmp_path / "job.json"
    file.write_text(text)
    assert run("submit", str(file))[0] == code
    assert run("submit", str(tmp_path / "none"))[0] == Exit.INVALID
    assert playing.asked == []


def test_a_job_is_checked_unless_told_otherwise(run: Run, server: Any, tmp_path: Path) -> None:
    cloud = Cloud("ready")
    server(cloud)
    file = tmp_path / "job.json"
    file.write_text(json.dumps({**BELL, "shots": 0}))
    code, _, err = run("submit", str(file))
    assert (code, "$.shots" in err, cloud.sent) == (Exit.INVALID, True, [])
    assert run("submit", str(file), "--no-validate")[0] == 0


def test_wait_prints_each_job_as_it_ends(run: Run, server: Any) -> None:
    states = {"a": "completed", "b": "failed", "c": "canceled"}

    def play(asked: Asked) -> Reply:
        failure = {"code": "Broken", "error": "it broke"}
        jobs = [
            job_json(one, states[one], failure=failure if one == "b" else None)
            for one in asked.query["ids"]
        ]
        return 200, {"jobs": jobs, "next": None}

    server(play)
    code, out, err = run("wait", "a", "b", "c")
    assert out == "a  completed\nb  failed  it broke\nc  canceled\n"
    assert err == "  3 of 3 have ended\n"
    assert code == Exit.JOB_FAILED
    lines = [
        json.loads(line) for line in run("wait", "a", "b", "c", "--json", "-q")[1].splitlines()
    ]
    assert lines[1] == {
        "id": "b", "status": "failed", "failure": {"code": "Broken", "message": "it broke"}
    }  # fmt: skip
    assert run("wait", "a", "c", "-q")[0] == Exit.JOB_CANCELED


def test_wait_ends_and_may_cancel(run: Run, server: Any) -> None:
    playing = server(
        lambda asked: (
            (200, {"id": "a", "status": "canceled"})
            if asked.method == "PUT"
            else (200, job_json("a", "ready"))
        )
    )
    assert run("wait", "a", "--timeout", "0", "-q")[0] == Exit.JOB_TIMEOUT
    assert [asked.method for asked in playing.asked] == ["GET"]
    assert run("wait", "a", "--timeout", "0", "--cancel-on-exit", "-q")[0] == Exit.JOB_TIMEOUT
    assert playing.lines()[-1] == "PUT /jobs/a/status/cancel"


def test_cancel_and_delete_report_on_each(
    run: Run, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def play(asked: Asked) -> Reply:
        if asked.path in ("/jobs", "/jobs/status/cancel"):
            status = "deleted" if asked.method == "DELETE" else "canceled"
            return 200, {"ids": ["a"], "status": status}
        return MISSING

    playing = server(play)
    code, out, _ = run("cancel", "a", "b")
    assert code == Exit.NOT_FOUND
    assert out.splitlines()[0] == "a  canceled"
    assert "b  HTTP 404" in out
    shown = json.loads(run("delete", "--yes", "a", "b", "--json")[1])
    assert shown["a"] == {"status": "deleted", "error": None}
    assert (shown["b"]["status"], "404" in shown["b"]["error"]) == (None, True)
    asked = len(playing.asked)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run("delete", "a")[0] == Exit.INVALID  # nobody is there to be asked
    assert len(playing.asked) == asked


@pytest.mark.parametrize(("answer", "deleted"), [("y\n", True), ("n\n", False), ("", False)])
def test_delete_asks_where_somebody_can_answer(
    run: Run, server: Any, monkeypatch: pytest.MonkeyPatch, answer: str, deleted: bool
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    playing = server({"id": "a", "status": "deleted"})
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    code, _, err = run("delete", "a")
    assert "for good? [y/N]" in err
    assert (code, len(playing.asked)) == ((0, 1) if deleted else (1, 0))


def test_a_submission_that_cannot_be_settled_shows_its_tag(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_: object) -> int:
        error = SubmissionUnknown("the-tag-of-it")
        error.add_note("a note")
        raise error

    monkeypatch.setitem(commands.COMMANDS, "submit", lost)
    code, out, err = run("submit", "-")
    assert (code, out) == (Exit.SUBMISSION_UNKNOWN, "")
    assert "tag the-tag-of-it" in err
    assert err.endswith("  a note\n")
