"""Ends every session."""

from ionq_api.v0_4.api.sessions import end_session, get_sessions
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.models import Error


async def run(client: AuthenticatedClient) -> None:
    found = await get_sessions.asyncio(client=client)
    if found is None or isinstance(found, Error):
        return
    for one in found.sessions:
        await end_session.asyncio(one.id, client=client)
