"""What a user of qiskit-ionq writes; prints its results as JSON."""

import json
import math
import sys
import warnings

warnings.simplefilter("ignore")

from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister
from qiskit.circuit import Parameter
from qiskit_ionq import IonQProvider

provider = IonQProvider(sys.argv[2], url=sys.argv[1])
simulator = provider.get_backend("ionq_simulator")
machine = provider.get_backend("ionq_qpu.forte-1")

bell = QuantumCircuit(2, 2)
bell.h(0)
bell.cx(0, 1)
bell.measure([0, 1], [0, 1])

ghz = QuantumCircuit(5, 5)
ghz.h(0)
for qubit in range(4):
    ghz.cx(qubit, qubit + 1)
ghz.measure(range(5), range(5))

theta = Parameter("theta")
turned = QuantumCircuit(2, 2)
turned.rx(theta, 1)
turned.measure([0, 1], [0, 1])

controlled = QuantumCircuit(3, 3)
controlled.x([0, 1])
controlled.ccx(0, 1, 2)
controlled.p(0.3, 2)
controlled.measure(range(3), range(3))

qubit, middle, final = (
    QuantumRegister(1),
    ClassicalRegister(1, "mid"),
    ClassicalRegister(1, "final"),
)
reused = QuantumCircuit(qubit, middle, final)
reused.h(0)
reused.measure(qubit, middle)
reused.reset(0)
reused.x(0)
reused.measure(qubit, final)

both = simulator.run([bell, ghz], shots=1000).result()
noisy = simulator.run(bell, shots=4000, noise_model="aria-1").result()
job = simulator.run(bell, shots=1000)
print(
    json.dumps(
        {
            "bell": job.result().get_probabilities(),
            "status": job.status().name,
            "retrieved": simulator.retrieve_job(job.job_id()).result().get_probabilities(),
            "ghz": simulator.run(ghz, shots=1000).result().get_probabilities(),
            "turned": simulator.run(turned.assign_parameters({theta: math.pi / 3}), shots=1000)
            .result()
            .get_probabilities(),
            "controlled": simulator.run(controlled, shots=1000).result().get_probabilities(),
            "multi": [both.get_probabilities(0), both.get_probabilities(1)],
            "noisy": noisy.get_counts(),
            "reused": simulator.run(reused, shots=1000, noise_model="aria-1").result().get_counts(),
            "machine": machine.run(bell, shots=1000).result().get_counts(),
            "machine_qubits": machine.num_qubits,
        }
    )
)
