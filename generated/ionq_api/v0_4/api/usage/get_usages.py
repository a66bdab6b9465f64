# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

import datetime
from typing import Any

from ... import _codec
from ...client import AuthenticatedClient
from ...models.error import Error
from ...models.group_by import GroupBy
from ...models.modality import Modality
from ...models.usages import Usages
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.model("Usages")),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)


def _get_kwargs(
    organization_id: str,
    *,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: GroupBy,
    modality: Modality,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/organizations/{organization_id}/usage".format(
            organization_id=_codec.path_argument("organization_id", organization_id),
        ),
        "params": _codec.query(
            {
                "start_date": start_date,
                "end_date": end_date,
                "group_by": group_by,
                "modality": modality,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    organization_id: str,
    *,
    client: AuthenticatedClient,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: GroupBy,
    modality: Modality,
) -> Response[Error | Usages]:
    """Show usage of an organization

    Cost, jobs and QPU time of an organization by day, week or month. Needs the key of an
    organization administrator.

    Args:
        organization_id (str): Id of the organization.
        start_date (datetime.date): First day counted.
        end_date (datetime.date): Day to stop before. A later edition of IonQ's document counts
            this day too.
        group_by (GroupBy): What usage is grouped by.
        modality (Modality): Length of the periods of a usage report.

    Returns:
        The answer; its parsed body: Error | Usages, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = client.get_httpx_client().request(
        **_get_kwargs(
            organization_id=organization_id,
            start_date=start_date,
            end_date=end_date,
            group_by=group_by,
            modality=modality,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_usages")


async def asyncio_detailed(
    organization_id: str,
    *,
    client: AuthenticatedClient,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: GroupBy,
    modality: Modality,
) -> Response[Error | Usages]:
    """Show usage of an organization

    Cost, jobs and QPU time of an organization by day, week or month. Needs the key of an
    organization administrator.

    Args:
        organization_id (str): Id of the organization.
        start_date (datetime.date): First day counted.
        end_date (datetime.date): Day to stop before. A later edition of IonQ's document counts
            this day too.
        group_by (GroupBy): What usage is grouped by.
        modality (Modality): Length of the periods of a usage report.

    Returns:
        The answer; its parsed body: Error | Usages, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            organization_id=organization_id,
            start_date=start_date,
            end_date=end_date,
            group_by=group_by,
            modality=modality,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_usages")


def sync(
    organization_id: str,
    *,
    client: AuthenticatedClient,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: GroupBy,
    modality: Modality,
) -> Error | Usages | None:
    """Show usage of an organization

    Cost, jobs and QPU time of an organization by day, week or month. Needs the key of an
    organization administrator.

    Args:
        organization_id (str): Id of the organization.
        start_date (datetime.date): First day counted.
        end_date (datetime.date): Day to stop before. A later edition of IonQ's document counts
            this day too.
        group_by (GroupBy): What usage is grouped by.
        modality (Modality): Length of the periods of a usage report.

    Returns:
        The parsed body: Error | Usages, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        organization_id=organization_id,
        client=client,
        start_date=start_date,
        end_date=end_date,
        group_by=group_by,
        modality=modality,
    ).parsed


async def asyncio(
    organization_id: str,
    *,
    client: AuthenticatedClient,
    start_date: datetime.date,
    end_date: datetime.date,
    group_by: GroupBy,
    modality: Modality,
) -> Error | Usages | None:
    """Show usage of an organization

    Cost, jobs and QPU time of an organization by day, week or month. Needs the key of an
    organization administrator.

    Args:
        organization_id (str): Id of the organization.
        start_date (datetime.date): First day counted.
        end_date (datetime.date): Day to stop before. A later edition of IonQ's document counts
            this day too.
        group_by (GroupBy): What usage is grouped by.
        modality (Modality): Length of the periods of a usage report.

    Returns:
        The parsed body: Error | Usages, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            organization_id=organization_id,
            client=client,
            start_date=start_date,
            end_date=end_date,
            group_by=group_by,
            modality=modality,
        )
    ).parsed
