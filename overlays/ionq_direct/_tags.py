"""The mark that a submission carries in its job's metadata, so that it can be found again.

May import: errors and the standard library. A tag also tells the shots, since IonQ does not report
them for jobs on the ideal simulator (facts: unitaryfoundation/metriq-gym issue 734).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any, Final

from ionq_direct._shapes import object_or_none
from ionq_direct.errors import InvalidArgument, InvalidJob

__all__ = ["METADATA_KEY", "check_tag", "new_tag", "shots_in_tag", "tag_of", "with_tag"]

METADATA_KEY: Final = "ionq_direct_tag"
"""The metadata key of tags; one of the ten keys that IonQ allows a job."""

_MOST_METADATA_KEYS = 10
_TAG = re.compile(r"[A-Za-z0-9._:-]{8,200}")
_SHOTS = re.compile(r"\.s([1-9][0-9]*)$")


def new_tag(shots: int | None = None) -> str:
    """A tag that no other submission has: 128 random bits, and the shots if they are known."""
    return secrets.token_hex(16) + (f".s{shots}" if shots else "")


def check_tag(tag: str) -> str:
    """Check a tag of the caller's.

    Raises:
        InvalidArgument: It is not 8 to 200 letters, digits, dots, underscores, colons and dashes.
    """
    if not _TAG.fullmatch(tag):
        raise InvalidArgument(
            name="tag", value=tag, rule="must be 8 to 200 letters, digits and . _ : -"
        )
    return tag


def with_tag(payload: Mapping[str, Any], tag: str) -> dict[str, Any]:
    """The payload with the tag in its metadata; the payload given stays as it is.

    Raises:
        InvalidJob: All ten metadata keys are taken, or the tag's key is taken by something else.
    """
    metadata: dict[str, Any] = dict(payload.get("metadata") or {})
    if metadata.get(METADATA_KEY, tag) != tag:
        raise InvalidJob(
            path=f"$.metadata.{METADATA_KEY}",
            value=metadata[METADATA_KEY],
            rule="is the library's own key: it carries the submission's tag",
        )
    if len(metadata.keys() | {METADATA_KEY}) > _MOST_METADATA_KEYS:
        raise InvalidJob(
            path="$.metadata",
            value=sorted(metadata),
            rule=f"may hold {_MOST_METADATA_KEYS - 1} keys beside {METADATA_KEY!r}, the tag by "
            "which a submission is found again (IonQ allows ten in all)",
        )
    return {**payload, "metadata": {**metadata, METADATA_KEY: tag}}


def tag_of(metadata: object) -> str | None:
    """The tag in a job's metadata, if it carries one."""
    tag = (object_or_none(metadata) or {}).get(METADATA_KEY)
    return tag if isinstance(tag, str) else None


def shots_in_tag(tag: str | None) -> int | None:
    """The shots that a tag tells."""
    told = _SHOTS.search(tag or "")
    return int(told[1]) if told else None
