"""What an account has used, what a job would cost, and which machine does best."""

import datetime

from ionq_api.v0_4.api.backends import get_backend
from ionq_api.v0_4.api.characterizations import (
    get_characterization,
    get_characterizations_for_backend,
)
from ionq_api.v0_4.api.costs import estimate_job_cost
from ionq_api.v0_4.api.health import get_health
from ionq_api.v0_4.api.usage import get_usages
from ionq_api.v0_4.api.whoami import get_whoami
from ionq_api.v0_4.client import AuthenticatedClient, Client
from ionq_api.v0_4.models import Error, GroupBy, Modality


def used(client: AuthenticatedClient, organization: str) -> float:
    found = get_usages.sync(
        organization,
        client=client,
        start_date=datetime.date(2026, 8, 1),
        end_date=datetime.date(2026, 9, 1),
        group_by=GroupBy.PROJECT,
        modality=Modality.MONTHLY,
    )
    if found is None or isinstance(found, Error):
        raise SystemExit("not for this key")
    parts = found.usage_data or []
    return sum(one.amount or 0.0 for one in parts) + (found.amount_total or 0.0)


def price(client: AuthenticatedClient) -> object:
    return estimate_job_cost.sync(
        client=client, backend="qpu.forte-1", qubits=4, shots=500, field_2q_gates=12
    )


def readout(client: Client) -> list[float]:
    found = get_characterizations_for_backend.sync("qpu.forte-1", client=client, limit=3)
    if found is None or isinstance(found, Error) or found.characterizations is None:
        return []
    spam = [one.fidelity.spam for one in found.characterizations if one.fidelity]
    return [one.median for one in spam if one]


def one(client: AuthenticatedClient, characterization: str) -> object:
    return get_characterization.sync("qpu.forte-1", characterization, client=client)


async def ready(client: AuthenticatedClient) -> bool:
    health = await get_health.asyncio(client=client)
    who = await get_whoami.asyncio(client=client)
    machine = await get_backend.asyncio("qpu.forte-1", client=client)
    if who is None or isinstance(who, Error) or machine is None or isinstance(machine, Error):
        return False
    return health is not None and bool(who.key_name) and machine.qubits > 30
