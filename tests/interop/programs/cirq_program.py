"""What a user of cirq-ionq writes; prints its results as JSON."""

import json
import math
import sys
import warnings

warnings.simplefilter("ignore")

import cirq
import cirq_ionq
import sympy

service = cirq_ionq.Service(
    remote_host=sys.argv[1].removesuffix("/v0.4"),
    api_key=sys.argv[2],
    default_target="simulator",
    api_version="v0.4",
)
a, b = cirq.LineQubit.range(2)
line = cirq.LineQubit.range(5)
theta = sympy.Symbol("theta")

bell = cirq.Circuit(cirq.H(a), cirq.CNOT(a, b), cirq.measure(a, b, key="m"))
steps = [cirq.CNOT(line[i], line[i + 1]) for i in range(4)]
ghz = cirq.Circuit(cirq.H(line[0]), *steps, cirq.measure(*line, key="g"))
turned = cirq.Circuit(cirq.rx(theta)(a), cirq.measure(a, key="m"))

noise = {"model": "aria-1", "seed": 5}
batch = service.create_batch_job([bell, ghz], repetitions=1000).results()
job = service.create_job(bell, repetitions=1000)


def counts(result, key):
    return {str(k): v for k, v in result.histogram(key=key).items()}


def probabilities(result):
    return {str(k): v for k, v in result.probabilities().items()}


resolved = cirq.resolve_parameters(turned, {"theta": math.pi / 3})
print(
    json.dumps(
        {
            "bell": probabilities(job.results()),
            "status": job.status(),
            "retrieved": probabilities(service.get_job(job.job_id()).results()),
            "ghz": probabilities(service.create_job(ghz, repetitions=1000).results()),
            "turned": probabilities(service.create_job(resolved, repetitions=1000).results()),
            "run": counts(service.run(bell, repetitions=1000, name="bell", seed=1), "m"),
            "multi": [probabilities(result) for result in batch],
            "noisy": probabilities(
                service.create_job(bell, repetitions=4000, noise=noise).results()
            ),
            "machine": {
                str(k): v
                for k, v in service.create_job(bell, repetitions=1000, target="qpu.forte-1")
                .results()
                .counts("m")
                .items()
            },
        }
    )
)
