"""The control surface: faults, clock, log, snapshots, reset; over HTTP, in Python, by fixture."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import httpx  # noqa: TID251 (as an application would call it in-process)
import pytest
import requests

from ionq_emulator import Emulator
from tests.emulator.support import Api, Json, bell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ionq_emulator.project import Project

    Emulate = Callable[..., tuple[Emulator, Api]]


@pytest.fixture
def own(emulate: Emulate) -> tuple[Emulator, Api]:
    """An emulator whose settings a test may change."""
    return emulate()


def control(emulator: Emulator, method: str, path: str, body: Any = None) -> Any:
    """A request to `/_emulator/`."""
    response = requests.request(method, f"{emulator.origin}/_emulator{path}", json=body, timeout=30)
    response.raise_for_status()
    return response.json()


# -- faults: status


def test_a_status_for_the_next_two_requests(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    fault = {"kind": "status", "operation": "GetJobs", "status": 503, "times": 2}
    number = control(emulator, "POST", "/faults", fault)["id"]
    seen = [api.request("GET", "/jobs").status_code for _ in range(4)]
    assert seen == [503, 503, 200, 200]
    (rule,) = control(emulator, "GET", "/faults")
    assert (rule["id"], rule["applied"]) == (number, 2)


def test_a_rate_limit_with_retry_after(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    emulator.control.add_fault("status", status=429, headers={"Retry-After": "3"}, times=1)
    response = api.request("GET", "/whoami")
    assert response.status_code == 429
    assert response.headers["retry-after"] == "3"
    assert response.json()["statusCode"] == 429


def test_a_status_before_the_job_is_made_and_one_after(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    for when in ("before", "after"):
        emulator.control.add_fault("status", operation="CreateJob", status=502, when=when, times=1)
        assert api.request("POST", "/jobs", json=bell(name=when)).status_code == 502
    assert [job["name"] for job in api.get("/jobs")["jobs"]] == ["after"]


def test_cloudflares_own_pages(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    emulator.control.add_fault("status", status=522, body="<html>522</html>", times=1)
    response = requests.get(f"{api.url}/backends", timeout=30)
    assert (response.status_code, response.text) == (522, "<html>522</html>")


# -- faults: connections


@pytest.mark.parametrize(("when", "jobs"), [("before", 0), ("after", 1)])
def test_a_connection_that_is_cut(own: tuple[Emulator, Api], when: str, jobs: int) -> None:
    emulator, api = own
    emulator.control.add_fault("drop", operation="CreateJob", when=when, times=1)
    with pytest.raises(requests.ConnectionError):
        api.request("POST", "/jobs", json=bell())
    assert len(api.get("/jobs")["jobs"]) == jobs


def test_a_body_that_is_cut(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    whole = api.request("GET", "/backends")
    emulator.control.add_fault("truncate", operation="getBackends", times=1)
    response = requests.get(f"{api.url}/backends", timeout=30, stream=True)
    assert response.headers["content-length"] == whole.headers["content-length"]
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        _ = response.content
    response.close()


def test_a_body_that_is_no_json(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    emulator.control.add_fault("garble", operation="getBackends", times=1)
    response = requests.get(f"{api.url}/backends", timeout=30)
    assert response.status_code == 200
    with pytest.raises(ValueError, match="Expecting value"):
        response.json()


@pytest.mark.parametrize("operation", ["Nope", "getjob", "Nope*", ""])
def test_a_rule_that_could_never_apply_is_refused(
    own: tuple[Emulator, Api], operation: str
) -> None:
    emulator, _ = own
    with pytest.raises(ValueError, match=r"operation must be one of CancelJob, .* got "):
        emulator.control.add_fault("status", operation=operation)
    body = {"kind": "status", "operation": operation}
    refused = requests.post(f"{emulator.origin}/_emulator/faults", json=body, timeout=30)
    assert refused.status_code == 400
    assert emulator.control.faults() == []


def test_latency(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    emulator.control.add_fault("latency", operation="getWhoami", seconds=0.3, times=1)
    began = time.monotonic()
    api.get("/whoami")
    assert time.monotonic() - began >= 0.3
    api.get("/whoami")
    delayed, quick = emulator.control.requests()[-2:]
    assert delayed.faults
    assert not quick.faults


def test_a_listing_that_lags(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    emulator.cloud.clock.freeze()
    job_id = api.submit(bell())
    emulator.control.add_fault("lag", operation="GetJobs", seconds=5)
    assert api.get("/jobs")["jobs"] == []
    assert api.get(f"/jobs/{job_id}")["id"] == job_id
    emulator.control.advance(5)
    assert [job["id"] for job in api.get("/jobs")["jobs"]] == [job_id]


# -- faults: which requests


def test_the_third_request_only(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    emulator.control.add_fault("status", operation="getW*", method="get", skip=2, times=1)
    assert [api.request("GET", "/whoami").status_code for _ in range(4)] == [200, 200, 500, 200]


def test_chance_from_a_seed(own: tuple[Emulator, Api]) -> None:
    emulator, api = own

    def draws(seed: int) -> list[int]:
        emulator.control.add_fault("status", status=500, probability=0.3, seed=seed)
        seen = [api.request("GET", "/whoami").status_code for _ in range(40)]
        emulator.control.clear_faults()
        return seen

    first = draws(1)
    assert 3 < first.count(500) < 25
    assert draws(1) == first
    assert draws(2) != first


def test_a_fault_of_one_project(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    other = Api(api.url, "somebody else")
    project = other.get("/whoami")["project_id"]
    emulator.control.add_fault("status", project_id=project)
    assert other.request("GET", "/jobs").status_code == 500
    assert api.request("GET", "/jobs").status_code == 200
    other.session.close()


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "fire"},
        {},
        {"kind": "status", "colour": "red"},
        {"kind": "status", "status": 5},
        {"kind": "drop", "when": "never"},
        {"kind": "latency", "seconds": -1},
        {"kind": "status", "probability": 2},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(own: tuple[Emulator, Api], rule: Json) -> None:
    emulator, _ = own
    response = requests.post(f"{emulator.origin}/_emulator/faults", json=rule, timeout=30)
    assert response.status_code == 400
    assert response.json()["error"]


def test_rules_are_taken_out(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    number = control(emulator, "POST", "/faults", {"kind": "status"})["id"]
    assert api.request("GET", "/jobs").status_code == 500
    assert control(emulator, "DELETE", f"/faults/{number}") == []
    assert api.request("GET", "/jobs").status_code == 200
    gone = requests.delete(f"{emulator.origin}/_emulator/faults/{number}", timeout=30)
    assert gone.status_code == 404


# -- clock and progress over HTTP


def test_a_job_walked_through_its_states_over_http(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    control(emulator, "PUT", "/progress", {"progress": "time"})
    control(emulator, "PUT", "/queue", {"qpu.aria-1": 60})
    control(emulator, "POST", "/clock/freeze")
    job_id = api.submit(bell(backend="qpu.aria-1"))
    states = []
    for seconds in (0, 1, 59.45, 3600):
        control(emulator, "POST", "/clock/advance", {"seconds": seconds})
        states.append(api.get(f"/jobs/{job_id}")["status"])
    assert states == ["submitted", "ready", "started", "completed"]

    state = control(emulator, "POST", "/clock/resume")
    assert state["clock"]["frozen"] is False
    assert control(emulator, "POST", "/clock/speed", {"speed": 60})["clock"]["speed"] == 60
    assert control(emulator, "PUT", "/progress", {"progress": "polls:2"})["progress"] == "polls:2"
    machine = control(emulator, "PUT", "/backends/qpu.aria-1", {"status": "unavailable"})
    assert machine["backends"]["qpu.aria-1"]["status"] == "unavailable"
    assert control(emulator, "POST", "/settle", {"seconds": 5})["jobs"] == {"completed": 1}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/progress", {"progress": "sometimes"}),
        ("PUT", "/progress", {"progress": 0}),
        ("PUT", "/queue", {"qpu.nowhere": 3}),
        ("PUT", "/queue", {"qpu.aria-1": -3}),
        ("PUT", "/backends/qpu.nowhere", {"status": "available"}),
        ("PUT", "/backends/qpu.aria-1", {"status": "tired"}),
        ("POST", "/clock/advance", {}),
        ("POST", "/clock/advance", {"seconds": -1}),
        ("POST", "/clock/speed", {"speed": 0}),
        ("POST", "/clock/speed", [60]),
    ],
)
def test_nonsense_is_refused_with_a_reason(
    own: tuple[Emulator, Api], method: str, path: str, body: Any
) -> None:
    emulator, _ = own
    url = f"{emulator.origin}/_emulator{path}"
    response = requests.request(method, url, json=body, timeout=30)
    assert response.status_code == 400
    assert response.json()["error"]


def test_the_surface_says_what_it_offers(own: tuple[Emulator, Api]) -> None:
    emulator, _ = own
    assert "POST /_emulator/clock/advance" in control(emulator, "GET", "/")["operations"]


def test_the_surface_is_off_beyond_loopback_unless_asked_for() -> None:
    with Emulator(host="0.0.0.0") as emulator:
        origin = emulator.origin.replace("0.0.0.0", "127.0.0.1")
        assert requests.get(f"{origin}/_emulator/state", timeout=30).status_code == 404
        assert requests.get(f"{origin}/v0.4/health", timeout=30).status_code == 200
    with Emulator(host="0.0.0.0", control=True) as emulator:
        origin = emulator.origin.replace("0.0.0.0", "127.0.0.1")
        assert requests.get(f"{origin}/_emulator/state", timeout=30).status_code == 200


# -- log, snapshots, reset


def test_the_request_log_has_all_but_the_key(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    api.session.headers["Authorization"] = "apiKey my-secret-key"
    emulator.control.add_fault("status", operation="GetJobs", status=503)
    created = api.request("POST", "/jobs", json=bell(name="logged"))
    api.request("GET", "/jobs?limit=1")
    api.request("GET", "/nowhere")
    first, second, third = control(emulator, "GET", "/requests")
    assert (first["method"], first["path"], first["status"]) == ("POST", "/v0.4/jobs", 201)
    assert first["operation"] == "CreateJob"
    assert '"logged"' in first["request_body"]
    assert first["response_body"] == created.text
    assert first["request_id"] == created.headers["x-request-id"]
    assert (second["query"], second["status"], second["faults"]) == ("limit=1", 503, ["status"])
    assert (third["operation"], third["status"]) == (None, 404)
    log = requests.get(f"{emulator.origin}/_emulator/requests", timeout=30).text
    assert "my-secret-key" not in log
    (only,) = control(emulator, "GET", "/requests?operation=CreateJob")
    assert only == first
    control(emulator, "DELETE", "/requests")
    assert control(emulator, "GET", "/requests") == []


def test_a_snapshot_brings_everything_back(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    kept = api.completed(bell(name="kept"))
    name = control(emulator, "POST", "/snapshots", {"name": "before"})["name"]
    api.delete(f"/jobs/{kept['id']}")
    api.submit(bell(name="later"))
    control(emulator, "POST", f"/snapshots/{name}/restore")
    assert api.get("/jobs")["jobs"] == [{k: v for k, v in kept.items() if k != "child_job_ids"}]
    assert api.follow(kept) == pytest.approx({"0": 0.5, "3": 0.5})
    file = requests.get(f"{emulator.origin}/_emulator/snapshots/before", timeout=30)
    assert file.content.startswith(b"SQLite format 3\0")
    missing = requests.get(f"{emulator.origin}/_emulator/snapshots/none", timeout=30)
    assert missing.status_code == 404


def test_a_snapshot_of_a_waiting_job_goes_on_when_restored(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    emulator.control.set_progress("time")
    emulator.control.freeze()
    job_id = api.submit(bell(backend="qpu.aria-1"))
    emulator.control.settle()
    snapshot = emulator.control.snapshot()
    api.put(f"/jobs/{job_id}/status/cancel")
    emulator.control.restore(snapshot)
    assert api.get(f"/jobs/{job_id}")["status"] == "submitted"
    emulator.control.advance(3600)
    assert api.get(f"/jobs/{job_id}")["status"] == "completed"


def test_reset_begins_anew(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    first = api.submit(bell())
    emulator.control.add_fault("status")
    emulator.control.set_progress(3)
    emulator.control.freeze()
    control(emulator, "POST", "/reset")
    assert api.get("/jobs")["jobs"] == []
    assert api.submit(bell()) == first  # ids begin again
    assert api.get(f"/jobs/{first}")["status"] == "completed"
    state = control(emulator, "GET", "/state")
    assert (state["faults"], state["progress"], state["clock"]["frozen"]) == ([], "instant", False)


def test_reset_of_one_project(own: tuple[Emulator, Api]) -> None:
    emulator, api = own
    other = Api(api.url, "somebody else")
    ours, theirs = api.submit(bell()), other.submit(bell())
    control(emulator, "POST", "/reset", {"project_id": api.get("/whoami")["project_id"]})
    api.get(f"/jobs/{ours}", expect=404)
    assert other.get(f"/jobs/{theirs}")["status"] == "completed"
    other.session.close()


# -- one seed, one history


def test_one_seed_gives_the_same_ids_and_the_same_results() -> None:
    def history(seed: int) -> list[Any]:
        with Emulator(seed=seed) as emulator:
            api = Api(emulator.url, "some key")
            with api.session:
                jobs = [api.completed(bell(backend="qpu.aria-1", shots=600)) for _ in range(2)]
                results = [api.follow(job, "shots") for job in jobs]
                return [(job["id"], job["output"], job["stats"]) for job in jobs] + results

    first = history(7)
    assert first[2] != first[3]  # two runs of one circuit differ
    assert history(7) == first
    other = history(8)
    assert other[0][0] != first[0][0]
    assert other[2] != first[2]


# -- the fixture


def test_the_fixture_is_a_project_of_its_own(ionq_emulator: Project) -> None:
    api = Api(ionq_emulator.url, ionq_emulator.api_key)
    with api.session:
        assert api.get("/jobs")["jobs"] == []
        assert api.get("/whoami")["project_id"] == ionq_emulator.project_id
        api.submit(bell())
        ionq_emulator.control.add_fault("status", operation="GetJobs", status=503)
        api.get("/jobs", expect=503)
        operations = [entry.operation for entry in ionq_emulator.control.requests()]
        assert operations == ["GetJobs", "getWhoami", "CreateJob", "GetJobs"]
    assert ionq_emulator.api_key not in repr(ionq_emulator)


def test_what_a_test_did_is_undone(tmp_path: Path) -> None:
    (tmp_path / "test_turns.py").write_text(
        """
