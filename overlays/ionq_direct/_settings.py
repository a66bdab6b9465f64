"""The settings of a client: what the caller says, else the environment, else the default.

May import: errors, options and the other decision modules; the standard library.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from typing import Any, Final, Self

from ionq_direct._checks import (
    require_header,
    require_headers,
    require_instance,
    require_positive,
)
from ionq_direct._origin import BaseURL
from ionq_direct._polling import PollPolicy
from ionq_direct._secret import Secret
from ionq_direct._submission import SubmissionPolicy
from ionq_direct.errors import ConfigurationError
from ionq_direct.hooks import Hooks
from ionq_direct.options import Connection, RetryPolicy, Throttle, Timeouts

__all__ = ["API_KEY_VARIABLE", "API_URL_VARIABLE", "DEFAULT_URL", "Options", "find_key", "find_url"]

API_KEY_VARIABLE: Final = "IONQ_API_KEY"
API_URL_VARIABLE: Final = "IONQ_API_URL"
DEFAULT_URL: Final = "https://api.ionq.co/v0.4"


@dataclass(frozen=True, slots=True)
class Options:
    """Everything about a client but its key and its address.

    Attributes:
        timeout: Limits of one call, in seconds.
        retry: When a request that may be repeated is repeated.
        throttle: Limits that the client puts on itself.
        connection: Certificates, proxy, pool.
        submission: How a submission learns what became of its job.
        poll: How often a job is looked at.
        headers: Sent with every request.
        user_agent: What to add to the `User-Agent`, such as `my-sdk/2.1`.
        validate: Whether payloads are checked before they are sent.
        strict: Whether an answer that deviates from the contract raises `DecodeError`.
        on_deviations: Called with (operation, response) for each answer that deviates.
        record_deviations: File to append deviations to, by operation and place, without values,
            and new fields of open objects: `ionq-direct spec drift` makes patches of it.
        hooks: Functions to call around each attempt of each request.
        transport: Makes the HTTP library's own transport beneath ours: for tests, or to reach an
            application in this process.
    """

    timeout: Timeouts = field(default_factory=Timeouts)
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    throttle: Throttle = field(default_factory=Throttle)
    connection: Connection = field(default_factory=Connection)
    submission: SubmissionPolicy = field(default_factory=SubmissionPolicy)
    poll: PollPolicy = field(default_factory=PollPolicy)
    # A header may be a credential, of a gateway say.
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    user_agent: str | None = None
    validate: bool = True
    strict: bool = False
    on_deviations: Callable[[str, Any], None] | None = None
    record_deviations: str | os.PathLike[str] | None = None
    hooks: Hooks = field(default_factory=Hooks)
    transport: Callable[[], Any] | None = None

    def __post_init__(self) -> None:
        for name, wanted in _KINDS.items():
            require_instance(name, getattr(self, name), wanted)
        object.__setattr__(self, "headers", require_headers("headers", self.headers))
        if self.user_agent is not None:
            require_header("user_agent", self.user_agent)
        for name in ("on_deviations", "transport"):
            function = getattr(self, name)
            if function is not None and not callable(function):
                raise ConfigurationError(f"{name}: must be a function (got {function!r:.80})")

    def changed(self, changes: Mapping[str, Any]) -> Self:
        """A copy with other values; a number of seconds for `timeout` is the total of a call.

        Raises:
            ConfigurationError: There is no such option, or a value is out of range.
        """
        unknown = changes.keys() - {option.name for option in dataclasses.fields(self)}
        if unknown:
            raise ConfigurationError(f"no such option: {', '.join(sorted(unknown))}")
        changes = dict(changes)
        seconds = changes.get("timeout", self.timeout)
        if not isinstance(seconds, Timeouts):
            require_positive("timeout (seconds, or a Timeouts)", seconds)
            changes["timeout"] = dataclasses.replace(self.timeout, total=float(seconds))
        return dataclasses.replace(self, **changes)

    def all_headers(self) -> dict[str, str]:
        """The headers of every request; the key's is not among them.

        Raises:
            ConfigurationError: The caller names the header that carries the key.
        """
        named = {name.lower(): name for name in self.headers}
        if "authorization" in named:
            raise ConfigurationError("headers: the key is given as api_key, not as a header")
        own = f"ionq-direct/{metadata.version('ionq-direct')}"
        agent = f"{own} {self.user_agent}" if self.user_agent else own
        return {"User-Agent": agent, **self.headers}


# What the options are that have a class of their own.
_KINDS: Final[Mapping[str, type]] = {
    "timeout": Timeouts,
    "retry": RetryPolicy,
    "throttle": Throttle,
    "connection": Connection,
    "submission": SubmissionPolicy,
    "poll": PollPolicy,
    "hooks": Hooks,
    "validate": bool,
    "strict": bool,
}


def find_key(given: str | None) -> Secret:
    """The API key: the one given, else the environment's.

    Raises:
        ConfigurationError: There is none, or it cannot stand in a header.
    """
    key = given if given is not None else os.environ.get(API_KEY_VARIABLE, "").strip()
    if not key:
        raise ConfigurationError(
            f"no API key: give IonQ(api_key=...) or set {API_KEY_VARIABLE} "
            "(any key will do for the emulator)"
        )
    return Secret(key)


def find_url(given: str | None) -> BaseURL:
    """The base URL with the version: the one given, else the environment's, else IonQ's cloud.

    Raises:
        ConfigurationError: It is no http(s) URL with a host, or holds more than host and path.
    """
    return BaseURL.parse(
        given if given is not None else os.environ.get(API_URL_VARIABLE) or DEFAULT_URL
    )
