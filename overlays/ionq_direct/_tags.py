"""The mark that a submission carries in its job's metadata, so that it can be found again.

May import: errors, _concurrency and _language. A tag also tells the shots, since IonQ does not
report them for jobs on the ideal simulator (facts: unitaryfoundation/metriq-gym issue 734), and
when it was made, so that a search need not go back beyond that.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, Final, cast

from ionq_direct._concurrency import ForkSafeLock
from ionq_direct._language import MAX_METADATA_KEYS
from ionq_direct._shapes import object_or_none
from ionq_direct.errors import InvalidArgument, InvalidJob

__all__ = [
    "METADATA_KEY",
    "RESERVED_KEYS",
    "TagsInUse",
    "age_of_tag",
    "check_tag",
    "new_tag",
    "shots_in_tag",
    "tag_of",
    "with_tag",
    "without_tag",
]

METADATA_KEY: Final = "ionq_direct_tag"
"""The metadata key of tags; one of the ten keys that IonQ allows a job."""

RESERVED_KEYS: Final = 1
"""How many metadata keys a submission adds."""

_TAG = re.compile(r"[A-Za-z0-9._:-]{8,200}")
# i1-<milliseconds since 1970>-<80 random bits>. The mark in front keeps a caller's own tag, such
# as an MD5 sum, from being read as a time: a search would then stop too early.
_OWN_TAG = re.compile(r"i1-([0-9a-f]{12})-[0-9a-f]{20}(?:\.|$)")
_SHOTS = re.compile(r"\.s([1-9][0-9]*)$")


def new_tag(shots: int | None = None) -> str:
    """A tag that no other submission has: the time, 80 random bits, and the shots if known."""
    made = f"i1-{time.time_ns() // 1_000_000:012x}-{secrets.token_hex(10)}"
    return made + (f".s{shots}" if shots and shots > 0 else "")


def check_tag(tag: str) -> str:
    """Check a tag of the caller's.

    Raises:
        InvalidArgument: It is not 8 to 200 letters, digits, dots, underscores, colons and dashes.
    """
    if not isinstance(cast("object", tag), str) or not _TAG.fullmatch(tag):
        raise InvalidArgument(
            name="tag", value=tag, rule="must be 8 to 200 letters, digits and . _ : -"
        )
    return tag


class TagsInUse:
    """The tags of callers that are being submitted, so that none is by two at once.

    Both would find that there is no job with the tag, and send one.
    """

    def __init__(self) -> None:
        self._tags: set[str] = set()
        self._lock = ForkSafeLock()

    @contextmanager
    def using(self, tag: str) -> Generator[None]:
        """Use the tag inside of the `with` block.

        Raises:
            InvalidArgument: Another thread or task uses it.
        """
        with self._lock:
            if tag in self._tags:
                rule = "is being submitted at this moment by another thread or task"
                raise InvalidArgument(name="tag", value=tag, rule=rule)
            self._tags.add(tag)
        try:
            yield
        finally:
            with self._lock:
                self._tags.discard(tag)


def with_tag(payload: Mapping[str, Any], tag: str) -> dict[str, Any]:
    """The payload with the tag in its metadata; the payload given stays as it is.

    Raises:
        InvalidJob: All ten metadata keys are taken, the tag's key is taken by something else, or
            the metadata is no object.
    """
    told = payload.get("metadata")
    metadata = object_or_none({} if told is None else told)
    if metadata is None:
        raise InvalidJob(path="$.metadata", value=told, rule="must be an object")
    if metadata.get(METADATA_KEY, tag) != tag:
        raise InvalidJob(
            path=f"$.metadata.{METADATA_KEY}",
            value=metadata[METADATA_KEY],
            rule="is the library's own key: it carries the submission's tag",
        )
    if len(metadata.keys() | {METADATA_KEY}) > MAX_METADATA_KEYS:
        raise InvalidJob(
            path="$.metadata",
            value=sorted(metadata),
            rule=f"may hold {MAX_METADATA_KEYS - RESERVED_KEYS} keys beside {METADATA_KEY!r}, the "
            f"tag by which a submission is found again (IonQ allows {MAX_METADATA_KEYS} in all)",
        )
    return {**payload, "metadata": {**metadata, METADATA_KEY: tag}}


def without_tag(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload as it was before `with_tag`, but for metadata that was empty."""
    kept = {
        key: value
        for key, value in (object_or_none(payload.get("metadata")) or {}).items()
        if key != METADATA_KEY
    }
    plain = {name: value for name, value in payload.items() if name != "metadata"}
    return {**plain, "metadata": kept} if kept else plain


def tag_of(metadata: object) -> str | None:
    """The tag in a job's metadata, if it carries one."""
    tag = (object_or_none(metadata) or {}).get(METADATA_KEY)
    return tag if isinstance(tag, str) else None


def shots_in_tag(tag: str | None) -> int | None:
    """The shots that a tag tells."""
    told = _SHOTS.search(tag or "")
    return int(told[1]) if told else None


def age_of_tag(tag: str) -> float | None:
    """Seconds since a tag was made, by this machine's clock; None for a caller's own tag."""
    told = _OWN_TAG.match(tag)
    return time.time() - int(told[1], 16) / 1000 if told else None
