"""The one door: what the profiles let through to a real server, and what never reaches it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests

from ionq_conformance import cleanup, session
from ionq_conformance.contract import load
from ionq_conformance.findings import Findings
from ionq_conformance.fuzzing import Fuzz
from ionq_conformance.gate import Canned, Gate
from ionq_conformance.ledger import MARK, Ledger
from ionq_conformance.profiles import PROFILES
from ionq_conformance.session import Plan, Target
from tests.loopback import Loopback, serve

KEY = "gate-key"
OWN = "0197379a-0000-7000-8000-000000000001"
FOREIGN = "0197379a-0000-7000-8000-000000000002"
BOTH = {"ids": [OWN, FOREIGN]}


@dataclass
class Door:
    """A gate of one profile before a server that keeps what it gets."""

    gate: Gate
    server: Loopback

    def passes(self, method: str, path: str, body: Any = None, **headers: str) -> bool:
        """Send a request; whether it has reached the server."""
        before = len(self.server.received)
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        try:
            requests.request(
                method, self.gate.url + path, data=data, headers=headers, timeout=10
            ).close()
        except requests.ConnectionError:
            assert len(self.server.received) == before
            return False
        assert len(self.server.received) == before + 1
        return True

    def job(self, **changes: Any) -> dict[str, Any]:
        """A job as the profile `simulator` allows it, changed."""
        marked = {"backend": "simulator", "metadata": {MARK: self.gate.ledger.run}}
        return {key: value for key, value in (marked | changes).items() if value is not None}


def door(profile: str, most: int | None = 10) -> Iterator[Door]:
    with serve() as server:
        server.answer_json(200, {"id": OWN, "status": "submitted", "session_id": None})
        ledger = Ledger(most)
        ledger.found(OWN)
        gate = Gate(f"{server.url}/v0.4", PROFILES[profile], load(), ledger, Findings())
        with gate:
            yield Door(gate, server)


@pytest.fixture
def simulator() -> Iterator[Door]:
    yield from door("simulator")


@pytest.fixture
def read_only() -> Iterator[Door]:
    yield from door("read-only")


def twice(first: str, second: str) -> bytes:
    return f'{{"ids": ["{first}"], "ids": ["{second}"]}}'.encode()


STRANGE: list[tuple[str, str, Any]] = [
    ("DELETE", f"/jobs/{FOREIGN}", None),
    ("DELETE", f"/jobs/{OWN}%2F..%2F{FOREIGN}", None),
    ("DELETE", "/jobs/", None),
    ("PUT", f"/jobs/{FOREIGN}/status/cancel", None),
    ("DELETE", "/jobs", BOTH),
    ("DELETE", "/jobs", {"ids": [FOREIGN]}),
    ("DELETE", "/jobs", {"ids": []}),
    ("DELETE", "/jobs", {}),
    ("DELETE", "/jobs", None),
    ("DELETE", "/jobs", {"ids": [[OWN]]}),
    ("DELETE", "/jobs", {"ids": OWN}),
    ("DELETE", "/jobs", twice(FOREIGN, OWN)),
    ("DELETE", "/jobs", json.dumps({"ids": [OWN]}).encode("utf-16")),
    ("PUT", "/jobs/status/cancel", BOTH),
    ("PUT", "/jobs/status/cancel", twice(OWN, FOREIGN)),
    ("POST", "/sessions", {"backend": "qpu.forte-1"}),
    ("POST", f"/sessions/{OWN}/end", None),
    ("POST", f"/jobs/{OWN}/clone", {}),
    ("PATCH", f"/jobs/{OWN}", {}),
    ("PUT", f"/jobs/{OWN}", {}),
    ("GET", "/keys", None),
    ("HEAD", "/jobs", None),
    ("OPTIONS", "/jobs", None),
]


@pytest.mark.parametrize(("method", "path", "body"), STRANGE)
def test_simulator_touches_nothing_but_its_own_jobs(
    simulator: Door, method: str, path: str, body: Any
) -> None:
    assert not simulator.passes(method, path, body)
    assert len(simulator.gate.forbidden) == 1


def test_simulator_may_cancel_and_delete_what_it_has_made(simulator: Door) -> None:
    assert simulator.passes("PUT", f"/jobs/{OWN}/status/cancel")
    assert simulator.passes("PUT", "/jobs/status/cancel", {"ids": [OWN]})
    assert simulator.passes("GET", f"/jobs/{FOREIGN}")  # what others made may be read
    assert simulator.passes("DELETE", f"/jobs/{OWN}")
    assert not simulator.passes("DELETE", f"/jobs/{OWN}")  # it is gone


@pytest.mark.parametrize(
    "changes",
    [
        {"backend": "qpu.forte-1"},
        {"backend": "qpu.forte-1", "dry_run": "true"},
        {"backend": "qpu.forte-1", "dry_run": False},
        {"backend": None},
        {"backend": ["simulator"]},
        {"session_id": OWN},
        {"metadata": None},
        {"metadata": {MARK: "of another run"}},
    ],
)
def test_jobs_that_cost_or_cannot_be_found_again_are_not_created(
    simulator: Door, changes: dict[str, Any]
) -> None:
    assert not simulator.passes("POST", "/jobs", simulator.job(**changes))


def test_free_jobs_and_dry_runs_are_created_but_not_too_many(simulator: Door) -> None:
    assert simulator.passes("POST", "/jobs", simulator.job())
    assert simulator.passes("POST", "/jobs", simulator.job(backend="qpu.forte-1", dry_run=True))
    for _ in range(8):
        assert simulator.passes("POST", "/jobs", simulator.job())
    assert not simulator.passes("POST", "/jobs", simulator.job())


def test_what_is_refused_counts_no_job(simulator: Door) -> None:
    simulator.server.answer_json(400, {})
    for _ in range(12):
        assert simulator.passes("POST", "/jobs", simulator.job())
    assert simulator.gate.ledger.left == 10


def test_no_header_turns_a_get_into_something_else(read_only: Door) -> None:
    assert not read_only.passes("GET", "/jobs", **{"X-HTTP-Method-Override": "DELETE"})


def test_read_only_lets_documented_gets_through_and_nothing_else(read_only: Door) -> None:
    for operation in load().operations.values():
        path = operation.path.replace("{", "").replace("}", "")
        assert read_only.passes(operation.method, path) == (operation.method == "GET")
    assert not read_only.passes("GET", "/undocumented")


def test_a_body_that_cannot_be_judged_is_not_sent(simulator: Door) -> None:
    chunks = iter([b'{"ids": ["', FOREIGN.encode(), b'"]}'])
    answer = requests.delete(f"{simulator.gate.url}/jobs", data=chunks, timeout=10)
    assert answer.status_code == 411
    assert simulator.server.received == []


def test_answers_are_asked_for_as_the_gate_can_read_them(read_only: Door) -> None:
    """The ids of new jobs are read from them; the key and the rest go on as they came."""
    asked = {"Accept-Encoding": "gzip", "Authorization": f"apiKey {KEY}"}
    assert read_only.passes("GET", "/whoami", **asked)
    assert read_only.server.last.headers.get_all("Accept-Encoding") == ["identity"]
    assert read_only.server.last.headers.get_all("Authorization") == [f"apiKey {KEY}"]


def test_a_rehearsed_request_is_seen_and_not_sent(read_only: Door) -> None:
    with read_only.gate.rehearse(Canned(201, b'{"id": "none"}')) as seen:
        answer = requests.post(f"{read_only.gate.url}/jobs?a=1", json={"b": 2}, timeout=10)
    assert (answer.status_code, answer.json()) == (201, {"id": "none"})
    assert [(one.method, one.target, one.body) for one in seen] == [
        ("POST", "/v0.4/jobs?a=1", b'{"b": 2}')
    ]
    assert read_only.server.received == []
    assert read_only.gate.forbidden == []
    assert not read_only.passes("POST", "/jobs", {})


def test_a_redirect_is_not_followed_past_the_gate() -> None:
    findings = Findings()
    with serve() as server:
        server.answer(302, b"", Location=f"{server.url}/elsewhere")
        fuzz = Fuzz(2, seed=1, phases=("fuzzing",), operations=("getWhoami",))
        plan = Plan(PROFILES["read-only"], fuzz, scenarios=False, client=1)
        session.run(Target(f"{server.url}/v0.4", KEY), plan, findings)
        assert not [one for one in server.received if "elsewhere" in one.target]
    assert "status_code_conformance" in {one.check for one in findings.failures}


class Forgetful(BaseHTTPRequestHandler):
    """Closes each connection after an answer that promised to keep it, as after a long pause."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(self.command)  # type: ignore[attr-defined]  # set below
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")
        self.close_connection = True

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


