"""The only module of the library that speaks to the HTTP library: names, conversions, builders.

May import: the HTTP library, the standard library, this package's modules without I/O. Loaded when
a client is built, not by `import ionq_direct`. To move to another library with httpx's interface,
change the one import.
"""

from __future__ import annotations

import os
import ssl
import urllib.request
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx as library

from ionq_direct._body import ACCEPTED_ENCODINGS
from ionq_direct._call import Fault
from ionq_direct._retry import Failure
from ionq_direct._socket_deadline import DeadlineBackend
from ionq_direct.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from ionq_direct._origin import BaseURL
    from ionq_direct._secret import Secret
    from ionq_direct.options import Connection, Timeouts

__all__ = [
    "URL",
    "AsyncBaseTransport",
    "AsyncByteStream",
    "BaseTransport",
    "LibraryError",
    "Request",
    "Response",
    "SyncByteStream",
    "async_connect",
    "connect",
    "fault_of",
    "follow_up",
    "is_redirect",
    "is_repeatable",
    "set_body",
    "wire_request",
]

AsyncBaseTransport = library.AsyncBaseTransport
AsyncByteStream = library.AsyncByteStream
BaseTransport = library.BaseTransport
LibraryError = library.RequestError
Request = library.Request
Response = library.Response
SyncByteStream = library.SyncByteStream
URL = library.URL

PHASES = ("connect", "read", "write", "pool")


# --- Connections ----------------------------------------------------------------------------------


def connect(connection: Connection, base: BaseURL) -> BaseTransport:
    """A pool of connections for threads, which obey `ionq_direct._concurrency.deadline`."""
    with _as_configuration_error():
        transport = library.HTTPTransport(**_pool_arguments(connection, base))
    # The library has no place to say this: its pool would take a backend, its transport does not
    # hand one on. tests/unit/test_transport_deadline.py fails if this stops working.
    pool: Any = transport._pool  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    pool._network_backend = DeadlineBackend(pool._network_backend)  # noqa: SLF001
    return transport


def async_connect(connection: Connection, base: BaseURL) -> AsyncBaseTransport:
    """A pool of connections for tasks."""
    with _as_configuration_error():
        return library.AsyncHTTPTransport(**_pool_arguments(connection, base))


@contextmanager
def _as_configuration_error() -> Generator[None]:
    """What the HTTP library cannot set up is the fault of an option.

    Raises:
        ConfigurationError: An option asks for a package that is not there, or a proxy that is none.
    """
    try:
        yield
    except (ImportError, OSError, ValueError) as error:
        raise ConfigurationError(f"connection: {error}") from None


def _pool_arguments(connection: Connection, base: BaseURL) -> dict[str, Any]:
    if connection.http2 and find_spec("h2") is None:
        raise ConfigurationError("connection.http2: needs a package: pip install h2")
    proxy = _proxy(connection, base)
    # Loading the authorities takes longer than a request: not where there is no TLS.
    plain = base.scheme == "http" and not (proxy or "").startswith("https")
    return {
        "verify": _ssl_context(False if plain else connection.verify, connection),
        "proxy": proxy,
        "http2": connection.http2,
        "limits": library.Limits(
            max_connections=connection.max_connections,
            max_keepalive_connections=connection.max_connections,
            keepalive_expiry=connection.keepalive_expiry,
        ),
    }


def _ssl_context(
    verify: bool | str | os.PathLike[str] | ssl.SSLContext,
    connection: Connection,
) -> ssl.SSLContext:
    if isinstance(verify, str | os.PathLike):
        folder = Path(verify).is_dir()
        try:
            return ssl.create_default_context(
                cafile=None if folder else verify, capath=verify if folder else None
            )
        except OSError as error:  # no such file, or no certificates in it
            told = f"connection.verify: {error} (got {os.fspath(verify)!r})"
            raise ConfigurationError(told) from None
    return library.create_ssl_context(verify=verify, trust_env=connection.trust_env)


