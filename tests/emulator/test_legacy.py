"""Old scripts for API v0.3, three ways: plain `requests`, the generated client, and over v0.4.

Every answer of the emulator's v0.3 is checked against the contract, openapi/v0.3.yaml.
"""

from __future__ import annotations

import inspect
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from ionq_api.v0_3.api.backends import get_backends
from ionq_api.v0_3.api.characterizations import (
    get_characterization,
    get_characterizations_for_backend,
    get_current_characterization,
)
from ionq_api.v0_3.api.jobs import (
    cancel_job,
    cancel_jobs,
    create_job,
    delete_job,
    delete_jobs,
    get_job,
    get_jobs,
)
from ionq_api.v0_3.api.results import get_job_probabilities
from ionq_api.v0_3.client import AuthenticatedClient
from ionq_api.v0_3.models import (
    Error,
    InputJobCreationPayload,
    JobCreationResponse,
    JobsBulkOperationRequest,
    JobStatus,
    Probabilities,
    ProbabilitiesByCircuit,
)
from ionq_api.v0_3.types import Response
from ionq_direct import InvalidArgument, InvalidJob, NotFound, legacy
from ionq_emulator import Emulator, contract
from ionq_emulator.responses import ResponseChecker
from tests.emulator.support import BELL, Json
from tests.support.clients import Caller

