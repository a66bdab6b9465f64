"""What a user of pennylane-ionq writes; prints its results as JSON."""

import json
import math
import sys
import warnings

warnings.simplefilter("ignore")

import pennylane as qml
from pennylane_ionq import api_client

# The plugin has no setting for its address.
api_client.APIClient.BASE_URL = sys.argv[1]
device = qml.device("ionq.simulator", wires=2, api_key=sys.argv[2])


@qml.set_shots(1000)
@qml.qnode(device)
def bell():
    qml.Hadamard(0)
    qml.CNOT([0, 1])
    return qml.probs([0, 1])


@qml.set_shots(1000)
@qml.qnode(device)
def turned(theta):
    qml.RX(theta, wires=1)
    return qml.probs([0, 1])


print(json.dumps({"bell": bell().tolist(), "turned": turned(math.pi / 3).tolist()}))
