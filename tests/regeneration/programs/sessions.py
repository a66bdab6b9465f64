"""Opens a session, looks at its jobs, and ends every session."""

from ionq_api.v0_4.api.sessions import (
    create_session,
    end_session,
    get_session,
    get_session_jobs,
    get_sessions,
)
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.models import CreateSessionRequest, Error


def open_one(client: AuthenticatedClient) -> str:
    made = create_session.sync(client=client, body=CreateSessionRequest(backend="qpu.forte-1"))
    if made is None or isinstance(made, Error):
        raise SystemExit("not for this account")
    again = get_session.sync(made.id, client=client)
    jobs = get_session_jobs.sync(made.id, client=client, limit=1)
    if isinstance(again, Error) or jobs is None or isinstance(jobs, Error):
        raise SystemExit("gone")
    return made.id


async def run(client: AuthenticatedClient) -> None:
    found = await get_sessions.asyncio(client=client, active=True)
    if found is None or isinstance(found, Error):
        return
    for one in found.sessions:
        await end_session.asyncio(one.id, client=client)
