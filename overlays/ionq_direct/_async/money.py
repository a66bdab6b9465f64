"""Estimates and usage. May import: the generated client, and of this package what has no I/O."""

from __future__ import annotations

from typing import TypeVar

from ionq_api.v0_4.api.costs import estimate_job_cost
from ionq_api.v0_4.api.usage import get_usages
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.models.group_by import GroupBy
from ionq_api.v0_4.models.modality import Modality
from ionq_api.v0_4.types import UNSET
from ionq_direct._answers import exact_object
from ionq_direct._estimation import EstimateInputs
from ionq_direct._paths import check_path_argument
from ionq_direct._times import Day, as_date, check_order
from ionq_direct.account import UsageReport
from ionq_direct.costs import Estimate
from ionq_direct.errors import InvalidArgument

__all__ = ["async_estimate", "async_usage"]

Name = TypeVar("Name", GroupBy, Modality)


async def async_estimate(api: AuthenticatedClient, inputs: EstimateInputs) -> Estimate:
    """The server's estimate; what the inputs leave open is the server's choice.

    Raises:
        APIError: The server refused.
    """
    response = await estimate_job_cost.asyncio_detailed(
        client=api,
        backend=inputs.backend,
        type_=UNSET if inputs.type is None else inputs.type,
        qubits=UNSET if inputs.qubits is None else inputs.qubits,
        shots=UNSET if inputs.shots is None else inputs.shots,
        field_1q_gates=UNSET if inputs.gates_1q is None else inputs.gates_1q,
        field_2q_gates=UNSET if inputs.gates_2q is None else inputs.gates_2q,
        error_mitigation=UNSET if inputs.error_mitigation is None else inputs.error_mitigation,
        session=UNSET if inputs.session is None else inputs.session,
    )
    return Estimate.read(exact_object(response, method="GET", path="/jobs/estimate"))


async def async_usage(
    api: AuthenticatedClient,
    organization: str,
    start: Day,
    end: Day,
    *,
    group_by: str,
    modality: str,
) -> UsageReport:
    """What an organization used.

    Raises:
        InvalidArgument: An argument cannot be sent.
        APIError: The server refused.
    """
    organization = check_path_argument("organization", organization)
    check_order(start, end)
    response = await get_usages.asyncio_detailed(
        organization,
        client=api,
        start_date=as_date("start", start),
        end_date=as_date("end", end),
        group_by=_one_of("group_by", group_by, GroupBy),
        modality=_one_of("modality", modality, Modality),
    )
    path = f"/organizations/{organization}/usage"
    return UsageReport.read(exact_object(response, method="GET", path=path))


def _one_of(name: str, value: str, names: type[Name]) -> Name:
    known = [str(member) for member in names]
    if value not in known:
        raise InvalidArgument(name=name, value=value, rule=f"must be one of {', '.join(known)}")
    return names(value)
