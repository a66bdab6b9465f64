"""Lists the machines that are available."""

from ionq_api.v0_4.api.backends import get_backends
from ionq_api.v0_4.client import Client
from ionq_api.v0_4.models import Error


def run(client: Client) -> list[str]:
    found = get_backends.sync(client=client)
    if found is None or isinstance(found, Error):
        return []
    return [one.backend for one in found if one.status == "available"]
