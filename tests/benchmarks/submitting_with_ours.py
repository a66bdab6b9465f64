"""Submit and await jobs with ionq_direct: `<this> URL COUNT AT_A_TIME`; prints JSON."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from ionq_direct import IonQ


def payload(number: int) -> dict[str, Any]:
    return {
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "shots": 100,
        "name": f"job {number}",
        "input": {"qubits": 1, "gateset": "qis", "circuit": [{"gate": "h", "target": 0}]},
    }


def main() -> None:
    url, count, at_a_time = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with IonQ("a-key", url) as ionq:
        begun = time.perf_counter()
        jobs = ionq.submit_many([payload(n) for n in range(count)], concurrency=at_a_time)
        ended = [job.id for job in ionq.wait(jobs)]
        took = time.perf_counter() - begun
    assert sorted(ended) == sorted(job.id for job in jobs)
    print(json.dumps({"seconds": took, "failures": 0}))


if __name__ == "__main__":
    main()
