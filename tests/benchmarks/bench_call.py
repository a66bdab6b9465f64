"""What one call costs beside the bare HTTP library, and beside ionq-core.

May import: tests.servers, tests.routes, the harness, the peer. Each caller runs in a process of its
own, so that none shares the server's interpreter lock.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import peer
from tests.benchmarks.harness import Row, benchmark
from tests.routes import Routes
from tests.servers import ScriptedServer

ROUNDS = 5
PATH = "/backends/qpu.forte-1"
BACKEND = {
    "backend": "qpu.forte-1",
    "status": "available",
    "qubits": 36,
    "average_queue_time": 1000,
    "last_updated": "2026-11-21T00:00:00Z",
    "degraded": False,
}
TIMED = """
import time
call()
best = 1e9
for _ in range(5):
    start = time.perf_counter()
    for _ in range(100): call()
    best = min(best, (time.perf_counter() - start) / 100)
print(best)
"""
BARE = """
import json, sys, httpx
client = httpx.Client(base_url=sys.argv[1], headers={"Authorization": "apiKey key-of-a-benchmark"})
def call(): return json.loads(client.get("/backends/qpu.forte-1").content)
"""
OURS = """
import sys
from ionq_direct import IonQ
from ionq_api.v0_4.api.backends import get_backend
client = IonQ("key-of-a-benchmark", sys.argv[1]).api
def call(): return get_backend.sync("qpu.forte-1", client=client)
"""
PEER = """
import sys, ionq_core
from ionq_core.api.backends import get_backend
client = ionq_core.IonQClient(api_key="key-of-a-benchmark", base_url=sys.argv[1])
def call(): return get_backend.sync("qpu.forte-1", client=client)
"""


@benchmark("call")
def call() -> Iterator[Row]:
    """GET of one backend over loopback, decoded into a model."""
    with ScriptedServer(otherwise=Routes({PATH: BACKEND})) as server:
        here = Path(sys.executable)
        yield _row(server.url, (here, OURS), (here, BARE), 1.1, "httpx and json")
        try:
            other = peer.interpreter()
        except peer.NotThereError as why:
            print(f"{peer.NAME} is not there to compare with: {why}")
            return
        yield _row(server.url, (here, OURS), (other, PEER), None, peer.NAME)


def _row(
    url: str, ours: tuple[Path, str], baseline: tuple[Path, str], aim: float | None, against: str
) -> Row:
    times: dict[str, list[float]] = {"ours": [], "baseline": []}
    for _ in range(ROUNDS):  # in turn, so that a slow moment hits both
        times["ours"].append(_seconds(url, *ours))
        times["baseline"].append(_seconds(url, *baseline))
    mine, other = (statistics.median(times[side]) for side in ("ours", "baseline"))
    return Row("one call, GET backend, decoded", mine, other, aim, against=against)


def _seconds(url: str, python: Path, program: str) -> float:
    done = subprocess.run(
        [python, "-c", program + TIMED, url], capture_output=True, text=True, check=True
    )
    return float(done.stdout)
