"""Identifiers: they look like IonQ's, and one seed gives the same ones every time.

May import: the standard library only.
"""

from __future__ import annotations

import hashlib
import uuid

__all__ = ["hex24", "numbered_uuid", "seed31", "stable_uuid"]

# IonQ's job ids are UUIDs of version 7. Their time field here is not the clock's (which differs
# from run to run) but this moment of June 2025 plus the number: ids sort by age and repeat.
_EPOCH_MS = 0x0197379A0000


def numbered_uuid(seed: int, project: str, kind: str, number: int) -> str:
    """The id of a project's `number`-th job, session, ...: UUID version 7 in form."""
    digest = _digest(f"{seed}/{project}/{kind}/{number}")
    value = (_EPOCH_MS + number) << 80 | int.from_bytes(digest[:10], "big")
    return _uuid(value, version=7)


def stable_uuid(*parts: str) -> str:
    """A UUID (version 4 in form) that depends on nothing but the parts."""
    return _uuid(int.from_bytes(_digest("/".join(parts))[:16], "big"), version=4)


def hex24(*parts: str) -> str:
    """24 hexadecimal digits, the form of IonQ's user ids."""
    return _digest("/".join(parts)).hex()[:24]


def seed31(*parts: object) -> int:
    """A simulation seed in 1 .. 2^31-1 (the range IonQ takes for `noise.seed`)."""
    digest = _digest("/".join(map(str, parts)))
    return int.from_bytes(digest[:8], "big") % (2**31 - 1) + 1


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=20, person=b"ionq_emulator").digest()


def _uuid(value: int, version: int) -> str:
    value = value & ~(0xF << 76) & ~(0x3 << 62) | version << 76 | 0x2 << 62
    return str(uuid.UUID(int=value & (1 << 128) - 1))
