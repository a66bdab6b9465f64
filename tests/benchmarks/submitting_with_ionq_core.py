"""Submit and await jobs with ionq-core, as `submitting_with_ours` does with ours.

Runs in ionq-core's own environment, where nothing of this project is. It has no call for many
jobs: threads, as many at a time, do what its documentation shows for one.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ionq_core import IonQClient, IonQError, wait_for_job
from ionq_core.api.default import create_job
from ionq_core.models import CircuitJobCreationPayload


def payload(number: int) -> Any:
    return CircuitJobCreationPayload.from_dict(
        {
            "type": "ionq.circuit.v1",
            "backend": "simulator",
            "shots": 100,
            "name": f"job {number}",
            "input": {"qubits": 1, "gateset": "qis", "circuit": [{"gate": "h", "target": 0}]},
        }
    )


def main() -> None:
    url, count, at_a_time = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    warnings.simplefilter("ignore")  # it warns of plain http, which is right beyond loopback
    client = IonQClient(api_key="a-key", base_url=url)
    failures: list[IonQError] = []

    def submit(number: int) -> Any:
        try:
            return create_job.sync(client=client, body=payload(number))
        except IonQError as error:
            failures.append(error)

    begun = time.perf_counter()
    with ThreadPoolExecutor(at_a_time) as pool:
        jobs = [job for job in pool.map(submit, range(count)) if job is not None]
        ended = list(pool.map(lambda job: wait_for_job(client, job.id), jobs))
    took = time.perf_counter() - begun
    assert [job.id for job in ended] == [job.id for job in jobs]
    print(json.dumps({"seconds": took, "failures": len(failures)}))


if __name__ == "__main__":
    main()
