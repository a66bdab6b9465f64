"""The emulator: small jobs, answers while a large job runs, large circuits, start, memory.

May import: the harness, ionq_emulator, numpy, starlette. Servers are processes of their own, as
users run them. `IONQ_BENCH_QUBITS=20,28` chooses other widths of the large circuits.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from math import pi
from pathlib import Path
from typing import Any

import orjson

from ionq_emulator import DEFAULT_API_KEY
from ionq_emulator.workers import WorkerPool
from tests.benchmarks.harness import Row, benchmark, medians

Json = dict[str, Any]

BELL: Json = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "input": {
        "gateset": "qis",
        "qubits": 2,
        "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
    },
}
KEY = {"Authorization": f"apiKey {DEFAULT_API_KEY}", "Content-Type": "application/json"}
LAYERS = 20
# The floor of any server of this kind: the same server library answering a constant.
FLOOR_APP = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

async def answer(request):
    await request.body()
    return Response(b'{"id": "0", "status": "completed"}', media_type="application/json")

class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        print(f"http://127.0.0.1:{port}", flush=True)

app = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])
Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off")).run()
"""


# -- servers and clients ----------------------------------------------------------------------


class Server:
    """A server process and one connection to it that is kept open."""

    def __init__(self, *command: str) -> None:
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, *command], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        address = line.split()[-1].removeprefix("http://").partition("/")[0]
        self.connection = http.client.HTTPConnection(address, timeout=600)
        self.ask("GET", "/v0.4/health")
        self.started_in = time.perf_counter() - began

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """The body of an answer that has to be a good one."""
        self.connection.request(method, path, body, KEY)
        response = self.connection.getresponse()
        content = response.read()
        assert response.status < 300, content
        return content

    def submit(self, job: Json) -> str:
        """Submit a job; its id."""
        return str(json.loads(self.ask("POST", "/v0.4/jobs", orjson.dumps(job)))["id"])

    def finish(self, job_id: str) -> None:
        """Ask until a job has completed."""
        while (job := orjson.loads(self.ask("GET", f"/v0.4/jobs/{job_id}")))["status"] != (
            "completed"
        ):
            assert job["failure"] is None, job["failure"]
            time.sleep(0.002)

    def memory_mb(self) -> float:
        """The process's memory, without its workers."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1e3

    def close(self) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextlib.contextmanager
def emulator(*options: str) -> Iterator[Server]:
    """An emulator in a process of its own."""
    with contextlib.closing(Server("-m", "ionq_emulator", "--port", "0", *options)) as server:
        yield server


@contextlib.contextmanager
def floor() -> Iterator[Server]:
    """The bare server library."""
    with contextlib.closing(Server("-c", FLOOR_APP)) as server:
        yield server


# -- small jobs -------------------------------------------------------------------------------


@benchmark("emulator-jobs")
def small_jobs() -> Iterator[Row]:
    """A Bell job from POST to its results, three requests, one after another."""
    for where in ("in memory", "on disk, fsync before each 201"):
        with contextlib.ExitStack() as stack:
            options: list[str] = []
            if where != "in memory":
                directory = stack.enter_context(tempfile.TemporaryDirectory())
                options = ["--database", f"{directory}/jobs.sqlite"]
            ours = stack.enter_context(emulator(*options))
            bare = stack.enter_context(floor())

            def run(server: Server, count: int = 100) -> float:
                began = time.perf_counter()
                for _ in range(count):
                    job_id = server.submit(BELL)
                    server.ask("GET", f"/v0.4/jobs/{job_id}")
                    server.ask("GET", f"/v0.4/jobs/{job_id}/results/probabilities")
                return (time.perf_counter() - began) / count

            run(ours), run(bare)
            pair = medians([lambda s=ours: run(s), lambda s=bare: run(s)], repetitions=7)
            yield Row(
                f"a Bell job, POST to results, {where} ({1 / pair[0]:,.0f} jobs/s)",
                *pair,
                against="3 constant answers of the bare server",
            )


# -- latency ----------------------------------------------------------------------------------


def latencies(server: Server, path: str, seconds: float) -> list[float]:
    """Seconds each of many requests took, a few milliseconds apart."""
    found: list[float] = []
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        began = time.perf_counter()
        server.ask("GET", path)
        found.append(time.perf_counter() - began)
        time.sleep(0.003)
    return found


@benchmark("emulator-latency")
def latency() -> Iterator[Row]:
    """GET job while a 24-qubit job runs, against the same when nothing does."""
    with emulator() as server:
        path = f"/v0.4/jobs/{server.submit(BELL)}"
        quiet = latencies(server, path, 5)
        circuit = random_circuit(24) * 20  # longer than the measurement
        large = server.submit(_job(24, circuit))
        busy = latencies(server, path, 5)
        job = orjson.loads(server.ask("GET", f"/v0.4/jobs/{large}"))
        assert job["status"] == "started", job
        server.ask("PUT", f"/v0.4/jobs/{large}/status/cancel")
        for percent in (50, 99):
            ours, idle = (statistics.quantiles(x, n=100)[percent - 1] for x in (busy, quiet))
            yield Row(
                f"GET job while 24 qubits run, p{percent}", ours, idle, against="nothing running"
            )


# -- large circuits ---------------------------------------------------------------------------


def random_circuit(qubits: int) -> list[Json]:
    """20 layers over random pairs: half of them a cnot or zz, half two one-qubit gates."""
    draw = random.Random(qubits)
    gates: list[Json] = []
    for _ in range(LAYERS):
        order = draw.sample(range(qubits), qubits)
        for first, second in zip(order[::2], order[1::2], strict=False):
            if draw.random() < 0.5:
                gates.append(_pair_gate(draw, first, second))
            else:
                gates += [_single_gate(draw, qubit) for qubit in (first, second)]
    return gates


def _pair_gate(draw: random.Random, first: int, second: int) -> Json:
    if draw.random() < 0.5:
        return {"gate": "cnot", "control": first, "target": second}
    return {"gate": "zz", "targets": [first, second], "rotation": draw.uniform(-pi, pi)}


def _single_gate(draw: random.Random, qubit: int) -> Json:
    name = draw.choice(["h", "rx", "ry", "rz"])
    gate: Json = {"gate": name, "target": qubit}
    return gate if name == "h" else gate | {"rotation": draw.uniform(-pi, pi)}


def _job(qubits: int, circuit: list[Json]) -> Json:
    source = {"gateset": "qis", "qubits": qubits, "circuit": circuit}
    return {"type": "ionq.circuit.v1", "backend": "simulator", "input": source}


def bare_engine(qubits: int, circuit: list[Json]) -> float:
    """Seconds the engine's own binding takes, gate by gate, up to all probabilities."""
    from pennylane_lightning import lightning_qubit_ops as ops  # noqa: PLC0415 (in a worker)

    names = {"h": "Hadamard", "rx": "RX", "ry": "RY", "rz": "RZ", "cnot": "CNOT", "zz": "IsingZZ"}
    began = time.perf_counter()
    state = ops.StateVectorC128(qubits)
    for gate in circuit:
        places = gate.get("targets") or [
            gate[role] for role in ("control", "target") if role in gate
        ]
        wires = [qubits - 1 - place for place in places]
        angles = [gate["rotation"]] if "rotation" in gate else []
        getattr(state, names[gate["gate"]])(wires, False, angles)
    probabilities = ops.MeasurementsC128(state).probs()
    seconds = time.perf_counter() - began
    assert abs(probabilities.sum() - 1) < 1e-9
    return seconds


