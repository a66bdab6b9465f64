"""What a user of IonQ's own ionq-core writes; prints its results as JSON."""

import json
import sys

import ionq_core
from ionq_core.api.default import create_job, get_job_probabilities, get_jobs
from ionq_core.models import CircuitJobCreationPayload

payload = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "shots": 1000,
    "input": {
        "gateset": "qis",
        "qubits": 2,
        "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
    },
}
client = ionq_core.IonQClient(api_key=sys.argv[2], base_url=sys.argv[1])
created = create_job.sync(client=client, body=CircuitJobCreationPayload.from_dict(payload))
job = ionq_core.wait_for_job(client, created.id, timeout=30)
listed = get_jobs.sync(client=client, limit=1)
print(
    json.dumps(
        {
            "created": created.status,
            "status": job.status,
            "bell": get_job_probabilities.sync(created.id, client=client).additional_properties,
            "listed": [item.id for item in listed.jobs] == [created.id],
        }
    )
)
