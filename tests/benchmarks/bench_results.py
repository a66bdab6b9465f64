"""How fast and how lean large results are: from the bytes of an answer to counts.

Each row is a ratio to a baseline measured in the same process, so that machines compare. May
import: ionq_direct, numpy, orjson, httpx, tests.servers, tests.routes, the harness.
"""

from __future__ import annotations

import gc
import subprocess
import time
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial

import httpx  # noqa: TID251 - the bare library is the baseline
import numpy as np
import orjson

from ionq_direct import IonQ, Result
from ionq_direct._result_bodies import read_aggregated, read_shots, read_weights
from tests.benchmarks import peer
from tests.benchmarks.harness import Row, benchmark
from tests.routes import Routes, example
from tests.servers import ScriptedServer
from tests.worlds import KEY

QUBITS = 20
SHOTS = 10_000
ROUNDS = 5
ORJSON = "orjson.loads alone"
# Run in the peer's environment: seconds from an answer's bytes to ionq-core's own model.
PEER = """
import json, sys, time
from ionq_core.api.default import get_job_probabilities as operation
model = operation.GetResultsResponse
body = sys.stdin.buffer.read()
best = 1e9
for _ in range(3):
    start = time.perf_counter(); model.from_dict(json.loads(body))
    best = min(best, time.perf_counter() - start)
print(best)
"""


def seconds(function: Callable[[], object]) -> float:
    """The best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        gc.collect()
        begun = time.perf_counter()
        made = function()
        best = min(best, time.perf_counter() - begun)
        del made
    return best


def megabytes(function: Callable[[], object]) -> float:
    """The most memory that was in use at a time, numpy's included."""
    gc.collect()
    tracemalloc.start()
    made = function()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del made
    return peak / 1e6


def distribution_bytes(qubits: int) -> bytes:
    """A dense answer: 2**qubits probabilities of full length."""
    probabilities = np.random.default_rng(20).dirichlet(np.ones(1 << qubits))
    return orjson.dumps({str(key): float(value) for key, value in enumerate(probabilities)})


def counts_of(body: bytes, qubits: int, shots: int = SHOTS) -> dict[str, int]:
    read = read_weights(body)
    return Result(read.weights, job_id="j", qubits=qubits, shots=shots).counts


@benchmark("results")
def rows(qubits: int = QUBITS) -> Iterator[Row]:
    """Measure, row by row."""
    body = distribution_bytes(qubits)
    size = f"2^{qubits} probabilities"
    parse = seconds(partial(orjson.loads, body))
    arrays = 16e-6 * (1 << qubits)
    counted = partial(counts_of, body, qubits)
    yield Row(f"{size}, bytes to counts", seconds(counted), parse, 1.5, against=ORJSON)
    used = megabytes(counted)
    yield Row(f"{size}, bytes to counts, memory", used, arrays, 2, "MB", "the arrays alone")
    yield from beside_the_peer(body, size, seconds(counted))
    dense = partial(counts_of, body, qubits, 10**6)
    yield Row(f"{size}, bytes to a million counts", seconds(dense), parse, against=ORJSON)
    yield from wire_rows(body, size, parse)
    yield from other_bodies(qubits)


def beside_the_peer(body: bytes, size: str, ours: float) -> Iterator[Row]:
    """The same through ionq-core, in its own environment: it decodes, and has no counts."""
    try:
        python = peer.interpreter()
    except peer.NotThereError as why:
        print(f"{peer.NAME} is not there to compare with: {why}")
        return
    done = subprocess.run([python, "-c", PEER], input=body, capture_output=True, check=True)
    against = f"{peer.NAME}, decoded only"
    yield Row(f"{size}, bytes to counts", ours, float(done.stdout), against=against)


def wire_rows(body: bytes, size: str, parse: float) -> Iterator[Row]:
    """Through a socket: `job.result().counts` to a bare GET and orjson."""
    job = example("get_job_completed_qpu")
    path = f"/jobs/{job['id']}/results/probabilities"
    routes = Routes({f"/jobs/{job['id']}": job, path: body})
    with ScriptedServer(otherwise=routes) as server, IonQ(KEY, server.url) as ionq:
        loaded = ionq.job(job["id"])
        with httpx.Client(base_url=server.url) as bare:

            def fetched() -> object:
                return orjson.loads(bare.get(path).content)

            baseline = seconds(fetched)
        value = seconds(lambda: loaded.result(shots=SHOTS).counts)
    yield Row(f"{size}, job.result().counts", value, baseline, against="httpx and orjson")


def other_bodies(qubits: int) -> Iterator[Row]:
    """Registers, parts, and shots, each to orjson alone."""
    draw = np.random.default_rng(7)
    weights = draw.dirichlet(np.ones(1 << qubits))
    words = {f"{key:0{qubits}b}": float(value) for key, value in enumerate(weights)}
    named = orjson.dumps({"probabilities": {"registers": {"output_all": words}}})
    eighth = {str(key): float(value) for key, value in enumerate(weights[: len(weights) // 8])}
    parts = orjson.dumps({f"part-{number}": eighth for number in range(8)})
    outcomes = draw.integers(0, 1 << 10, 10**6)
    shots = orjson.dumps([str(outcome) for outcome in outcomes.tolist()])
    for name, text, read in (
        (f"2^{qubits} outcomes of a register", named, read_weights),
        (f"8 parts of 2^{qubits - 3} probabilities", parts, read_aggregated),
        ("a million shots", shots, read_shots),
    ):
        parse = seconds(partial(orjson.loads, text))
        yield Row(name, seconds(partial(read, text)), parse, against=ORJSON)
