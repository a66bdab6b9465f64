"""Where a client may send its key: one origin, told from its base URL.

May import: the standard library and ionq_direct.errors.
"""

from __future__ import annotations

import inspect
import ipaddress
import re
import warnings
from dataclasses import dataclass
from urllib.parse import urlsplit

from ionq_direct._checks import require_text
from ionq_direct.errors import ConfigurationError

__all__ = ["BaseURL", "InsecureTransportWarning"]

_VISIBLE = re.compile(r"[\x21-\x7e]*")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class InsecureTransportWarning(UserWarning):
    """The API key travels where others can read it."""


@dataclass(frozen=True, slots=True)
class BaseURL:
    """A base URL, taken apart.

    Attributes:
        text: The URL, without a slash at the end.
        scheme: `http` or `https`.
        host: In lower case, without the brackets of an IPv6 address.
        port: The default one where the URL has none.
    """

    text: str
    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, url: str) -> BaseURL:
        """Take a base URL apart.

        Raises:
            ConfigurationError: It is no http(s) URL with a host, or it holds a user, a password,
                a query or a fragment.
        """
        require_text("base_url", url)
        if "@" in url:  # first of all, for other messages show the URL
            raise ConfigurationError("base_url: must not hold a user or password")
        if not _VISIBLE.fullmatch(url):
            rule = "must be visible ASCII (a host of another alphabet as xn--...)"
            raise ConfigurationError(f"base_url: {rule} (got {url!r})")
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise ConfigurationError(f"base_url: {error} (got {url!r})") from None
        if parts.scheme not in _DEFAULT_PORTS or not host:
            raise ConfigurationError(
                f"base_url: must start with https:// or http:// and a host (got {url!r})"
            )
        if parts.query or parts.fragment:
            raise ConfigurationError("base_url: must not hold a query or fragment")
        return cls(
            text=url.rstrip("/"),
            scheme=parts.scheme,
            host=host,
            port=port or _DEFAULT_PORTS[parts.scheme],
        )

    @property
    def origin(self) -> str:
        """Scheme, host and port as one text; the default port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        default = self.port == _DEFAULT_PORTS[self.scheme]
        return f"{self.scheme}://{host}" + ("" if default else f":{self.port}")

    @property
    def is_loopback(self) -> bool:
        """Whether the host is this machine."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def warn_if_insecure(self, *, verified: bool) -> None:
        """Warn when the key would travel in the clear, or to a server that is not verified."""
        if self.is_loopback:
            return
        if self.scheme == "http":
            message = f"{self.origin} is plain http: the API key can be read on the way"
        elif not verified:
            message = f"{self.origin} is not verified (verify=False): anyone can pose as it"
        else:
            return
        warnings.warn(message, InsecureTransportWarning, stacklevel=_level_of_the_user())


def _level_of_the_user() -> int:
    """How far up the stack, seen from the caller, the first frame is that is not this package's."""
    package = __name__.partition(".")[0]
    level, frame = 0, inspect.currentframe()
    while frame and frame.f_globals.get("__name__", "").partition(".")[0] == package:
        level, frame = level + 1, frame.f_back
    return level
