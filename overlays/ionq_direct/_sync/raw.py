# Generated from overlays/ionq_direct/_async/raw.py by scripts.sync_from_async. Do not edit.
"""Answers as they came, for what the generated client would take apart needlessly.

May import: the generated client, and of this package what has no I/O.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ionq_api.v0_4.client import AuthenticatedClient
from ionq_direct._answers import RawAnswer, raw_answer, with_query

__all__ = ["get_raw"]


def get_raw(
    api: AuthenticatedClient, url: str, params: Mapping[str, Any] | None = None
) -> RawAnswer:
    """GET something, through the same transport as everything else.

    Args:
        api: The generated client.
        url: A path below the base URL, or a whole URL of the same origin: the key goes with it.
        params: Query parameters, beside those in the URL.

    Raises:
        APIError: The status is no success; the class says which.
        ConnectionFailed, RequestTimeout: No answer came.
    """
    response = api.get_httpx_client().request("GET", with_query(url, params or {}))
    return raw_answer(
        response.status_code,
        response.headers,
        response.content,
        extensions=response.extensions,
        method="GET",
        url=url,
    )
