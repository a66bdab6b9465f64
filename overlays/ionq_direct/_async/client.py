"""AsyncIonQ: the library's front door. May import: everything of this package."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from ionq_api.v0_4.api.whoami import get_whoami
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_direct._answers import checked
from ionq_direct._async.job import AsyncJob
from ionq_direct._async.submission import AsyncSubmitter
from ionq_direct._concurrency import AsyncClock
from ionq_direct._settings import Options, find_key, find_url
from ionq_direct._tags import check_tag, new_tag

__all__ = ["AsyncIonQ"]


class AsyncIonQ:
    """A client of IonQ's quantum cloud.

    Args:
        api_key: The API key; by default the environment's `IONQ_API_KEY`.
        base_url: Where the API is, with its version; by default `IONQ_API_URL`, else IonQ's cloud.
        options: Timeouts, retries and the like; single ones can be given by name instead.

    Raises:
        ConfigurationError: There is no key, or an option is out of range.
    """

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        options: Options | None = None,
        clock: AsyncClock | None = None,
        **changes: Any,
    ) -> None:
        self.options = dataclasses.replace(options or Options(), **changes)
        self.clock = clock or AsyncClock()
        self._key = find_key(api_key)
        self.base_url = find_url(base_url)
        self.api = AuthenticatedClient(
            self.base_url,
            token=self._key,
            prefix="apiKey",
            headers=dict(self.options.headers),
            strict=self.options.strict,
        )
        self._submitter = AsyncSubmitter(self.api, self.options.submission, self.clock)

    async def submit(self, payload: Any, *, tag: str | None = None) -> AsyncJob:
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
        receipt = await self._submitter.submit(
            body, check_tag(tag) if tag else own, may_be_there=tag is not None
        )
        return AsyncJob(self, receipt, payload=body)

    async def find_submission(self, tag: str) -> AsyncJob | None:
        """The job that a submission made, or None if there is none.

        Args:
            tag: The submission's tag, from `SubmissionUnknown.tag` or your own.
        """
        found = await self._submitter.find(check_tag(tag))
        return AsyncJob(self, found) if found else None

    async def job(self, job_id: str) -> AsyncJob:
        """A job by its id.

        Raises:
            NotFound: There is none, or it belongs to another project.
        """
        return await AsyncJob(self, {"id": job_id}).refresh()

    async def whoami(self) -> dict[str, Any]:
        """The key in use: `key_id`, `key_name`, and `project_id` if it has one.

        Raises:
            Unauthorized: The key is not known.
        """
        response = await get_whoami.asyncio_detailed(client=self.api)
        return checked(response, method="GET", path="/whoami").to_dict()

    async def aclose(self) -> None:
        """Close all connections."""
        await self.api.get_async_httpx_client().aclose()

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
        return f"AsyncIonQ(base_url={self.base_url!r})"
