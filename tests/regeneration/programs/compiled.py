"""Downloads a compiled circuit with the low level."""

from ionq_api.v0_4.api.results import get_compiled_file
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.models.get_compiled_file_lang import GetCompiledFileLang


def run(client: AuthenticatedClient, job: str) -> object:
    return get_compiled_file.sync(job, GetCompiledFileLang("native"), client=client)
