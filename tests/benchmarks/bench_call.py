"""What one call costs beside the bare HTTP library, and beside ionq-core.

May import: ionq_direct, ionq_api, httpx, tests.servers, tests.routes, the harness, the peer.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator

import httpx  # noqa: TID251 - the bare library is the baseline

from ionq_api.v0_4.api.jobs import get_job
from ionq_direct import IonQ
from tests.benchmarks import peer
from tests.benchmarks.harness import Row, benchmark, interleaved
from tests.routes import Routes, example
from tests.servers import ScriptedServer
from tests.worlds import KEY

# Run in the peer's environment: seconds of one GET of a job, by its own client.
PEER = """
import sys, time, ionq_core
from ionq_core.api.backends import get_backend
client = ionq_core.IonQClient(api_key="key", base_url=sys.argv[1])
def call(): return get_backend.sync("qpu.forte-1", client=client)
call()
best = 1e9
for _ in range(7):
    start = time.perf_counter()
    for _ in range(50): call()
    best = min(best, (time.perf_counter() - start) / 50)
print(best)
"""
BACKEND = {
    "backend": "qpu.forte-1",
    "status": "available",
    "qubits": 36,
    "average_queue_time": 1000,
    "last_updated": "2026-11-21T00:00:00Z",
    "degraded": False,
}


@benchmark("call")
def call() -> Iterator[Row]:
    """GET of one job, and of one backend, over loopback."""
    job = example("get_job_completed_qpu")
    path = f"/jobs/{job['id']}"
    routes = Routes({path: job, "/backends/qpu.forte-1": BACKEND})
    with (
        ScriptedServer(otherwise=routes) as server,
        IonQ(KEY, server.url) as ionq,
        httpx.Client(base_url=server.url, headers={"Authorization": f"apiKey {KEY}"}) as bare,
    ):
        one = ionq.api

        def bare_call() -> object:
            return json.loads(bare.get(path).content)

        ours, baseline = interleaved(lambda: get_job.sync(job["id"], client=one), bare_call)
        yield Row("one call, GET job, decoded", ours, baseline, 1.1, against="httpx and json")
        yield from beside_the_peer(server.url, ionq)


def beside_the_peer(url: str, ionq: IonQ) -> Iterator[Row]:
    """The same through ionq-core, in its own environment and process."""
    try:
        python = peer.interpreter()
    except peer.NotThereError as why:
        print(f"{peer.NAME} is not there to compare with: {why}")
        return
    done = subprocess.run([python, "-c", PEER, url], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{peer.NAME} failed: {done.stderr[-300:]}")
        return
    ours, _ = interleaved(lambda: ionq.backends.get("qpu.forte-1"), lambda: None)
    yield Row("one call, GET backend", ours, float(done.stdout), against=peer.NAME)