@benchmark("emulator-circuits")
def large_circuits() -> Iterator[Row]:
    """From POST to `completed`, by HTTP and through a worker process, results on disk."""
    widths = os.environ.get("IONQ_BENCH_QUBITS", "20,24,26")
    pool = WorkerPool(1)
    try:
        with emulator("--workers", "1") as server:
            for qubits in map(int, widths.split(",")):
                circuit = random_circuit(qubits)
                job = _job(qubits, circuit)

                def ours(job: Json = job) -> float:
                    server.connection.close()  # the server has, if the engine took its time
                    began = time.perf_counter()
                    job_id = server.submit(job)
                    server.finish(job_id)
                    seconds = time.perf_counter() - began
                    server.ask("DELETE", f"/v0.4/jobs/{job_id}")
                    return seconds

                def bare(qubits: int = qubits, circuit: list[Json] = circuit) -> float:
                    return pool.submit(bare_engine, qubits, circuit).result()

                if qubits <= 22:  # what is loaded once is not counted
                    ours(), bare()
                rounds = 7 if qubits <= 20 else 3 if qubits <= 24 else 1
                yield Row(
                    f"{qubits} qubits, {len(circuit)} gates, POST to completed",
                    *medians([ours, bare], repetitions=rounds),
                    aim=1.1,
                    against="bare lightning, gate by gate",
                )
    finally:
        pool.shutdown()


# -- start and memory -------------------------------------------------------------------------


@benchmark("emulator-start")
def start() -> Iterator[Row]:
    """From the start of the process to its first answer."""

    def ours() -> float:
        with emulator() as server:
            return server.started_in

    def bare() -> float:
        with floor() as server:
            return server.started_in

    ours(), bare()
    yield Row(
        "start to first answer", *medians([ours, bare], repetitions=5), against="the bare server"
    )


@benchmark("emulator-memory")
def memory() -> Iterator[Row]:
    """What 10,000 completed Bell jobs with their results take in the server's memory."""
    for where in ("in memory", "in a file"):
        with contextlib.ExitStack() as stack:
            options: list[str] = []
            if where == "in a file":
                directory = stack.enter_context(tempfile.TemporaryDirectory())
                options = ["--database", f"{directory}/jobs.sqlite"]
            server = stack.enter_context(emulator(*options))
            for _ in range(2_500):  # fills the request log, which keeps 2,000
                server.submit(BELL)
            before = server.memory_mb()
            for _ in range(10_000):
                server.submit(BELL)
            yield Row(f"10,000 jobs stored {where}", server.memory_mb() - before, unit="MB")
