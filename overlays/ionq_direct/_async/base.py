"""What a client is before it does anything: settings, connections, copies, and its end.

May import: the generated client and the rest of _async but `client`.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any, Final, Self
from weakref import WeakValueDictionary

from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.types import Response
from ionq_direct._answers import raise_if_deviating
from ionq_direct._async.job import AsyncJob
from ionq_direct._async.submitting import AsyncSubmitting
from ionq_direct._async.transport import AsyncTransport
from ionq_direct._concurrency import AsyncClock
from ionq_direct._deviations import recorder_for
from ionq_direct._settings import Options, find_key, find_url
from ionq_direct._tags import TagsInUse
from ionq_direct._transport_config import TransportConfig
from ionq_direct.errors import ConfigurationError

__all__ = ["AsyncClientBase"]

# The generated client wants a token; the transport sets the header, and is all that has the key.
_NO_TOKEN: Final = "added-by-the-transport"  # noqa: S105  not a password


class AsyncClientBase:
    """A client, set up: `AsyncIonQ` says what it is given, and what can be done with it."""

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        options: Options | None = None,
        clock: AsyncClock | None = None,
        **changes: Any,
    ) -> None:
        self.clock = clock or AsyncClock()
        self._base = find_url(base_url)
        self._secret = find_key(api_key)
        self._submitted: WeakValueDictionary[str, AsyncJob] = WeakValueDictionary()
        self._tags = TagsInUse()
        self._take((options or Options()).changed(changes), None)

    def _take(self, options: Options, sibling: AsyncTransport | None) -> None:
        """Behave as the options say, over the connections of a sibling or of one's own."""
        config = TransportConfig(
            base=self._base,
            secret=self._secret,
            timeouts=options.timeout,
            retry=options.retry,
            throttle=options.throttle,
            connection=options.connection,
            hooks=options.hooks,
        )
        self.options = options
        self._transport = (
            AsyncTransport(config, clock=self.clock, connector=options.transport)
            if sibling is None
            else sibling.sibling(config)
        )
        limits = options.timeout
        self.api = AuthenticatedClient(
            self.base_url,
            token=_NO_TOKEN,
            headers=self.options.all_headers(),
            timeout=(limits.connect, limits.read, limits.write, limits.pool),
            on_answer=recorder_for(options.record_deviations),
            on_deviations=self._on_deviations,
            # What the environment says of proxies and certificates is the transport's business.
            httpx_args={"transport": self._transport, "trust_env": False},
        )
        self._submitting = AsyncSubmitting(
            self.api,
            server=self.base_url,
            secret=self._secret,
            policy=options.submission,
            clock=self.clock,
            tags=self._tags,
        )

    def _on_deviations(self, operation: str, response: Response[Any]) -> None:
        if self.options.on_deviations is not None:
            self.options.on_deviations(operation, response)
        if self.options.strict:
            raise_if_deviating(operation, response)

    @property
    def base_url(self) -> str:
        """Where the API is, with its version, without a slash at the end."""
        return self._base.text

    def with_options(self, **changes: Any) -> Self:
        """A client with other options, over the same connections; this one stays as it is.

        Closing the copy leaves the connections open: they are closed with the original.

        Args:
            changes: Options by name: `timeout`, `retry`, `submission`, `poll`, `headers`,
                `user_agent`, `validate`, `strict`, `on_deviations`,
                `record_deviations`, `hooks`.

        Raises:
            ConfigurationError: There is no such option, it is out of range, or it belongs to the
                connections (`connection`, `throttle`, `transport`), which are shared.
        """
        shared = changes.keys() & {"connection", "throttle", "transport"}
        if shared:
            raise ConfigurationError(
                f"{', '.join(sorted(shared))}: belongs to the connections, which a copy shares; "
                "make a new client"
            )
        copied = object.__new__(type(self))
        vars(copied).update(vars(self))
        copied._take(self.options.changed(changes), self._transport)
        return copied

    async def aclose(self) -> None:
        """Close the connections. The client can be used again: it opens new ones."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.base_url!r})"

    def __getstate__(self) -> dict[str, Any]:
        raise TypeError("a client holds a key and connections: make one in each process")
