"""The settings of a client: what the caller says, else the environment, else the default.

May import: errors, options and the other decision modules; the standard library.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from ionq_direct._polling import PollPolicy
from ionq_direct._submission import SubmissionPolicy
from ionq_direct.errors import ConfigurationError
from ionq_direct.options import Connection, RetryPolicy, Throttle, Timeouts

__all__ = [
    "API_KEY_VARIABLE",
    "API_URL_VARIABLE",
    "DEFAULT_URL",
    "Options",
    "changed",
    "find_key",
    "find_url",
]

API_KEY_VARIABLE: Final = "IONQ_API_KEY"
API_URL_VARIABLE: Final = "IONQ_API_URL"
DEFAULT_URL: Final = "https://api.ionq.co/v0.4"


@dataclass(frozen=True, slots=True)
class Options:
    """Everything about a client but its key and its address.

    Attributes:
        timeouts: Limits of one call, in seconds.
        retry: When a request that may be repeated is repeated.
        throttle: Limits that the client puts on itself.
        connection: Certificates, proxy, pool.
        submission: How a submission learns what became of its job.
        poll: How often a job is looked at.
        headers: Sent with every request.
        user_agent: What to add to the `User-Agent`, such as `my-sdk/2.1`.
        validate: Whether payloads are checked before they are sent.
        strict: Whether an answer that deviates from the contract raises `DecodeError`.
    """

    timeouts: Timeouts = field(default_factory=Timeouts)
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    throttle: Throttle = field(default_factory=Throttle)
    connection: Connection = field(default_factory=Connection)
    submission: SubmissionPolicy = field(default_factory=SubmissionPolicy)
    poll: PollPolicy = field(default_factory=PollPolicy)
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    user_agent: str | None = None
    validate: bool = True
    strict: bool = False


def changed(options: Options, changes: Mapping[str, Any]) -> Options:
    """Options like these but for some; what is handed in stays the caller's own.

    Raises:
        ConfigurationError: There is no such option, or its value is out of range.
    """
    names = [option.name for option in fields(Options)]
    unknown = next((name for name in changes if name not in names), None)
    if unknown is not None:
        raise ConfigurationError(f"{unknown}: there is no such option; there are {', '.join(names)}")
    made = replace(options, **changes)
    return replace(made, headers=MappingProxyType(dict(made.headers)))


def find_key(given: str | None) -> str:
    """The API key: the one given, else the environment's.

    Raises:
        ConfigurationError: There is none, or it cannot stand in a header.
    """
    key = given if given is not None else os.environ.get(API_KEY_VARIABLE, "")
    key = key.strip()
    if not key:
        raise ConfigurationError(
            f"no API key: give IonQ(api_key=...) or set {API_KEY_VARIABLE} "
            "(any key will do for the emulator)"
        )
    if not key.isascii() or not key.isprintable() or " " in key:
        # The value is not shown: it is a secret, if a damaged one.
        raise ConfigurationError("the API key holds blanks or signs that no header can carry")
    return key


def find_url(given: str | None) -> str:
    """The base URL with the version, without a slash at the end.

    Raises:
        ConfigurationError: It is not http(s)://host[:port]/path.
    """
    url = given if given is not None else os.environ.get(API_URL_VARIABLE) or DEFAULT_URL
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(f"base_url: must be http(s)://host/version (got {url!r})")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigurationError("base_url: must hold no user, password, query or fragment")
    return url.rstrip("/")
