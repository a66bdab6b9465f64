# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.error import Error
from ...models.job_estimate_by_input import JobEstimateByInput
from ...models.job_estimate_by_rate_card import JobEstimateByRateCard
from ...types import UNSET, Response, Unset

_RESPONSES = (
    _codec.Expected(
        200,
        200,
        "json",
        _codec.union(_codec.model("JobEstimateByRateCard"), _codec.model("JobEstimateByInput")),
    ),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    *,
    backend: str,
    type_: str | Unset = "ionq.circuit.v1",
    qubits: int | Unset = 25,
    shots: int | Unset = 1000,
    field_1q_gates: int | Unset = 0,
    field_2q_gates: int | Unset = 0,
    error_mitigation: bool | Unset = False,
    session: bool | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/estimate",
        "params": _codec.query(
            {
                "backend": backend,
                "type": type_,
                "qubits": qubits,
                "shots": shots,
                "1q_gates": field_1q_gates,
                "2q_gates": field_2q_gates,
                "error_mitigation": error_mitigation,
                "session": session,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    backend: str,
    type_: str | Unset = "ionq.circuit.v1",
    qubits: int | Unset = 25,
    shots: int | Unset = 1000,
    field_1q_gates: int | Unset = 0,
    field_2q_gates: int | Unset = 0,
    error_mitigation: bool | Unset = False,
    session: bool | Unset = UNSET,
) -> Response[Error | JobEstimateByInput | JobEstimateByRateCard]:
    """Estimate a cost

    Price, run time and queue time of a job of a given size, without sending it.

    Args:
        backend (str): Name of a backend, e.g. `simulator`, `qpu.aria-1`, `qpu.forte-1` or
            `qpu.forte-enterprise-1`.
        type_ (str | Unset): Format of the program, as in job creation. Default:
            'ionq.circuit.v1'.
        qubits (int | Unset): Number of qubits in the circuit. Default: 25.
        shots (int | Unset): Repetitions of the circuit. Default: 1000.
        field_1q_gates (int | Unset): Number of one-qubit gates in the circuit. Default: 0.
        field_2q_gates (int | Unset): Number of two-qubit gates in the circuit. Default: 0.
        error_mitigation (bool | Unset): True to price the job with debiasing. Default: False.
        session (bool | Unset): True to price the job as part of a session.

    Returns:
        The answer; its parsed body: Error | JobEstimateByInput | JobEstimateByRateCard, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            backend=backend,
            type_=type_,
            qubits=qubits,
            shots=shots,
            field_1q_gates=field_1q_gates,
            field_2q_gates=field_2q_gates,
            error_mitigation=error_mitigation,
            session=session,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "estimate_job_cost")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    backend: str,
    type_: str | Unset = "ionq.circuit.v1",
    qubits: int | Unset = 25,
    shots: int | Unset = 1000,
    field_1q_gates: int | Unset = 0,
    field_2q_gates: int | Unset = 0,
    error_mitigation: bool | Unset = False,
    session: bool | Unset = UNSET,
) -> Response[Error | JobEstimateByInput | JobEstimateByRateCard]:
    """Estimate a cost

    Price, run time and queue time of a job of a given size, without sending it.

    Args:
        backend (str): Name of a backend, e.g. `simulator`, `qpu.aria-1`, `qpu.forte-1` or
            `qpu.forte-enterprise-1`.
        type_ (str | Unset): Format of the program, as in job creation. Default:
            'ionq.circuit.v1'.
        qubits (int | Unset): Number of qubits in the circuit. Default: 25.
        shots (int | Unset): Repetitions of the circuit. Default: 1000.
        field_1q_gates (int | Unset): Number of one-qubit gates in the circuit. Default: 0.
        field_2q_gates (int | Unset): Number of two-qubit gates in the circuit. Default: 0.
        error_mitigation (bool | Unset): True to price the job with debiasing. Default: False.
        session (bool | Unset): True to price the job as part of a session.

    Returns:
        The answer; its parsed body: Error | JobEstimateByInput | JobEstimateByRateCard, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            backend=backend,
            type_=type_,
            qubits=qubits,
            shots=shots,
            field_1q_gates=field_1q_gates,
            field_2q_gates=field_2q_gates,
            error_mitigation=error_mitigation,
            session=session,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "estimate_job_cost")


def sync(
    *,
    client: AuthenticatedClient,
    backend: str,
    type_: str | Unset = "ionq.circuit.v1",
    qubits: int | Unset = 25,
    shots: int | Unset = 1000,
    field_1q_gates: int | Unset = 0,
    field_2q_gates: int | Unset = 0,
    error_mitigation: bool | Unset = False,
    session: bool | Unset = UNSET,
) -> Error | JobEstimateByInput | JobEstimateByRateCard | None:
    """Estimate a cost

    Price, run time and queue time of a job of a given size, without sending it.

    Args:
        backend (str): Name of a backend, e.g. `simulator`, `qpu.aria-1`, `qpu.forte-1` or
            `qpu.forte-enterprise-1`.
        type_ (str | Unset): Format of the program, as in job creation. Default:
            'ionq.circuit.v1'.
        qubits (int | Unset): Number of qubits in the circuit. Default: 25.
        shots (int | Unset): Repetitions of the circuit. Default: 1000.
        field_1q_gates (int | Unset): Number of one-qubit gates in the circuit. Default: 0.
        field_2q_gates (int | Unset): Number of two-qubit gates in the circuit. Default: 0.
        error_mitigation (bool | Unset): True to price the job with debiasing. Default: False.
        session (bool | Unset): True to price the job as part of a session.

    Returns:
        The parsed body: Error | JobEstimateByInput | JobEstimateByRateCard, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return sync_detailed(
        client=client,
        backend=backend,
        type_=type_,
        qubits=qubits,
        shots=shots,
        field_1q_gates=field_1q_gates,
        field_2q_gates=field_2q_gates,
        error_mitigation=error_mitigation,
        session=session,
    ).parsed


async def asyncio(
    *,
    client: AuthenticatedClient,
    backend: str,
    type_: str | Unset = "ionq.circuit.v1",
    qubits: int | Unset = 25,
    shots: int | Unset = 1000,
    field_1q_gates: int | Unset = 0,
    field_2q_gates: int | Unset = 0,
    error_mitigation: bool | Unset = False,
    session: bool | Unset = UNSET,
) -> Error | JobEstimateByInput | JobEstimateByRateCard | None:
    """Estimate a cost

    Price, run time and queue time of a job of a given size, without sending it.

    Args:
        backend (str): Name of a backend, e.g. `simulator`, `qpu.aria-1`, `qpu.forte-1` or
            `qpu.forte-enterprise-1`.
        type_ (str | Unset): Format of the program, as in job creation. Default:
            'ionq.circuit.v1'.
        qubits (int | Unset): Number of qubits in the circuit. Default: 25.
        shots (int | Unset): Repetitions of the circuit. Default: 1000.
        field_1q_gates (int | Unset): Number of one-qubit gates in the circuit. Default: 0.
        field_2q_gates (int | Unset): Number of two-qubit gates in the circuit. Default: 0.
        error_mitigation (bool | Unset): True to price the job with debiasing. Default: False.
        session (bool | Unset): True to price the job as part of a session.

    Returns:
        The parsed body: Error | JobEstimateByInput | JobEstimateByRateCard, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return (
        await asyncio_detailed(
            client=client,
            backend=backend,
            type_=type_,
            qubits=qubits,
            shots=shots,
            field_1q_gates=field_1q_gates,
            field_2q_gates=field_2q_gates,
            error_mitigation=error_mitigation,
            session=session,
        )
    ).parsed
