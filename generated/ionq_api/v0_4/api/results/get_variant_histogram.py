# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.error import Error
from ...models.get_variant_results_response import GetVariantResultsResponse
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("GetVariantResultsResponse")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    uuid: str,
    variant_id: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/{uuid}/variants/{variant_id}/results/histogram".format(
            uuid=_codec.path_argument("uuid", uuid),
            variant_id=_codec.path_argument("variant_id", variant_id),
        ),
    }
    return _kwargs


def sync_detailed(
    uuid: str,
    variant_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[Error | GetVariantResultsResponse]:
    """Read counts of a variant

    How often each outcome came up in one debiasing variant of a job.

    Args:
        uuid (str): Job id, as job creation returned it.
        variant_id (str): Id of the debiasing variant, from the job's `output`.

    Returns:
        The answer; its parsed body: Error | GetVariantResultsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            variant_id=variant_id,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_variant_histogram")


async def asyncio_detailed(
    uuid: str,
    variant_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[Error | GetVariantResultsResponse]:
    """Read counts of a variant

    How often each outcome came up in one debiasing variant of a job.

    Args:
        uuid (str): Job id, as job creation returned it.
        variant_id (str): Id of the debiasing variant, from the job's `output`.

    Returns:
        The answer; its parsed body: Error | GetVariantResultsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            variant_id=variant_id,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_variant_histogram")


def sync(
    uuid: str,
    variant_id: str,
    *,
    client: AuthenticatedClient,
) -> Error | GetVariantResultsResponse | None:
    """Read counts of a variant

    How often each outcome came up in one debiasing variant of a job.

    Args:
        uuid (str): Job id, as job creation returned it.
        variant_id (str): Id of the debiasing variant, from the job's `output`.

    Returns:
        The parsed body: Error | GetVariantResultsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        uuid=uuid,
        variant_id=variant_id,
        client=client,
    ).parsed


async def asyncio(
    uuid: str,
    variant_id: str,
    *,
    client: AuthenticatedClient,
) -> Error | GetVariantResultsResponse | None:
    """Read counts of a variant

    How often each outcome came up in one debiasing variant of a job.

    Args:
        uuid (str): Job id, as job creation returned it.
        variant_id (str): Id of the debiasing variant, from the job's `output`.

    Returns:
        The parsed body: Error | GetVariantResultsResponse, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            uuid=uuid,
            variant_id=variant_id,
            client=client,
        )
    ).parsed
