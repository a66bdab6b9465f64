"""The options of a client that concern its requests: timeouts, retries, throttle, connection.

May import: the standard library, ionq_direct.errors and _checks. Values only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ionq_direct._checks import (
    require_not_negative,
    require_positive,
    require_text,
    require_whole,
)
from ionq_direct.errors import ConfigurationError

if TYPE_CHECKING:
    import os
    import ssl

_PROXIES: Final = ("http", "https", "socks5", "socks5h")

__all__ = ["Connection", "RetryPolicy", "Throttle", "Timeouts"]


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Limits of one call, all in seconds, all finite: nothing here waits for ever.

    Attributes:
        connect: To open a connection, TLS included.
        read: Between two pieces of an answer.
        write: Between two pieces of a request.
        pool: For a free connection (or a free slot, when a `Throttle` limits concurrency).
        total: The whole call: all attempts, the waits between them, the answer's body.

    Raises:
        ConfigurationError: A value is not a positive finite number.
    """

    connect: float = 10.0
    read: float = 60.0
    write: float = 60.0
    pool: float = 60.0
    total: float = 300.0

    def __post_init__(self) -> None:
        for name in ("connect", "read", "write", "pool", "total"):
            require_positive(f"timeouts.{name}", getattr(self, name))


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """When a request that may be repeated is repeated.

    Before attempt n + 1 the client waits a random time between 0 and `min(cap, base * 2**(n-1))`
    seconds (full jitter), or as long as the server's `Retry-After` asks if that is longer.

    The budget is shared by all calls of a client. A retry takes 5 of it (10 after a timeout), a
    call that succeeds in the end gives back what it took, and a call that succeeds at once adds 1
    up to `budget`. It runs dry only when calls keep failing in the end; then nothing is retried
    until calls succeed again, so that a client does not add to an outage.

    Attributes:
        attempts: How often a request is sent at most, the first time included. 1: never again.
        base: Upper bound of the wait before the second attempt, in seconds.
        cap: Upper bound of any wait that the server did not ask for, in seconds.
        budget: Size of the shared budget. 0: no retries.

    Raises:
        ConfigurationError: `attempts` or `budget` is not a whole number in range, or a time is
            negative or not finite.
    """

    attempts: int = 6
    base: float = 0.5
    cap: float = 20.0
    budget: int = 500

    def __post_init__(self) -> None:
        require_whole("retry.attempts", self.attempts, minimum=1)
        require_whole("retry.budget", self.budget, minimum=0)
        require_not_negative("retry.base", self.base)
        require_not_negative("retry.cap", self.cap)


@dataclass(frozen=True, slots=True)
class Throttle:
    """Limits that a client puts on itself. The rate is shared by its threads and tasks.

    Attributes:
        concurrency: Requests under way at the same time, per process and event loop; None: no
            limit besides that of the connections.
        rate: Requests a second, on average; None: no limit.
        burst: Requests that may go at once after a pause, before `rate` holds.

    Raises:
        ConfigurationError: A value is out of range.
    """

    concurrency: int | None = None
    rate: float | None = None
    burst: int = 1

    def __post_init__(self) -> None:
        if self.concurrency is not None:
            require_whole("throttle.concurrency", self.concurrency, minimum=1)
        if self.rate is not None:
            require_positive("throttle.rate", self.rate)
        require_whole("throttle.burst", self.burst, minimum=1)


@dataclass(frozen=True, slots=True)
class Connection:
    """How the client reaches the server.

    Attributes:
        verify: True: the usual certificate authorities. A path: a file or directory of
            authorities. An `ssl.SSLContext`: that. False: no verification, with a warning.
        proxy: URL of an `http`, `https` or `socks5` proxy; None: the environment's
            (`HTTPS_PROXY`, `NO_PROXY`, ...) if `trust_env`.
        trust_env: Whether the environment may name a proxy or certificate authorities.
        http2: Speak HTTP/2 where the server does (needs the `h2` package).
        max_connections: Connections open at the same time.
        keepalive_expiry: Seconds after which an idle connection is closed.
        follow_redirects: Follow redirects to the same origin. Others are refused either way.
        max_response_bytes: Longest body of an answer, decoded; a longer one is refused.

    Raises:
        ConfigurationError: A value is out of range.
    """

    verify: bool | str | os.PathLike[str] | ssl.SSLContext = True
    # A proxy URL may hold a password.
    proxy: str | None = field(default=None, repr=False)
    trust_env: bool = True
    http2: bool = False
    max_connections: int = 100
    keepalive_expiry: float = 30.0
    follow_redirects: bool = False
    max_response_bytes: int = 512 * 1024 * 1024

    def __post_init__(self) -> None:
        require_whole("connection.max_connections", self.max_connections, minimum=1)
        require_whole("connection.max_response_bytes", self.max_response_bytes, minimum=1)
        require_not_negative("connection.keepalive_expiry", self.keepalive_expiry)
        if self.proxy is not None:
            _require_proxy(self.proxy)


def _require_proxy(url: object) -> None:
    """Not shown: it may hold a password."""
    try:
        parts = urlsplit(require_text("connection.proxy", url))
        named = parts.scheme in _PROXIES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        named = False
    if not named:
        rule = f"must be a URL with a host and one of the schemes {', '.join(_PROXIES)}"
        raise ConfigurationError(f"connection.proxy: {rule}")
