"""A request as the shortest curl command that shows it, the key redacted.

May import: the standard library.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Final

__all__ = ["command"]

_KEY: Final = '-H "Authorization: apiKey $IONQ_API_KEY"'
_MOST: Final = 4_000
# What libraries add of their own accord.
_NOISE: Final = {
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "host",
    "user-agent",
    "x-schemathesis-testcaseid",
}


def command(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None, *, secret: str = ""
) -> str:
    """A curl command; the key is read from the environment where it is run.

    Args:
        method: HTTP method.
        url: Absolute URL.
        headers: As sent.
        body: As sent; shortened where it is very long.
        secret: The API key, replaced wherever else it occurs.
    """
    parts = ["curl"]
    if method != "GET":
        parts.append(f"-X {method}")
    for name, value in headers.items():
        if name.lower() == "authorization":
            known = secret and value == f"apiKey {secret}"
            parts.append(_KEY if known else '-H "Authorization: apiKey [REDACTED]"')
        elif name.lower() not in _NOISE:
            parts.append(f"-H {shlex.quote(f'{name}: {value}')}")
    if body:
        parts.append(f"--data-binary {shlex.quote(_shown(body))}")
    parts.append(shlex.quote(url))
    text = " ".join(parts)
    return text.replace(secret, "[REDACTED]") if secret else text


def _shown(body: bytes) -> str:
    text = body.decode("utf-8", "backslashreplace")
    if len(text) <= _MOST:
        return text
    return f"{text[:_MOST]}... ({len(text)} characters)"
