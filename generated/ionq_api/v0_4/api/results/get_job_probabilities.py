# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.error import Error
from ...models.get_results_response import GetResultsResponse
from ...types import UNSET, Response, Unset

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("GetResultsResponse")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    uuid: str,
    *,
    sharpen: bool | Unset = UNSET,
    aggregation: str | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/{uuid}/results/probabilities".format(
            uuid=_codec.path_argument("uuid", uuid),
        ),
        "params": _codec.query(
            {
                "sharpen": sharpen,
                "aggregation": aggregation,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient,
    sharpen: bool | Unset = UNSET,
    aggregation: str | Unset = UNSET,
) -> Response[Error | GetResultsResponse]:
    """Read outcome probabilities

    Outcome distribution of a completed job. Jobs that ran with shots give relative frequencies.

    Args:
        uuid (str): Job id, as job creation returned it.
        sharpen (bool | Unset): For a debiased job, true combines the variants by plurality vote
            rather than by average.
        aggregation (str | Unset): How to combine the variants of a debiased job. `average` is
            the default; `voting` does what `sharpen` does; `dnl` has no published meaning.

    Returns:
        The answer; its parsed body: Error | GetResultsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            sharpen=sharpen,
            aggregation=aggregation,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_job_probabilities")


async def asyncio_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient,
    sharpen: bool | Unset = UNSET,
    aggregation: str | Unset = UNSET,
) -> Response[Error | GetResultsResponse]:
    """Read outcome probabilities

    Outcome distribution of a completed job. Jobs that ran with shots give relative frequencies.

    Args:
        uuid (str): Job id, as job creation returned it.
        sharpen (bool | Unset): For a debiased job, true combines the variants by plurality vote
            rather than by average.
        aggregation (str | Unset): How to combine the variants of a debiased job. `average` is
            the default; `voting` does what `sharpen` does; `dnl` has no published meaning.

    Returns:
        The answer; its parsed body: Error | GetResultsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            sharpen=sharpen,
            aggregation=aggregation,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_job_probabilities")


def sync(
    uuid: str,
    *,
    client: AuthenticatedClient,
    sharpen: bool | Unset = UNSET,
    aggregation: str | Unset = UNSET,
) -> Error | GetResultsResponse | None:
    """Read outcome probabilities

    Outcome distribution of a completed job. Jobs that ran with shots give relative frequencies.

    Args:
        uuid (str): Job id, as job creation returned it.
        sharpen (bool | Unset): For a debiased job, true combines the variants by plurality vote
            rather than by average.
        aggregation (str | Unset): How to combine the variants of a debiased job. `average` is
            the default; `voting` does what `sharpen` does; `dnl` has no published meaning.

    Returns:
        The parsed body: Error | GetResultsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        uuid=uuid,
        client=client,
        sharpen=sharpen,
        aggregation=aggregation,
    ).parsed


async def asyncio(
    uuid: str,
    *,
    client: AuthenticatedClient,
    sharpen: bool | Unset = UNSET,
    aggregation: str | Unset = UNSET,
) -> Error | GetResultsResponse | None:
    """Read outcome probabilities

    Outcome distribution of a completed job. Jobs that ran with shots give relative frequencies.

    Args:
        uuid (str): Job id, as job creation returned it.
        sharpen (bool | Unset): For a debiased job, true combines the variants by plurality vote
            rather than by average.
        aggregation (str | Unset): How to combine the variants of a debiased job. `average` is
            the default; `voting` does what `sharpen` does; `dnl` has no published meaning.

    Returns:
        The parsed body: Error | GetResultsResponse, or None where it cannot be read

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
            aggregation=aggregation,
        )
    ).parsed
