"""The client against a server that nobody here wrote: Prism, which mocks the patched document.

Prism judges each request by the document on its own, and answers from it.
"""

from __future__ import annotations

import importlib
import pkgutil
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import ionq_api.v0_4
from ionq_api.v0_4 import api, models
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_conformance.contract import load
from scripts import paths

PRISM = "@stoplight/prism-cli@5.14.2"
FOLDER = paths.ROOT / ".build" / "prism"
DOCUMENT = Path(ionq_api.v0_4.__file__).with_name("openapi.json")
START_SECONDS = 30.0

ARGUMENTS: dict[str, Any] = {
    "backend": "simulator",
    "uuid": "0199f0c4-5b1e-7a33-9d52-6c0e84b7f210",
    "variant_id": "0199f0c4-5b1e-7a33-9d52-6c0e84b7f211",
    "artifact_id": "probabilities",
    "session_id": "0199f0c4-5b1e-7a33-9d52-6c0e84b7f212",
    "organization_id": "com.example",
    "lang": "native",
}
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
BODIES: dict[str, Any] = {
    "create_job": models.CircuitJobCreationPayload.from_dict(BELL),
    "create_session": models.CreateSessionRequest.from_dict({"backend": "qpu.forte-1"}),
    "cancel_jobs": models.JobsBulkOperationRequest.from_dict({"ids": [ARGUMENTS["uuid"]]}),
    "delete_jobs": models.JobsBulkOperationRequest.from_dict({"ids": [ARGUMENTS["uuid"]]}),
}
QUERIES: dict[str, dict[str, Any]] = {
    "get_usages": {
        "start_date": "2026-01-01",
        "end_date": "2026-02-01",
        "group_by": "project",
        "modality": "daily",
    },
    "get_jobs": {"ids": ["a", "b"], "status": "completed", "limit": 5},
    "get_job_probabilities": {"sharpen": True},
    "estimate_job_cost": {"backend": "qpu.forte-1", "qubits": 2, "error_mitigation": False},
}


def operations() -> dict[str, ModuleType]:
    found = {}
    for info in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
        name = info.name.rpartition(".")[2]
        if not info.ispkg and load().named(name) is not None:
            found[name] = importlib.import_module(info.name)
    return found


OPERATIONS = operations()


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


def arguments(name: str, module: ModuleType) -> dict[str, Any]:
    code = module.sync_detailed.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    # What is a filter in one operation is in the path of another: only there it is needed.
    needed = set(module.sync_detailed.__kwdefaults__ or {})
    found = {one: ARGUMENTS[one] for one in names if one in ARGUMENTS and one not in needed}
    return found | QUERIES.get(name, {}) | ({"body": BODIES[name]} if name in BODIES else {})


@pytest.mark.parametrize("name", OPERATIONS)
def test_prism_takes_the_request_and_its_answer_is_understood(name: str, prism: str) -> None:
    module = OPERATIONS[name]
    with AuthenticatedClient(prism, token="any-key", prefix="apiKey") as client:
        response = module.sync_detailed(**arguments(name, module), client=client)
    assert response.status_code in {200, 201}, response.content
    assert "sl-violations" not in response.headers
    assert response.deviations == ()
    assert response.parsed is not None


def test_prism_does_judge(prism: str) -> None:
    """What the document forbids is refused: or the test above would say nothing."""
    module = OPERATIONS["create_job"]
    bad = models.CircuitJobCreationPayload.from_dict({**BELL, "input": {"gateset": "none"}})
    with AuthenticatedClient(prism, token="any-key", prefix="apiKey") as client:
        response = module.sync_detailed(body=bad, client=client)
    assert response.status_code in {400, 422}
