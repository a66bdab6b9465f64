# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.circuit_job_creation_payload import CircuitJobCreationPayload
from ...models.error import Error
from ...models.job_creation_response import JobCreationResponse
from ...models.multi_circuit_job_creation_payload import MultiCircuitJobCreationPayload
from ...models.qasm_3_job_creation_payload import Qasm3JobCreationPayload
from ...models.qctrl_qaoa_job_creation_payload import QctrlQaoaJobCreationPayload
from ...models.quantum_function_job_creation_payload import QuantumFunctionJobCreationPayload
from ...types import Response

_RESPONSES = (
    _codec.Expected(201, 201, "json", _codec.model("JobCreationResponse")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    *,
    body: CircuitJobCreationPayload
    | MultiCircuitJobCreationPayload
    | Qasm3JobCreationPayload
    | QctrlQaoaJobCreationPayload
    | QuantumFunctionJobCreationPayload,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/jobs",
        "headers": _codec.texts({}),
    }
    _kwargs["json"] = _codec.encode(body)
    _kwargs["headers"]["Content-Type"] = "application/json"

    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: CircuitJobCreationPayload
    | MultiCircuitJobCreationPayload
    | Qasm3JobCreationPayload
    | QctrlQaoaJobCreationPayload
    | QuantumFunctionJobCreationPayload,
) -> Response[Error | JobCreationResponse]:
    """Create a job

    Send a program to a backend. The answer only says that the job was received; checks,
    compilation and the run come later, and any of them can still fail the job. There is no
    idempotency key, so sending twice makes two jobs.

    Args:
        body (CircuitJobCreationPayload | MultiCircuitJobCreationPayload |
            Qasm3JobCreationPayload | QctrlQaoaJobCreationPayload |
            QuantumFunctionJobCreationPayload): A new job, told apart by `type`.

    Returns:
        The answer; its parsed body: Error | JobCreationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "create_job")


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: CircuitJobCreationPayload
    | MultiCircuitJobCreationPayload
    | Qasm3JobCreationPayload
    | QctrlQaoaJobCreationPayload
    | QuantumFunctionJobCreationPayload,
) -> Response[Error | JobCreationResponse]:
    """Create a job

    Send a program to a backend. The answer only says that the job was received; checks,
    compilation and the run come later, and any of them can still fail the job. There is no
    idempotency key, so sending twice makes two jobs.

    Args:
        body (CircuitJobCreationPayload | MultiCircuitJobCreationPayload |
            Qasm3JobCreationPayload | QctrlQaoaJobCreationPayload |
            QuantumFunctionJobCreationPayload): A new job, told apart by `type`.

    Returns:
        The answer; its parsed body: Error | JobCreationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "create_job")


def sync(
    *,
    client: AuthenticatedClient,
    body: CircuitJobCreationPayload
    | MultiCircuitJobCreationPayload
    | Qasm3JobCreationPayload
    | QctrlQaoaJobCreationPayload
    | QuantumFunctionJobCreationPayload,
) -> Error | JobCreationResponse | None:
    """Create a job

    Send a program to a backend. The answer only says that the job was received; checks,
    compilation and the run come later, and any of them can still fail the job. There is no
    idempotency key, so sending twice makes two jobs.

    Args:
        body (CircuitJobCreationPayload | MultiCircuitJobCreationPayload |
            Qasm3JobCreationPayload | QctrlQaoaJobCreationPayload |
            QuantumFunctionJobCreationPayload): A new job, told apart by `type`.

    Returns:
        The parsed body: Error | JobCreationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: CircuitJobCreationPayload
    | MultiCircuitJobCreationPayload
    | Qasm3JobCreationPayload
    | QctrlQaoaJobCreationPayload
    | QuantumFunctionJobCreationPayload,
) -> Error | JobCreationResponse | None:
    """Create a job

    Send a program to a backend. The answer only says that the job was received; checks,
    compilation and the run come later, and any of them can still fail the job. There is no
    idempotency key, so sending twice makes two jobs.

    Args:
        body (CircuitJobCreationPayload | MultiCircuitJobCreationPayload |
            Qasm3JobCreationPayload | QctrlQaoaJobCreationPayload |
            QuantumFunctionJobCreationPayload): A new job, told apart by `type`.

    Returns:
        The parsed body: Error | JobCreationResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
