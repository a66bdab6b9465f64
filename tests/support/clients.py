"""Clients of both halves of the library, for tests. May import: ionq_direct."""

from __future__ import annotations

from typing import Any

from ionq_direct import AsyncIonQ, IonQ

KEY = "a-key-of-the-tests"


def sync_ionq(url: str, **options: Any) -> IonQ:
    return IonQ(KEY, url, **options)


def async_ionq(url: str, **options: Any) -> AsyncIonQ:
    return AsyncIonQ(KEY, url, **options)
