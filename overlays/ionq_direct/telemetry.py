"""OpenTelemetry spans for the requests of a client (extra `otel`).

May import: the standard library, ionq_direct.errors, _transport_config; opentelemetry on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ionq_direct._transport_config import ATTEMPTS
from ionq_direct.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["instrument", "uninstrument"]

SPAN_ATTRIBUTE = "ionq.attempts"
"""Attribute of a span: how often its request was sent."""


def instrument(client: Any, *, tracer_provider: Any = None, meter_provider: Any = None) -> None:
    """Give every call of a client a span, made by opentelemetry-instrumentation-httpx.

    One span covers one call with all its attempts, the waits between them included; its attribute
    `ionq.attempts` tells how many there were. The trace context goes out with the request. The
    key does not get into a span, not even when the instrumentation is told to capture the
    Authorization header: it is added beneath.

    Args:
        client: An `IonQ`, an `AsyncIonQ`, or the generated client that their `api` is.
        tracer_provider: OpenTelemetry's TracerProvider; the global one when None.
        meter_provider: OpenTelemetry's MeterProvider; the global one when None.

    Raises:
        ConfigurationError: The instrumentation is not installed, or the client is none.
    """
    instrumentor = _instrumentor()
    for http_client, response_hook in _http_clients(client):
        instrumentor.instrument_client(
            http_client,
            tracer_provider=tracer_provider,
            meter_provider=meter_provider,
            response_hook=response_hook,
        )


def uninstrument(client: Any) -> None:
    """Undo `instrument`.

    Args:
        client: What `instrument` was given.

    Raises:
        ConfigurationError: As with `instrument`.
    """
    instrumentor = _instrumentor()
    for http_client, _ in _http_clients(client):
        instrumentor.uninstrument_client(http_client)


def _instrumentor() -> Any:
    try:
        from opentelemetry.instrumentation.httpx import (  # noqa: PLC0415 - an extra
            HTTPXClientInstrumentor,
        )
    except ImportError:
        raise ConfigurationError(
            "OpenTelemetry is not installed: pip install 'ionq-direct[otel]'"
        ) from None
    return HTTPXClientInstrumentor


def _http_clients(client: Any) -> Iterator[tuple[Any, Any]]:
    """The HTTP library's clients beneath, each with the hook of its kind."""
    api = getattr(client, "api", client)
    try:
        pairs = [
            (api.get_httpx_client(), _note_attempts),
            (api.get_async_httpx_client(), _async_note_attempts),
        ]
    except AttributeError:
        raise ConfigurationError(
            f"client: must be an IonQ, an AsyncIonQ or their api (got {type(client).__name__})"
        ) from None
    yield from pairs


def _note_attempts(span: Any, _request: Any, response: Any) -> None:
    extensions: Mapping[str, object] = response.extensions
    attempts = extensions.get(ATTEMPTS)
    if isinstance(attempts, int):
        span.set_attribute(SPAN_ATTRIBUTE, attempts)


async def _async_note_attempts(span: Any, request: Any, response: Any) -> None:
    _note_attempts(span, request, response)
