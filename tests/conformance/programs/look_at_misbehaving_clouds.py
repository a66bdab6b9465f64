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
from ionq_direct import IonQ
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
    """Deviations, and each value as it is reached by its name, with its type."""
    parsed = answer.parsed
    unknown = [found.path for found in _codec.unknown_fields(parsed)]
    kept = _codec.encode(parsed)
    try:
        whole = kept == json.loads(answer.content)
    except ValueError:
        whole = kept == answer.content.decode()
    return {
        "status": answer.status_code,
        "deviations": [[one.path, one.kind] for one in answer.deviations],
        "unknown": unknown,
        "kind": type(parsed).__name__,
        "whole": whole,
        "fields": fields(parsed),
    }


def fields(model: Any) -> dict[str, str]:
    """The attributes that a model declares: type and value, of a page those of its first item."""
    found = model.jobs[0] if type(model).__name__ == "GetJobsResponse" and model.jobs else model
    names = getattr(type(found), "__annotations__", {})
    return {
        name: f"{type(getattr(found, name)).__name__}: {getattr(found, name)}"
        for name in names
        if name != "additional_properties" and not name.startswith("__")
    }


def main(record: str, *clouds: str) -> None:
    """Look at each of them."""
    found = {}
    for name, _, url in (cloud.partition("=") for cloud in clouds):
        with IonQ("drift-key-0123456789", url, record_deviations=record) as cloud:
            found[name] = look(cloud)
    print(json.dumps(found))


main(*sys.argv[1:])