import time, requests, pytest

JOB = {"type": "ionq.circuit.v1", "backend": "simulator",
       "input": {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "x", "target": 0}]}}
ended = []

@pytest.fixture(autouse=True)
def isolation_takes_less_than_20_ms(ionq_emulator_server):
    yield
    ended.append(time.perf_counter())

@pytest.mark.parametrize("turn", range(5))
def test_turn(ionq_emulator, turn):
    began = time.perf_counter()
    key = {"Authorization": "apiKey " + ionq_emulator.api_key}
    jobs = requests.get(ionq_emulator.url + "/jobs", headers=key)
    assert jobs.status_code == 200 and jobs.json()["jobs"] == []
    created = requests.post(ionq_emulator.url + "/jobs", headers=key, json=JOB)
    assert created.status_code == 201
    assert not ionq_emulator.control.state()["clock"]["frozen"]
    assert str(ionq_emulator.control.progress) == "instant"
    ionq_emulator.control.add_fault("status", operation="GetJobs")
    ionq_emulator.control.freeze()
    ionq_emulator.control.set_progress(5)
    gaps.append(began - ended[-1]) if ended else None

gaps = []

def test_isolation_is_quick():
    assert min(gaps) < 0.020
"""
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:asyncio", "-p", "no:cacheprovider", "-q"]
    ran = subprocess.run(
        [*command, "--rootdir", str(tmp_path), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert "6 passed" in ran.stdout, ran.stdout + ran.stderr


# -- without a socket


async def test_in_process_without_a_socket() -> None:
    emulator = Emulator()
    transport = httpx.ASGITransport(app=emulator.app)
    headers = {"Authorization": f"apiKey {emulator.api_key}"}
    try:
        async with httpx.AsyncClient(
            transport=transport, base_url="http://ionq/v0.4", headers=headers
        ) as client:
            created = await client.post("/jobs", json=bell())
            assert created.status_code == 201
            job = (await client.get(f"/jobs/{created.json()['id']}")).json()
            assert job["status"] == "completed"
            emulator.control.add_fault("drop", operation="GetJobs", times=1)
            with pytest.raises(ConnectionResetError):
                await client.get("/jobs")
            assert (await client.get("/jobs")).status_code == 200
        with pytest.raises(RuntimeError, match="does not listen"):
            _ = emulator.url
    finally:
        emulator.stop()
