# @generated from openapi/v0.3.yaml: edits are lost
from __future__ import annotations

import ssl
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from attrs import define, evolve, field

from .types import Response

if TYPE_CHECKING:
    import httpx as _http

    HTTPResponse = _http.Response

DEFAULT_TIMEOUT = (10.0, 60.0, 60.0, 60.0)
""" Seconds to connect, read, write, and wait for a pooled connection """

Timeout = float | tuple[float | None, float | None, float | None, float | None] | None
OnAnswer = Callable[[str, Response[Any]], None]


@define
class Client:
    """How to reach the API; shared by all operations, safe to share between threads

    Attributes:
        base_url: Where the API is, with its version.
        raise_on_unexpected_status: Raise errors.UnexpectedStatus on a status that is not documented.
        strict: Raise errors.DecodeError on an answer that deviates from the document.
        on_answer: Called with (operation, response) for each answer.
        on_deviations: Called with (operation, response) for each answer that deviates.
        cookies: Sent with every request.
        headers: Sent with every request.
        timeout: Seconds: one number, or (connect, read, write, pool). None waits for ever.
        verify_ssl: Whether to check certificates: True, False, a CA bundle's path or an SSLContext.
        follow_redirects: Whether to follow redirects.
        httpx_args: Further arguments of the HTTP library's client.
    """

    _base_url: str = field(alias="base_url")
    raise_on_unexpected_status: bool = field(default=False, kw_only=True)
    strict: bool = field(default=False, kw_only=True)
    on_answer: OnAnswer | None = field(default=None, kw_only=True, repr=False)
    on_deviations: OnAnswer | None = field(default=None, kw_only=True, repr=False)
    _cookies: dict[str, str] = field(factory=dict, kw_only=True, alias="cookies", repr=False)
    _headers: dict[str, str] = field(factory=dict, kw_only=True, alias="headers", repr=False)
    _timeout: Timeout = field(default=DEFAULT_TIMEOUT, kw_only=True, alias="timeout")
    _verify_ssl: str | bool | ssl.SSLContext = field(
        default=True, kw_only=True, alias="verify_ssl", repr=False
    )
    _follow_redirects: bool = field(default=False, kw_only=True, alias="follow_redirects")
    _httpx_args: dict[str, Any] = field(factory=dict, kw_only=True, alias="httpx_args", repr=False)
    _client: _http.Client | None = field(default=None, init=False, repr=False, eq=False)
    _async_client: _http.AsyncClient | None = field(default=None, init=False, repr=False, eq=False)

    def with_headers(self, headers: dict[str, str]) -> Self:
        """A client like this one with further headers and connections of its own"""
        return evolve(self, headers={**self._headers, **headers})

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """A client like this one with further cookies and connections of its own"""
        return evolve(self, cookies={**self._cookies, **cookies})

    def with_timeout(self, timeout: Timeout) -> Self:
        """A client like this one with another timeout (seconds) and connections of its own"""
        return evolve(self, timeout=timeout)

    def _arguments(self) -> dict[str, Any]:
        return {
            "base_url": self._base_url,
            "cookies": self._cookies,
            "headers": self._headers,
            "timeout": self._timeout,
            "verify": self._verify_ssl,
            "follow_redirects": self._follow_redirects,
            **self._httpx_args,
        }

    def set_httpx_client(self, client: _http.Client) -> Self:
        """Use this HTTP client; its own settings hold, those of this object no longer do"""
        self._client = client
        return self

    def get_httpx_client(self) -> _http.Client:
        """The HTTP client for sync calls, made on first use"""
        if self._client is None:
            import httpx as _http

            self._client = _http.Client(**self._arguments())
        return self._client

    def set_async_httpx_client(self, async_client: _http.AsyncClient) -> Self:
        """Use this HTTP client; its own settings hold, those of this object no longer do"""
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> _http.AsyncClient:
        """The HTTP client for async calls, made on first use"""
        if self._async_client is None:
            import httpx as _http

            self._async_client = _http.AsyncClient(**self._arguments())
        return self._async_client

    def __enter__(self) -> Self:
        self.get_httpx_client().__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.get_httpx_client().__exit__(kind, error, traceback)

    async def __aenter__(self) -> Self:
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.get_async_httpx_client().__aexit__(kind, error, traceback)

    def __reduce__(self) -> str:
        raise TypeError(
            "a client holds connections and may hold a key: it is not pickled or copied"
        )


@define
class AuthenticatedClient(Client):
    """A client that sends a key with every request

    Attributes:
        token: The key. It appears in no repr.
        prefix: What stands before the key in the header.
        auth_header_name: The header that carries the key.
    """

    token: str = field(repr=False)
    prefix: str = "Bearer"
    auth_header_name: str = "Authorization"

    def _arguments(self) -> dict[str, Any]:
        key = f"{self.prefix} {self.token}" if self.prefix else self.token
        arguments = super()._arguments()
        return {**arguments, "headers": {**self._headers, self.auth_header_name: key}}
