# @generated from openapi/v0.4.yaml: edits are lost
from __future__ import annotations

from typing import Any

from ... import _codec, _deprecation
from ...client import AuthenticatedClient
from ...models.error import Error
from ...models.get_compiled_file_lang import GetCompiledFileLang
from ...types import Response

_RESPONSES = (
    _codec.Expected(200, 200, "json", _codec.STR),
    _codec.Expected(400, 499, "json", _codec.model("Error")),
    _codec.Expected(500, 599, "json", _codec.model("Error")),
)

_NOTICE = _deprecation.Notice(
    __name__, "GetJobArtifact, with an id under the job's `output.compilation.compiled_circuits`"
)


def _get_kwargs(
    uuid: str,
    lang: GetCompiledFileLang,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/{uuid}/circuits/{lang}".format(
            uuid=_codec.path_argument("uuid", uuid),
            lang=_codec.path_argument("lang", lang),
        ),
    }
    return _kwargs


def sync_detailed(
    uuid: str,
    lang: GetCompiledFileLang,
    *,
    client: AuthenticatedClient,
) -> Response[Error | str]:
    """Download a compiled circuit

    The circuit of a job as compiled for the backend. IonQ answers 410 since about June 2026;
    read the artifacts under `output.compilation.compiled_circuits` of the job instead.

    Deprecated, and may stop working; in its place: GetJobArtifact, with an id under the job's
    `output.compilation.compiled_circuits`.

    Args:
        uuid (str): Job id, as job creation returned it.
        lang (GetCompiledFileLang): Language to return, `native` (JSON native gates) or `qasm3`
            (OpenQASM 3).

    Returns:
        The answer; its parsed body: Error | str, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _NOTICE.give()
    _response = client.get_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            lang=lang,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_compiled_file")


async def asyncio_detailed(
    uuid: str,
    lang: GetCompiledFileLang,
    *,
    client: AuthenticatedClient,
) -> Response[Error | str]:
    """Download a compiled circuit

    The circuit of a job as compiled for the backend. IonQ answers 410 since about June 2026;
    read the artifacts under `output.compilation.compiled_circuits` of the job instead.

    Deprecated, and may stop working; in its place: GetJobArtifact, with an id under the job's
    `output.compilation.compiled_circuits`.

    Args:
        uuid (str): Job id, as job creation returned it.
        lang (GetCompiledFileLang): Language to return, `native` (JSON native gates) or `qasm3`
            (OpenQASM 3).

    Returns:
        The answer; its parsed body: Error | str, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    _NOTICE.give()
    _response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            lang=lang,
        )
    )
    return _codec.build_response(client, _response, _RESPONSES, "get_compiled_file")


def sync(
    uuid: str,
    lang: GetCompiledFileLang,
    *,
    client: AuthenticatedClient,
) -> Error | str | None:
    """Download a compiled circuit

    The circuit of a job as compiled for the backend. IonQ answers 410 since about June 2026;
    read the artifacts under `output.compilation.compiled_circuits` of the job instead.

    Deprecated, and may stop working; in its place: GetJobArtifact, with an id under the job's
    `output.compilation.compiled_circuits`.

    Args:
        uuid (str): Job id, as job creation returned it.
        lang (GetCompiledFileLang): Language to return, `native` (JSON native gates) or `qasm3`
            (OpenQASM 3).

    Returns:
        The parsed body: Error | str, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return sync_detailed(
        uuid=uuid,
        lang=lang,
        client=client,
    ).parsed


async def asyncio(
    uuid: str,
    lang: GetCompiledFileLang,
    *,
    client: AuthenticatedClient,
) -> Error | str | None:
    """Download a compiled circuit

    The circuit of a job as compiled for the backend. IonQ answers 410 since about June 2026;
    read the artifacts under `output.compilation.compiled_circuits` of the job instead.

    Deprecated, and may stop working; in its place: GetJobArtifact, with an id under the job's
    `output.compilation.compiled_circuits`.

    Args:
        uuid (str): Job id, as job creation returned it.
        lang (GetCompiledFileLang): Language to return, `native` (JSON native gates) or `qasm3`
            (OpenQASM 3).

    Returns:
        The parsed body: Error | str, or None where it cannot be read

    Raises:
        errors.UnexpectedStatus: The status is not documented, and the client raises on those.
        errors.DecodeError: The answer deviates from the document, and the client is strict.
        ValueError: A path argument is empty, a dot segment, or holds a slash.
    """

    return (
        await asyncio_detailed(
            uuid=uuid,
            lang=lang,
            client=client,
        )
    ).parsed
