"""What the emulator's tests share: a client that checks every answer against the contract."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

import requests

from ionq_emulator import contract
from ionq_emulator.responses import ResponseChecker

Json = dict[str, Any]

CONTRACT = contract.load("v0.4")
CHECKER = ResponseChecker(CONTRACT)

BELL = [{"gate": "h", "target": 0}, {"gate": "cnot", "target": 1, "control": 0}]
# IonQ's sample of a native circuit, spread over two gates: MS, then GPI2.
NATIVE_BELL = [{"gate": "ms", "targets": [0, 1], "phases": [0, 0]}]


def bell(**fields: Any) -> Json:
    """A job for the simulator that entangles two qubits."""
    return {
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "input": {"gateset": "qis", "qubits": 2, "circuit": BELL},
        **fields,
    }


def deep(qubits: int, layers: int) -> Json:
    """A circuit that stays long: no gates of it cancel, commute or fuse across its layers."""
    gates = [
        gate
        for layer in range(layers)
        for qubit in range(qubits)
        for gate in (
            {"gate": "ry", "target": qubit, "rotation": 0.1 + 0.01 * layer},
            {"gate": "xx", "targets": [qubit, (qubit + 1) % qubits], "rotation": 0.2},
        )
    ]
    return {"gateset": "qis", "qubits": qubits, "circuit": gates}


def multi(*circuits: list[Json], **fields: Any) -> Json:
    """A multi-circuit job of qis circuits on two qubits."""
    return {
        "type": "ionq.multi-circuit.v1",
        "backend": "simulator",
        "input": {
            "gateset": "qis",
            "qubits": 2,
            "circuits": [{"circuit": circuit} for circuit in circuits],
        },
        **fields,
    }


@dataclass
class Api:
    """Plain HTTP against an emulator; a wrong answer by the contract fails the test."""

    url: str
    key: str
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.headers["Authorization"] = f"apiKey {self.key}"
        self.session.trust_env = False

    def request(self, method: str, path: str, **more: Any) -> requests.Response:
        response = self.session.request(method, self.url + path, timeout=30, **more)
        check(response)
        return response

    def get(self, path: str, *, expect: int = 200, **params: Any) -> Any:
        response = self.request("GET", path, params=params)
        assert response.status_code == expect, response.text
        return response.json()

    def post(self, path: str, body: Any, *, expect: int = 201) -> Any:
        response = self.request("POST", path, json=body)
        assert response.status_code == expect, response.text
        return response.json()

    def put(self, path: str, body: Any = None, *, expect: int = 200) -> Any:
        response = self.request("PUT", path, json=body)
        assert response.status_code == expect, response.text
        return response.json()

    def delete(self, path: str, body: Any = None, *, expect: int = 200) -> Any:
        response = self.request("DELETE", path, json=body)
        assert response.status_code == expect, response.text
        return response.json()

    def submit(self, job: Json) -> str:
        """Submit a job; its id."""
        return str(self.post("/jobs", job)["id"])

    def wait(self, job_id: str, *, seconds: float = 120) -> Json:
        """The job once it has ended; the deadline is for a slow machine with other things to do."""
        deadline = time.monotonic() + seconds
        while True:
            job: Json = self.get(f"/jobs/{job_id}")
            if job["status"] in {"completed", "failed", "canceled"}:
                return job
            assert time.monotonic() < deadline, f"still {job['status']}"
            time.sleep(0.01)

    def run(self, job: Json) -> Json:
        """Submit a job and wait until it has ended."""
        return self.wait(self.submit(job))

    def completed(self, job: Json) -> Json:
        """Submit a job and wait until it has completed."""
        ended = self.run(job)
        assert ended["status"] == "completed", ended["failure"]
        return ended

    def follow(self, job: Json, result: str = "probabilities") -> Any:
        """A result, by the URL the job gives."""
        origin = self.url.removesuffix("/v0.4")
        response = self.session.get(origin + job["results"][result]["url"], timeout=30)
        check(response)
        assert response.status_code == 200, response.text
        return response.json()


def check(response: requests.Response) -> None:
    """Check an answer of version 0.4 against the contract."""
    assert response.request.method is not None
    path = response.request.path_url.partition("?")[0]
    operation = operation_of(response.request.method, path)
    if operation is None:
        return
    problems = CHECKER.problems(
        operation, response.status_code, response.headers.get("content-type"), response.content
    )
    assert not problems, f"{operation} {response.status_code}: {problems}\n{response.text[:2000]}"
    assert response.headers["x-request-id"]


def operation_of(method: str, path: str) -> str | None:
    """The contract's name of a request; paths without parameters come first."""
    for pattern, verb, name in _PATHS:
        if verb == method and pattern.fullmatch(path):
            return name
    return None


def _patterns() -> list[tuple[re.Pattern[str], str, str]]:
    operations = sorted(CONTRACT.operations.values(), key=lambda one: one.path.count("{"))
    return [
        (re.compile("/v0.4" + re.sub(r"\{\w+\}", "[^/]+", one.path)), one.method, one.operation_id)
        for one in operations
    ]


_PATHS = _patterns()
