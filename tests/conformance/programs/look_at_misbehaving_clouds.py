"""An ordinary program of a user's: what it sees of clouds that drift, as JSON.

    look_at_misbehaving_clouds.py RECORD NAME=URL...

It is run twice without a change: with the client as it is, and with one that a patch has mended.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from ionq_api.v0_4 import _codec
from ionq_api.v0_4.api.backends import get_backend, get_backends
from ionq_api.v0_4.api.jobs import get_job, get_jobs
from ionq_api.v0_4.api.whoami import get_whoami
from ionq_direct import IonQ, PollPolicy
from ionq_direct.errors import IonQError

BELL = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "shots": 100,
    "metadata": {"patient": "Jane Doe", "mail": "jane.doe@example.org"},
    "name": "Jane's own job",
    "input": {
        "qubits": 2,
        "gateset": "qis",
        "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
    },
}
NOBODYS = "0199f0c4-0000-7000-8000-00000000dead"


def look(cloud: IonQ) -> dict[str, Any]:
    """All that is asked of a cloud, and what the answers were read as."""
    job = cloud.submit(BELL)
    counts = job.result(timeout=60).counts
    answers = {
        "get_job": get_job.sync_detailed(job.id, client=cloud.api),
        "get_jobs": get_jobs.sync_detailed(client=cloud.api),
        "get_backend": get_backend.sync_detailed("simulator", client=cloud.api),
        "get_backends": get_backends.sync_detailed(client=cloud.api),
        "whoami": get_whoami.sync_detailed(client=cloud.api),
        "get_job of nobody": get_job.sync_detailed(NOBODYS, client=cloud.api),
    }
    return {
        "shots": sum(counts.values()),
        "jobs": listed(cloud),
        "answers": {name: seen(answer) for name, answer in answers.items()},
    }


def listed(cloud: IonQ) -> int | str:
    """How many jobs the library lists."""
    try:
        return sum(1 for _ in cloud.jobs.iter())
    except IonQError as error:
        return type(error).__name__


def seen(answer: Any) -> dict[str, Any]:
    """Where an answer deviates, and what was made of it."""
    parsed = answer.parsed
    try:
        sent = json.loads(answer.content)
    except ValueError:
        sent = answer.content.decode()
    return {
        "deviations": [f"{one.kind} {one.path}" for one in answer.deviations],
        "unknown": [found.path for found in _codec.unknown_fields(parsed)],
        "read as": type(parsed).__name__,
        "sent": sent,
        "held": _codec.encode(parsed),
        "fields": fields(parsed),
    }


def fields(model: Any) -> dict[str, str]:
    """What a model declares, by the names of its attributes, and what they hold."""
    found = {
        name: f"{declared} = {getattr(model, name)!s}"
        for name, declared in getattr(type(model), "__annotations__", {}).items()
        if not name.startswith("__")
    }
    for item in getattr(model, "jobs", [])[:1]:
        found |= {f"jobs[0].{name}": value for name, value in fields(item).items()}
    return found


def main(record: str, *clouds: str) -> None:
    """Look at each of them."""
    found = {}
    for name, _, url in (cloud.partition("=") for cloud in clouds):
        options = {"record_deviations": record, "poll": PollPolicy(first=0.02, longest=0.1)}
        with IonQ("drift-key-0123456789", url, **options) as cloud:
            found[name] = look(cloud)
    print(json.dumps(found))


main(*sys.argv[1:])