def test_a_kept_connection_that_the_server_has_closed_costs_no_request() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Forgetful) as server:
        server.asked = []  # type: ignore[attr-defined]  # what came, in order
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/v0.4"
        gate = Gate(url, PROFILES["full"], load(), Ledger(None), Findings())
        with gate, requests.Session() as session_:
            for method in ("GET", "POST", "POST", "GET", "GET"):
                assert session_.request(method, f"{gate.url}/jobs", timeout=10).status_code == 200
        server.shutdown()
        assert server.asked == ["GET", "POST", "POST", "GET", "GET"]  # type: ignore[attr-defined]


# -- nothing is left behind -----------------------------------------------------------------------


def test_cleaning_up_waits_for_a_job_that_is_being_created(simulator: Door) -> None:
    """Who is interrupted while a POST is on its way has made a job all the same."""
    gate = simulator.gate
    answered, release = gate.answered, threading.Event()

    def slowly(path: str, body: bytes, answer: Any) -> None:
        release.wait(20)
        answered(path, body, answer)

    gate.answered = slowly  # type: ignore[method-assign]  # a server that takes its time
    sender = threading.Thread(target=simulator.passes, args=("POST", "/jobs", simulator.job()))
    sender.start()
    while not simulator.server.received:
        time.sleep(0.01)
    assert not gate.settle(0.05)
    release.set()
    assert gate.settle(20)
    sender.join()
    assert gate.ledger.unanswered == 0


def test_what_a_server_only_says_it_has_deleted_is_named(simulator: Door) -> None:
    ledger = simulator.gate.ledger
    assert simulator.passes("POST", "/jobs", simulator.job())
    listed = {"id": OWN, "metadata": {MARK: ledger.run}}
    simulator.server.answer_json(200, {"jobs": [listed], "next": None})
    assert cleanup.clean_up(simulator.gate.url, KEY, ledger) == [OWN]


@pytest.mark.parametrize(
    ("answer", "known"),
    [([], False), ("nothing", False), ({"jobs": 3}, False), ({"jobs": [1, {"id": OWN}]}, True)],
)
def test_a_listing_that_makes_no_sense_stops_no_clean_up(
    simulator: Door, answer: Any, known: bool
) -> None:
    ledger = simulator.gate.ledger
    assert simulator.passes("POST", "/jobs", simulator.job())
    simulator.server.answer_json(200, answer)
    left = cleanup.clean_up(simulator.gate.url, KEY, ledger)
    assert ledger.jobs == {}  # deleted all the same
    assert any("could not be listed" in one for one in left) != known
