"""The job in the answer to a submission. May import: errors and the generated types."""

from __future__ import annotations

import json
from typing import Any

from ionq_api.v0_4.types import Response
from ionq_direct._answers import attempts_of
from ionq_direct._paths import check_path_argument
from ionq_direct._shapes import object_or_none
from ionq_direct.errors import DecodeError, InvalidArgument, error_for

__all__ = ["receipt_in"]


def receipt_in(response: Response[Any]) -> dict[str, Any]:
    """The job in the answer to a POST, however little else of it is as the contract says.

    Any success that names a job will do: v0.3 answers 200 where v0.4 answers 201.

    Raises:
        APIError: The status is 300 or more. A redirect of a POST is not followed.
        DecodeError: A success that names no job.
    """
    if response.status_code >= 300:
        raise error_for(
            response.status_code,
            response.headers,
            response.content,
            attempts=attempts_of(response),
            method="POST",
            url="/jobs",
        )
    try:
        receipt = object_or_none(json.loads(response.content))
    except (ValueError, RecursionError):
        receipt = None
    if receipt is None or not _is_id(receipt.get("id")):
        raise DecodeError(
            "POST /jobs: the answer names no job", path="$.id", deviations=response.deviations
        )
    return dict(receipt)


def _is_id(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(check_path_argument("id", value))
    except InvalidArgument:
        return False
