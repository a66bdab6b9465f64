"""Clients for tests, over both halves of the library, with the transport beneath.

May import: ionq_direct.
"""

from __future__ import annotations

from typing import Any

from ionq_direct import AsyncIonQ, IonQ, _http
from ionq_direct._async.transport import AsyncTransport
from ionq_direct._origin import BaseURL
from ionq_direct._secret import Secret
from ionq_direct._settings import Options
from ionq_direct._sync.transport import Transport
from ionq_direct._transport_config import TransportConfig

KEY = "a-key-of-the-tests"


def sync_ionq(url: str, **options: Any) -> IonQ:
    ionq = IonQ(KEY, url, **options)
    base, config = configured(url, ionq.options)
    client = _http.new_client(Transport(config), base, {}, ionq.options.timeouts)
    ionq.api.set_httpx_client(client)
    return ionq


def async_ionq(url: str, **options: Any) -> AsyncIonQ:
    ionq = AsyncIonQ(KEY, url, **options)
    base, config = configured(url, ionq.options)
    client = _http.async_new_client(AsyncTransport(config), base, {}, ionq.options.timeouts)
    ionq.api.set_async_httpx_client(client)
    return ionq


def configured(url: str, options: Options) -> tuple[BaseURL, TransportConfig]:
    base = BaseURL.parse(url)
    return base, TransportConfig(
        base=base,
        secret=Secret(KEY),
        timeouts=options.timeouts,
        retry=options.retry,
        throttle=options.throttle,
        connection=options.connection,
    )
