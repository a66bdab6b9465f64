# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.probabilities import Probabilities
from ...models.probabilities_by_circuit import ProbabilitiesByCircuit
from ...types import Response, Unset

_RESPONSES = (
    _codec.Expected(
        200,
        200,
        "json",
        _codec.union(_codec.model("Probabilities"), _codec.model("ProbabilitiesByCircuit")),
    ),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    uuid: str,
    *,
    sharpen: bool | Unset = False,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/{uuid}/results".format(
            uuid=_codec.path_argument("uuid", uuid),
        ),
        "params": _codec.query(
            {
                "sharpen": sharpen,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
    sharpen: bool | Unset = False,
) -> Response[Error | Probabilities | ProbabilitiesByCircuit]:
    """Read outcome probabilities

    Outcome distribution of a completed job; for a job of several circuits, one distribution per
    circuit. Jobs that ran with shots give relative frequencies.

    Args:
        uuid (str): Job id, as job creation returned it.
        sharpen (bool | Unset): For a debiased job, true combines the variants by plurality vote
            rather than by average. Default: False.

    Returns:
        The answer; its parsed body: Error | Probabilities | ProbabilitiesByCircuit, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            sharpen=sharpen,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_job_probabilities")


async def asyncio_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
    sharpen: bool | Unset = False,
) -> Response[Error | Probabilities | ProbabilitiesByCircuit]:
    """Read outcome probabilities

    Outcome distribution of a completed job; for a job of several circuits, one distribution per
    circuit. Jobs that ran with shots give relative frequencies.

    Args:
        uuid (str): Job id, as job creation returned it.
        sharpen (bool | Unset): For a debiased job, true combines the variants by plurality vote
            rather than by average. Default: False.

    Returns:
        The answer; its parsed body: Error | Probabilities | ProbabilitiesByCircuit, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            sharpen=sharpen,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_job_probabilities")


def sync(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
    sharpen: bool | Unset = False,
) -> Error | Probabilities | ProbabilitiesByCircuit | None:
    """Read outcome probabilities

    Outcome distribution of a completed job; for a job of several circuits, one distribution per
    circuit. Jobs that ran with shots give relative frequencies.

    Args:
        uuid (str): Job id, as job creation returned it.
        sharpen (bool | Unset): For a debiased job, true combines the variants by plurality vote
            rather than by average. Default: False.

    Returns:
        The parsed body: Error | Probabilities | ProbabilitiesByCircuit, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        uuid=uuid,
        client=client,
        sharpen=sharpen,
    ).parsed


async def asyncio(
    uuid: str,
    *,
    client: AuthenticatedClient | Client,
    sharpen: bool | Unset = False,
) -> Error | Probabilities | ProbabilitiesByCircuit | None:
    """Read outcome probabilities

    Outcome distribution of a completed job; for a job of several circuits, one distribution per
    circuit. Jobs that ran with shots give relative frequencies.

    Args:
        uuid (str): Job id, as job creation returned it.
        sharpen (bool | Unset): For a debiased job, true combines the variants by plurality vote
            rather than by average. Default: False.

    Returns:
        The parsed body: Error | Probabilities | ProbabilitiesByCircuit, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            uuid=uuid,
            client=client,
            sharpen=sharpen,
        )
    ).parsed
