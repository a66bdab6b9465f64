# Generated from overlays/ionq_direct/_async/client.py by scripts.sync_from_async. Do not edit.
"""IonQ: the library's front door. May import: everything of this package."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final, Self

from ionq_api.v0_4.api.whoami import get_whoami
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.types import Response
from ionq_direct._answers import checked, raise_if_deviating
from ionq_direct._concurrency import Clock
from ionq_direct._settings import Options, find_key, find_url
from ionq_direct._sync.job import Job
from ionq_direct._sync.submission import Submitter
from ionq_direct._sync.transport import Transport
from ionq_direct._tags import check_tag, new_tag
from ionq_direct._transport_config import TransportConfig
from ionq_direct.errors import ConfigurationError

__all__ = ["IonQ"]

# The generated client wants a token; the transport sets the header, and is all that has the key.
_NO_TOKEN: Final = "added-by-the-transport"  # noqa: S105  not a password


class IonQ:
    """A client of IonQ's quantum cloud.

    Safe to share between threads and tasks. Use it as a context manager, or close it.

    Args:
        api_key: The API key; by default the environment's `IONQ_API_KEY`.
        base_url: Where the API is, with its version; by default `IONQ_API_URL`, else IonQ's cloud.
        options: Timeouts (s), retries and the like.
        clock: Where time comes from; tests replace it.
        changes: Single options by name, such as `timeout=30` (s, the whole of a call),
            `retry=RetryPolicy(...)`, `headers={...}`, `user_agent="my-sdk/2.1"`, `strict=True`:
            see `Options`.

    Attributes:
        api: The generated client, configured: `get_job.asyncio(id, client=ionq.api)`.
        options: The options in force.

    Raises:
        ConfigurationError: There is no key, or an option is out of range.
    """

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        options: Options | None = None,
        clock: Clock | None = None,
        **changes: Any,
    ) -> None:
        self.clock = clock or Clock()
        self._base = find_url(base_url)
        self._secret = find_key(api_key)
        self._take((options or Options()).changed(changes), None)

    def _take(self, options: Options, sibling: Transport | None) -> None:
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
            Transport(config, clock=self.clock, connector=options.transport)
            if sibling is None
            else sibling.sibling(config)
        )
        limits = options.timeout
        self.api = AuthenticatedClient(
            self.base_url,
            token=_NO_TOKEN,
            headers=self.options.all_headers(),
            timeout=(limits.connect, limits.read, limits.write, limits.pool),
            on_deviations=self._on_deviations,
            # What the environment says of proxies and certificates is the transport's business.
            httpx_args={"transport": self._transport, "trust_env": False},
        )
        self._submitter = Submitter(self.api, self.options.submission, self.clock)

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
                `user_agent`, `validate`, `strict`, `on_deviations`, `hooks`.

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

    def submit(self, payload: Any, *, tag: str | None = None) -> Job:
        """Submit a job once and only once, whatever the network does.

        Args:
            payload: The job: a dict, or a model of the generated client.
            tag: Your own name for this submission. If the server has a job with this tag, that
                job is returned and nothing is sent.

        Returns:
            The job, just submitted.

        Raises:
            InvalidJob: The payload breaks a rule of IonQ's; nothing was sent.
            APIError: The server refused the job.
            SubmissionUnknown: It cannot be told whether the server has the job; settle it with
                `find_submission(error.tag)`.
        """
        body: Mapping[str, Any] = payload.to_dict() if hasattr(payload, "to_dict") else payload
        shots = body.get("shots")
        own = new_tag(shots if isinstance(shots, int) else None)
        receipt = self._submitter.submit(
            body, check_tag(tag) if tag else own, may_be_there=tag is not None
        )
        return Job(self, receipt, payload=body)

    def find_submission(self, tag: str) -> Job | None:
        """The job that a submission made, or None if there is none.

        Args:
            tag: The submission's tag, from `SubmissionUnknown.tag` or your own.
        """
        found = self._submitter.find(check_tag(tag))
        return Job(self, found) if found else None

    def job(self, job_id: str) -> Job:
        """A job by its id.

        Raises:
            NotFound: There is none, or it belongs to another project.
        """
        return Job(self, {"id": job_id}).refresh()

    def whoami(self) -> dict[str, Any]:
        """The key in use: `key_id`, `key_name`, and `project_id` if it has one.

        Raises:
            Unauthorized: The key is not known.
        """
        response = get_whoami.sync_detailed(client=self.api)
        return checked(response, method="GET", path="/whoami").to_dict()

    def close(self) -> None:
        """Close the connections. The client can be used again: it opens new ones."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"IonQ(base_url={self.base_url!r})"

    def __getstate__(self) -> dict[str, Any]:
        raise TypeError("a client holds a key and connections: make one in each process")