def _proxy(connection: Connection, base: BaseURL) -> str | None:
    """The proxy on the way to the one origin there is."""
    if connection.proxy is not None or not connection.trust_env:
        return connection.proxy
    if base.is_loopback or urllib.request.proxy_bypass(base.host):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(base.scheme) or proxies.get("all")
    # The environment may name a host alone.
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


# --- Requests -----------------------------------------------------------------------------------


def wire_request(
    request: Request, secret: Secret | None, timeouts: Timeouts, remaining: float
) -> Request:
    """The request as it goes out: with the key, and with no limit beyond the deadline.

    It is a copy that nobody else gets to see: not the caller, no hook, no error.
    """
    limits = {
        phase: max(min(limit, remaining), 0.001) for phase, limit in _limits(request, timeouts)
    }
    outgoing = library.Request(
        request.method,
        request.url,
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "timeout": limits},
    )
    outgoing.headers["Accept-Encoding"] = ACCEPTED_ENCODINGS
    if secret is not None:  # over any other: the generated client knows no key
        outgoing.headers["Authorization"] = f"apiKey {secret.reveal()}"
    return outgoing


def _limits(request: Request, timeouts: Timeouts) -> list[tuple[str, float]]:
    asked: Mapping[str, float | None] = request.extensions.get("timeout") or {}
    return [(phase, asked.get(phase) or getattr(timeouts, phase)) for phase in PHASES]


def is_repeatable(request: Request) -> bool:
    """Whether the request's body is still there after it was sent."""
    return isinstance(request.stream, library.ByteStream)


def is_redirect(response: Response) -> bool:
    """Whether the answer sends us elsewhere."""
    return response.has_redirect_location


def follow_up(request: Request, response: Response) -> Request | None:
    """The request that follows a redirected GET or HEAD; None when the location is no URL."""
    try:
        url = request.url.join(response.headers["Location"])
    except (library.InvalidURL, ValueError):
        return None
    headers = [item for item in request.headers.multi_items() if item[0] != "host"]
    return library.Request(request.method, url, headers=headers, extensions=request.extensions)


# --- Answers ------------------------------------------------------------------------------------


def set_body(response: Response, body: bytes, *, changed: bool) -> None:
    """Give the response its body, read, and perhaps decoded or cut off, beforehand."""
    response.stream = library.ByteStream(body)
    if changed:
        response.headers.pop("Content-Encoding", None)
        response.headers["Content-Length"] = str(len(body))
    response.read()


def fault_of(error: LibraryError, request: Request, timeouts: Timeouts) -> Fault:
    """Say what an exception of the HTTP library means."""
    for late, phase, kind, what in _LATE:
        if isinstance(error, late):
            limit = dict(_limits(request, timeouts))[phase]
            sent = False if kind is Failure.NOT_SENT else None
            return Fault(kind, f"{what} within {limit:g} s ({phase})", timeout=limit, sent=sent)
    text = str(error) or type(error).__name__
    if isinstance(error, library.ConnectError | library.ProxyError):
        if _is_untrusted(error):
            message = f"the server's certificate is not trusted: {text}"
            return Fault(Failure.HOPELESS, message, sent=False)
        return Fault(Failure.NOT_SENT, f"no connection: {text}", sent=False)
    if isinstance(error, library.UnsupportedProtocol | library.LocalProtocolError):
        # Its text may quote a header.
        return Fault(Failure.HOPELESS, "the request cannot be sent as HTTP")
    return Fault(Failure.LOST, f"the connection broke: {text}")


_LATE = (
    (library.ConnectTimeout, "connect", Failure.NOT_SENT, "no connection"),
    (library.PoolTimeout, "pool", Failure.NOT_SENT, "no free connection"),
    (library.WriteTimeout, "write", Failure.TIMED_OUT, "the request could not be sent"),
    (library.TimeoutException, "read", Failure.TIMED_OUT, "no answer"),
)


def _is_untrusted(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
