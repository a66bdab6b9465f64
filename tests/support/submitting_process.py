"""A process that submits, to be killed: `python -m tests.support.submitting_process <JSON>`.

Prints `begun` when the run is under way, and at its end the ids of the jobs, in order, as JSON.
May import: the standard library, ionq_direct.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from ionq_direct import AsyncIonQ, IonQ, SubmissionPolicy
from ionq_direct.circuits import Circuit


def payloads(count: int) -> list[dict[str, object]]:
    """Jobs that differ in name and angle."""
    return [
        Circuit(2)
        .rx(0, place / count)
        .cnot(0, 1)
        .to_payload(backend="simulator", name=f"job {place}")
        for place in range(count)
    ]


def main() -> None:
    order: dict[str, Any] = json.loads(sys.argv[1])
    policy = SubmissionPolicy(**order["policy"])
    jobs = payloads(order["count"])
    key, url, journal = order["key"], order["url"], order["journal"]

    def begun(progress: object) -> None:
        nonlocal tell
        if tell:
            print("begun", flush=True)
        tell = False

    tell = True

    async def in_tasks() -> list[str]:
        async with AsyncIonQ(key, url, submission=policy) as ionq:
            submitted = await ionq.submit_many(jobs, journal=journal, on_progress=begun)
            return [job.id for job in submitted]

    if order["kind"] == "async":
        ids = asyncio.run(in_tasks())
    else:
        with IonQ(key, url, submission=policy) as ionq:
            ids = [job.id for job in ionq.submit_many(jobs, journal=journal, on_progress=begun)]
    print(json.dumps(ids))


if __name__ == "__main__":
    main()
