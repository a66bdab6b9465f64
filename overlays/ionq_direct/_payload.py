"""From whatever describes a job to the JSON that is sent.

May import: errors and the standard library.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from ionq_direct.errors import InvalidJob

__all__ = ["changed_payload", "plain_payload"]


def plain_payload(payload: object, extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The job as plain JSON data, which what happens to the original does not touch.

    A submission may be sent again, or be asked for later, after its maker has gone on to the next
    angle of a sweep in the same list.

    Args:
        payload: A mapping, or a model of the generated client.
        extra: Further fields; those of the same name are replaced.

    Raises:
        InvalidJob: It is no JSON object.
    """
    encode = getattr(payload, "to_dict", None)
    body = encode() if callable(encode) else payload
    if not isinstance(body, Mapping):
        raise InvalidJob(path="$", value=payload, rule="must be an object with the job's fields")
    try:
        text = json.dumps({**cast("Mapping[str, Any]", body), **(extra or {})}, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidJob(path="$", value=payload, rule=f"must be plain JSON: {error}") from None
    return cast("dict[str, Any]", json.loads(text))


def changed_payload(payload: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with fields replaced; None takes a field out."""
    merged = {**payload, **changes}
    removed = {name for name, value in changes.items() if value is None}
    return {name: value for name, value in merged.items() if name not in removed}
