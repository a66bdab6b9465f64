"""Decoding and encoding, against the client the generator makes by itself.

May import: the harness, the stock client, ionq_api, the examples of the contract.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import httpx  # noqa: TID251  answers of the real library, without the way over the network

from scripts import paths
from tests.benchmarks import stock
from tests.benchmarks.harness import Row, benchmark, interleaved

AIM = 1.5
EXAMPLES = paths.ROOT / "tests" / "data" / "ionq_v0_4"


def example(name: str) -> Any:
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))["body"]


JOB = example("get_job_completed_qpu")
PAGE = {"jobs": example("get_jobs_page")["jobs"][:1] * 25, "next": None}
PAYLOAD = example("create_job_request_qis")
QUBITS = 18
PROBABILITIES = {str(key): 1 / 2**QUBITS for key in range(2**QUBITS)}


def ours(name: str) -> ModuleType:
    return importlib.import_module(f"ionq_api.v0_4.{name}")


def reading(package: Callable[[str], ModuleType], operation: str, body: bytes) -> Any:
    """A function that reads an answer as an operation of a package does, from its bytes."""
    client = package("client").AuthenticatedClient("http://unused", token="unused")
    module = package(f"api.{operation}")
    if package is ours:
        codec, expected = ours("_codec"), module._RESPONSES
        return lambda: codec.build_response(
            client, httpx.Response(200, content=body), expected, operation
        )
    return lambda: module._build_response(client=client, response=httpx.Response(200, content=body))


@benchmark("decode")
def decode() -> Iterator[Row]:
    """From a parsed body to a model, and from the bytes of an answer."""
    for what, name, body in (
        ("job", "GetJobResponse", JOB),
        ("25 jobs", "GetJobsResponse", PAGE),
        ("2^18 probabilities", "GetResultsResponse", PROBABILITIES),
    ):
        classes = [getattr(package("models"), name) for package in (ours, stock.module)]
        times = interleaved(*[lambda cls=cls, body=body: cls.from_dict(body) for cls in classes])
        yield Row(f"{what} from a dict", *times, aim=AIM, against="stock")
    for what, operation, body in (
        ("job", "jobs.get_job", JOB),
        ("25 jobs", "jobs.get_jobs", PAGE),
        ("2^18 probabilities", "results.get_job_probabilities", PROBABILITIES),
    ):
        content = json.dumps(body).encode()
        readers = [reading(package, operation, content) for package in (ours, stock.module)]
        yield Row(f"{what} from bytes", *interleaved(*readers), aim=AIM, against="stock")


@benchmark("encode")
def encode() -> Iterator[Row]:
    """From a model to what is sent."""
    for what, name, body in (
        ("job", "GetJobResponse", JOB),
        ("25 jobs", "GetJobsResponse", PAGE),
        ("job payload", "CircuitJobCreationPayload", PAYLOAD),
        ("2^18 probabilities", "GetResultsResponse", PROBABILITIES),
    ):
        models = [
            getattr(package("models"), name).from_dict(body) for package in (ours, stock.module)
        ]
        times = interleaved(*[model.to_dict for model in models])
        yield Row(f"{what} to a dict", *times, against="stock")