PAGE = Path(__file__).resolve().parents[2] / "docs" / "legacy.md"
BLOCK = re.compile(r"<!-- (\w+) -->\n```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
KEY = "the-key-of-an-old-script"
DAY_MS = 86_400_000

CONTRACT = contract.load("v0.3")
CHECKER = ResponseChecker(CONTRACT)


def circuit(**fields: Any) -> Json:
    """IonQ's documented v0.3 job: a Bell pair on the simulator."""
    source = {"format": "ionq.circuit.v0", "gateset": "qis", "qubits": 2, "circuit": BELL}
    return {"target": "simulator", "input": source, **fields}


SEVERAL: Json = {
    "name": "two of them",
    "input": {
        "qubits": 2,
        "circuits": [{"circuit": [{"gate": "x", "target": 0}]}, {"circuit": BELL}],
    },
}


@pytest.fixture
def cloud() -> Iterator[Emulator]:
    """A cloud that shows each state of a job once, and answers by its contracts."""
    with Emulator(api_keys=[KEY], progress="polls:1", seed=3, check_responses=True) as emulator:
        yield emulator


def old_url(cloud: Emulator) -> str:
    return cloud.url.replace("/v0.4", "/v0.3")


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that a script slept, which pass at once."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    return slept


# --- Plain requests -------------------------------------------------------------------------------


def operation_of(method: str, path: str) -> str:
    """The contract's name of a request; paths without parameters come first."""
    for one in sorted(CONTRACT.operations.values(), key=lambda one: one.path.count("{")):
        pattern = "/v0.3" + re.sub(r"\{\w+\}", "[^/]+", one.path)
        if one.method == method and re.fullmatch(pattern, path):
            return one.operation_id
    raise AssertionError(f"v0.3 has no {method} {path}")


class OldScript:
    """Plain HTTP; each answer must be one of the contract's."""

    def __init__(self, cloud: Emulator) -> None:
        self.url = old_url(cloud)
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"apiKey {KEY}"
        self.checked: set[tuple[str, int]] = set()

    def __call__(self, method: str, path: str, expect: int = 200, **more: Any) -> Any:
        answer = self.session.request(method, self.url + path, timeout=30, **more)
        name = operation_of(method, "/v0.3" + path.partition("?")[0])
        kind = answer.headers["content-type"]
        assert CHECKER.problems(name, answer.status_code, kind, answer.content) == []
        assert answer.status_code == expect, answer.text
        self.checked.add((name, answer.status_code))
        return answer.json()


@pytest.fixture
def script(cloud: Emulator) -> Iterator[OldScript]:
    old = OldScript(cloud)
    with old.session:
        yield old


def test_the_walkthrough_with_plain_requests(script: OldScript, naps: list[float]) -> None:
    """IonQ's v0.3 notebook: submit (200, `ready`), poll once a second, read the results."""
    receipt = script("POST", "/jobs", json=circuit(name="API Example Circuit", shots=100))
    assert receipt["status"] == "ready"
    path = f"/jobs/{receipt['id']}"
    seen = []
    while True:
        job = script("GET", path)
        seen.append(job["status"])
        if job["status"] == "completed":
            break
        time.sleep(1)
    assert seen == sorted(set(seen), key=["submitted", "ready", "running", "completed"].index)
    assert len(naps) == len(seen) - 1 >= 1
    assert job["results_url"] == f"/v0.3{path}/results"
    assert script("GET", f"{path}/results") == pytest.approx({"0": 0.5, "3": 0.5})


def test_every_answer_of_the_emulator_is_one_of_the_contract(script: OldScript) -> None:
    """Each operation, in each way it can answer here."""
    first = script("POST", "/jobs", json=circuit(registers={"meas_mapped": [0, 1]}))["id"]
    several = script("POST", "/jobs", json=SEVERAL)["id"]
    machine = circuit(target="qpu.aria-1", shots=600, error_mitigation={"debias": True})
    on_machine = script("POST", "/jobs", json=machine)["id"]
    too_large = {"input": {"qubits": 30, "circuit": BELL}}
    failing = script("POST", "/jobs", json=too_large)["id"]
    script("GET", f"/jobs/{first}/results", 404)
    for job_id, end in ((first, "completed"), (several, "completed"), (failing, "failed")):
        for _ in range(10):
            if script("GET", f"/jobs/{job_id}")["status"] == end:
                break
        else:
            pytest.fail(f"{job_id} did not become {end}")
    assert script("GET", f"/jobs/{first}")["registers"] == {"meas_mapped": [0, 1]}
    assert script("GET", f"/jobs/{failing}")["failure"]["code"] == "NotEnoughQubits"
    both = script("GET", f"/jobs/{several}/results")
    assert list(both.values()) == [{"1": 1}, pytest.approx({"0": 0.5, "3": 0.5})]
    page = script("GET", "/jobs", params={"limit": 1})
    script("GET", "/jobs", params={"limit": 1, "next": page["next"]})
    script("GET", "/jobs", params={"status": "completed"})
    script("PUT", f"/jobs/{on_machine}/status/cancel")
    script("PUT", "/jobs/status/cancel", json={"ids": [on_machine]})
    script("DELETE", f"/jobs/{first}")
    script("DELETE", "/jobs", json={"ids": [several, failing]})
    (aria,) = (b for b in script("GET", "/backends") if b["backend"] == "qpu.aria-1")
    script("GET", aria["characterization_url"])
    machines = "/characterizations/backends/qpu.aria-1"
    assert script("GET", machines, params={"limit": 2})["pages"] > 0
    script("GET", f"{machines}/current")
    script("GET", "/characterizations/backends/simulator")
    script("GET", "/characterizations/backends/simulator/current", 404)
    script("POST", "/jobs", 400, json={"input": {}})
    script("POST", "/jobs", 400, data="no JSON")
    script("GET", f"/jobs/{first}", 404)
    script("PUT", f"/jobs/{first}/status/cancel", 404)
    script("DELETE", f"/jobs/{first}", 404)
    script("GET", "/jobs", 400, params={"limit": 0})
    script("GET", "/jobs", 401, headers={"Authorization": "apiKey wrong"})
    assert {name for name, status in script.checked if status == 200} == set(CONTRACT.operations)


# --- The generated client of v0.3 -----------------------------------------------------------------


@pytest.fixture
def client(cloud: Emulator) -> Iterator[AuthenticatedClient]:
    """Strict: an answer that deviates from the contract is an error."""
    with AuthenticatedClient(old_url(cloud), token=KEY, prefix="apiKey", strict=True) as client:
        yield client


def job_of(body: Json) -> InputJobCreationPayload:
    return InputJobCreationPayload.from_dict(body)


def ended(client: AuthenticatedClient, job_id: str) -> Any:
    while True:
        job: Any = get_job.sync(job_id, client=client)
        if job.status in (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELED):
            return job
        time.sleep(1)


def test_the_walkthrough_with_the_generated_client(
    client: AuthenticatedClient, naps: list[float]
) -> None:
    receipt = create_job.sync(client=client, body=job_of(circuit(shots=100)))
    assert isinstance(receipt, JobCreationResponse)
    assert receipt.status == JobStatus.READY
    job = ended(client, receipt.id)
    assert set(naps) == {1}
    assert (job.qubits, job.circuits, job.shots) == (2, 1, 100)
    results = get_job_probabilities.sync(receipt.id, client=client)
    assert isinstance(results, Probabilities)
    assert results.to_dict() == pytest.approx({"0": 0.5, "3": 0.5})


async def test_the_walkthrough_with_the_generated_client_awaited(
    client: AuthenticatedClient, naps: list[float]
) -> None:
    receipt = await create_job.asyncio(client=client, body=job_of(SEVERAL))
    assert isinstance(receipt, JobCreationResponse)
    job = ended(client, receipt.id)
    results = await get_job_probabilities.asyncio(receipt.id, client=client)
    assert isinstance(results, ProbabilitiesByCircuit)
    assert list(results.to_dict()) == job.children
    await client.get_async_httpx_client().aclose()


def test_every_operation_through_the_generated_client(client: AuthenticatedClient) -> None:
    ids = [create_job.sync(client=client, body=job_of(circuit())).id for _ in range(4)]  # type: ignore[union-attr]  # one that is refused has no id, and fails the test here
    page: Any = get_jobs.sync(client=client, id=ids[:2])
    assert {job.id for job in page.jobs} == set(ids[:2])
    answers: list[Response[Any]] = [
        cancel_job.sync_detailed(ids[0], client=client),
        cancel_jobs.sync_detailed(client=client, body=JobsBulkOperationRequest(ids=ids[1:])),
        delete_job.sync_detailed(ids[0], client=client),
        delete_jobs.sync_detailed(client=client, body=JobsBulkOperationRequest(ids=ids[1:])),
        get_characterizations_for_backend.sync_detailed("qpu.aria-1", client=client, limit=3),
        get_current_characterization.sync_detailed("qpu.aria-1", client=client),
    ]
    assert {answer.status_code for answer in answers} == {200}
    latest = answers[-1].parsed
    assert get_characterization.sync(latest.id, client=client) == latest
    backends: Any = get_backends.sync(client=client)
    assert "simulator" in {backend.backend for backend in backends}
    assert isinstance(get_job.sync(ids[0], client=client), Error)


# --- Over v0.4: ionq_direct.legacy ----------------------------------------------------------------


class Old:
    """`Legacy` or `AsyncLegacy`, called in one way."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        kind = legacy.Legacy if caller.kind == "sync" else legacy.AsyncLegacy
        self._legacy: Any = kind(caller.ionq)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *args, **named: self._caller(
            lambda _: getattr(self._legacy, name)(*args, **named)
        )


@pytest.fixture(params=["sync", "async"])
def old(request: pytest.FixtureRequest, cloud: Emulator) -> Iterator[Old]:
    with Caller(request.param, cloud.url, key=KEY) as caller:
        yield Old(caller)


def completed(old: Old, job_id: str) -> Json:
    for _ in range(10):
        job: Json = old.get_job(job_id)
        if job["status"] in {"completed", "failed", "canceled"}:
            return job
    pytest.fail(f"still {job['status']}")


def fits(operation: str, value: Any) -> bool:
    """Whether a body could be an answer of v0.3."""
    body = json.dumps(value).encode()
    problems = CHECKER.problems(operation, 200, "application/json", body)
    assert problems == []
    return True


def test_the_walkthrough_over_v0_4(old: Old, script: OldScript) -> None:
    body = circuit(
        name="API Example Circuit",
        shots=100,
        metadata={"custom_key": "a note"},
        registers={"meas_mapped": [0, 1]},
    )
    receipt = old.create_job(body)
    assert fits("CreateJob", receipt)
    assert receipt["status"] == "ready"
    with pytest.raises(NotFound):
        old.get_results(receipt["id"])
    job = completed(old, receipt["id"])
    assert fits("GetJob", job)
    same = script("GET", f"/jobs/{receipt['id']}")
    for name in same.keys() - {"metadata"}:  # the library's tag is in there
        if name != "registers":  # v0.4 knows none: they are in the metadata
            assert job[name] == same[name], name
    assert job["metadata"] == body["metadata"]
    assert job["registers"] == body["registers"]
    assert job["cost_usd"] == 0
    results = old.get_results(receipt["id"])
    assert fits("GetJobProbabilities", results)
    assert results == script("GET", f"/jobs/{receipt['id']}/results")
    assert results == pytest.approx({"0": 0.5, "3": 0.5})


def test_several_circuits_over_v0_4(old: Old, script: OldScript) -> None:
    job_id = old.create_job(SEVERAL)["id"]
    job = completed(old, job_id)
    results = old.get_results(job_id)
    assert fits("GetJobProbabilities", results)
    assert list(results) == job["children"] == script("GET", f"/jobs/{job_id}")["children"]
    assert results == script("GET", f"/jobs/{job_id}/results")


def test_a_machine_over_v0_4(old: Old, script: OldScript) -> None:
    body = circuit(target="qpu.aria-1", shots="600", error_mitigation={"debias": True})
    job_id = old.create_job(body)["id"]
    job = completed(old, job_id)
    same = script("GET", f"/jobs/{job_id}")
    assert job["cost_usd"] == pytest.approx(same["cost_usd"])
    assert job["cost_usd"] > 0
    assert job["error_mitigation"] == {"debias": True}
    for sharpen in (False, True):
        wanted = script("GET", f"/jobs/{job_id}/results", params={"sharpen": str(sharpen).lower()})
        assert old.get_results(job_id, sharpen=sharpen) == wanted


def test_a_failure_over_v0_4(old: Old, script: OldScript) -> None:
    job_id = script("POST", "/jobs", json={"input": {"qubits": 30, "circuit": BELL}})["id"]
    job = completed(old, job_id)
    assert fits("GetJob", job)
    assert job["failure"] == script("GET", f"/jobs/{job_id}")["failure"]


def test_lists_over_v0_4(old: Old, script: OldScript) -> None:
    ids = [old.create_job(circuit(name=str(number)))["id"] for number in range(3)]
    first = old.get_jobs(limit=2)
    assert fits("GetJobs", first)
    rest = old.get_jobs(limit=2, next=first["next"])
    assert "next" not in rest
    assert [job["id"] for job in first["jobs"] + rest["jobs"]] == ids[::-1]
    assert [job["id"] for job in old.get_jobs(id=ids[0])["jobs"]] == ids[:1]
    completed(old, ids[0])
    assert [job["id"] for job in old.get_jobs(status="completed")["jobs"]] == ids[:1]
    assert old.cancel_job(ids[1]) == {"id": ids[1], "status": "canceled"}
    assert old.cancel_jobs(ids[1:]) == {"ids": ids[1:], "status": "canceled"}
    assert old.delete_job(ids[0]) == {"id": ids[0], "status": "deleted"}
    assert old.delete_jobs(ids[1:]) == {"ids": ids[1:], "status": "deleted"}
    assert script("GET", "/jobs") == {"jobs": []}


def test_running_is_v0_3s_word_over_v0_4(old: Old) -> None:
    job_id = old.create_job(circuit())["id"]
    seen = [old.get_job(job_id)["status"] for _ in range(6)]
    assert "running" in seen
    assert "started" not in seen
    assert old.get_jobs(status="running") == {"jobs": []}


def test_machines_over_v0_4(cloud: Emulator, old: Old, script: OldScript) -> None:
    cloud.control.freeze()  # `last_updated` is the minute
    backends = old.get_backends()
    assert fits("getBackends", backends)
    for one, same in zip(backends, script("GET", "/backends"), strict=True):
        del same["has_access"]  # the emulator's v0.4 does not tell, as IonQ's documents do not
        assert {name: one[name] for name in same} == same
    aria = next(one for one in backends if one["backend"] == "qpu.aria-1")
    current = old.get_current_characterization("qpu.aria-1")
    path = "/characterizations/backends/qpu.aria-1"
    # v0.4 tells a standard error, if only as null.
    spread = {"stderr": None}
    same = script("GET", f"{path}/current")
    same["fidelity"] = {name: value | spread for name, value in same["fidelity"].items()}
    assert current == same
    assert old.get_characterization(aria["characterization_url"]) == current
    end = current["date"] * 1000
    query = {"start": end - 3 * DAY_MS, "end": end, "limit": 2}
    page = old.get_characterizations("qpu.aria-1", **query)
    same = script("GET", path, params=query)
    assert page["pages"] == same["pages"]
    assert [one["id"] for one in page["characterizations"]] == [
        one["id"] for one in same["characterizations"]
    ]
    earlier = page["characterizations"][0]
    assert old.get_characterization(earlier["id"], backend="qpu.aria-1") == earlier
    with pytest.raises(InvalidArgument, match="backend"):
        old.get_characterization(earlier["id"])
    assert old.get_current_characterization("simulator") is None


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"shots": 0}, "$.shots"),
        ({"target": 3}, "$.target"),
        ({"shots": 600, "error_mitigation": {"debias": "yes"}}, "$.error_mitigation.debias"),
        ({"input": {"format": "qir", "data": ""}}, "$.input.format"),
        ({"input": {"qubits": 1, "circuit": [{"gate": "foo"}]}}, "$.input.circuit[0].gate"),
        ({"colour": "red"}, "$.colour"),
    ],
)
def test_a_bad_job_is_refused_by_v0_3s_name_and_not_sent(
    old: Old, script: OldScript, changes: Json, path: str
) -> None:
    with pytest.raises(InvalidJob) as caught:
        old.create_job(circuit(**changes))
    assert caught.value.path == path
    assert script("GET", "/jobs") == {"jobs": []}


def test_what_is_not_there_over_v0_4(old: Old) -> None:
    missing = "0199f0c4-5b1e-7a33-9d52-6c0e84b7f210"
    for call in (old.get_job, old.get_results, old.cancel_job, old.delete_job):
        with pytest.raises(NotFound):
            call(missing)


# --- The page -------------------------------------------------------------------------------------


def test_before_and_after_are_one_script(cloud: Emulator, naps: list[float]) -> None:
    """docs/legacy.md: both scripts run, and give the same."""
    blocks = dict(BLOCK.findall(PAGE.read_text(encoding="utf-8")))
    assert list(blocks) == ["before", "after"]
    names: Json = {"api_key": KEY, "url": old_url(cloud), "base_url": cloud.url}
    exec(blocks["before"], names)
    before = names.pop("results")
    exec(blocks["after"], names)
    assert names["results"] == before == pytest.approx({"0": 0.5, "3": 0.5})
    assert naps
    assert set(naps) == {1}


def test_the_page_names_every_method() -> None:
    page = PAGE.read_text(encoding="utf-8")
    methods = {
        name
        for name, _ in inspect.getmembers(legacy.Legacy, callable)
        if not name.startswith("_") and name not in {"connect", "close"}
    }
    assert {name for name in methods if f"`{name}(" not in page} == set()
    for method in methods:
        assert inspect.getdoc(getattr(legacy.Legacy, method))
