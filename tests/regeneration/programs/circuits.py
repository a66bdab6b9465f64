"""Builds jobs out of models: one circuit, native gates, several circuits, with noise."""

from ionq_api.v0_4.models import (
    CircuitJobCreationPayload,
    CircuitJobCreationPayloadType,
    GateNativeGate,
    GateQisGate,
    JobMetadata,
    JsonMultiCircuitInput,
    JsonMultiCircuitInputGateset,
    MultiCircuitJobCreationPayload,
    MultiCircuitJobCreationPayloadType,
    NativeCircuitInput,
    NativeCircuitInputGateset,
    NativeGate,
    Noise,
    NoiseModel,
    QISCircuit,
    QisCircuitInput,
    QisCircuitInputGateset,
    QisGate,
)

BELL = [
    GateQisGate(gate=QisGate.H, target=0),
    GateQisGate(gate=QisGate.CNOT, control=0, target=1),
]


def one() -> CircuitJobCreationPayload:
    return CircuitJobCreationPayload(
        backend="simulator",
        type_=CircuitJobCreationPayloadType.IONQ_CIRCUIT_V1,
        input_=QisCircuitInput(qubits=2, circuit=BELL, gateset=QisCircuitInputGateset.QIS),
        name="bell",
        metadata=JobMetadata.from_dict({"run": "7"}),
        shots=1000,
        noise=Noise(model=NoiseModel.ARIA_1, seed=7),
    )


def native() -> NativeCircuitInput:
    gates = [GateNativeGate(gate=NativeGate.MS, targets=[0, 1], phases=[0.0, 0.25], angle=0.25)]
    return NativeCircuitInput(circuit=gates, gateset=NativeCircuitInputGateset.NATIVE, qubits=2)


def several() -> dict[str, object]:
    payload = MultiCircuitJobCreationPayload(
        backend="simulator",
        type_=MultiCircuitJobCreationPayloadType.IONQ_MULTI_CIRCUIT_V1,
        input_=JsonMultiCircuitInput(
            gateset=JsonMultiCircuitInputGateset.QIS,
            circuits=[QISCircuit(circuit=BELL, name="a"), QISCircuit(circuit=BELL, qubits=3)],
            qubits=2,
        ),
    )
    return payload.to_dict()
