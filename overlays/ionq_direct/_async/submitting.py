"""What a client does to submit one job or many.

May import: the generated client, and of this package what has no I/O.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from ionq_api.v0_4.client import AuthenticatedClient
from ionq_direct._async.submission import AsyncSubmitter
from ionq_direct._async.submission_run import AsyncSubmissionRun, OnProgress, async_check_project
from ionq_direct._concurrency import AsyncClock, async_in_thread
from ionq_direct._journal import Entry, Journal
from ionq_direct._outcomes import checked_whole
from ionq_direct._reconciliation import Wanted
from ionq_direct._secret import Secret
from ionq_direct._submission import SubmissionPolicy
from ionq_direct._tags import TagsInUse, check_tag, new_tag
from ionq_direct.errors import InvalidArgument

__all__ = ["AsyncSubmitting"]


class AsyncSubmitting:
    """The submissions of one client.

    Args:
        api: The generated client.
        server: The base URL.
        secret: The API key.
        policy: How hard to try.
        clock: Where time comes from.
        tags: The callers' tags that are in use, by this client and its copies.
    """

    def __init__(
        self,
        api: AuthenticatedClient,
        *,
        server: str,
        secret: Secret,
        policy: SubmissionPolicy,
        clock: AsyncClock,
        tags: TagsInUse,
    ) -> None:
        self._tags = tags
        self._api = api
        self._server = server
        self._secret = secret
        self._policy = policy
        self._clock = clock
        self._submitter = AsyncSubmitter(api, policy, clock)

    async def one(
        self, body: Mapping[str, Any], tag: str | None, *, sent_before: bool
    ) -> tuple[dict[str, Any], str]:
        """Submit a job.

        Returns:
            The job as the server told of it, and its tag.
        """
        if tag is None:
            tag = new_tag(_shots(body))
            return await self._once(body, tag, None), tag
        with self._tags.using(check_tag(tag)):
            settle = self._policy.settle
            earlier = self._submitter.earlier(tag, None, settle) if sent_before else None
            return await self._once(body, tag, earlier), tag

    async def _once(
        self, body: Mapping[str, Any], tag: str, earlier: Wanted | None
    ) -> dict[str, Any]:
        receipt = await self._submitter.submit(body, tag, earlier=earlier)
        if receipt.resent:
            return await self._submitter.without_duplicates(tag, receipt.job)
        return receipt.job

    async def many(
        self,
        bodies: Sequence[Mapping[str, Any]],
        *,
        concurrency: int,
        journal: str | os.PathLike[str] | None,
        on_progress: OnProgress | None,
    ) -> AsyncSubmissionRun:
        """Submit many jobs; the run tells what became of each."""
        concurrency = checked_whole("concurrency", concurrency, least=1)

        def tag_at(position: int) -> str:
            return new_tag(_shots(bodies[position]))

        if journal is None:
            entries = [Entry(place, tag_at(place), body) for place, body in enumerate(bodies)]
            return await self._run(entries, None, concurrency, on_progress)
        book = await async_in_thread(Journal, journal)
        try:
            entries = await async_in_thread(book.plan, bodies, server=self._server, new_tag=tag_at)
            await async_check_project(book, entries, self._secret, self._api)
            return await self._run(entries, book, concurrency, on_progress)
        finally:
            book.close()

    async def find(self, tag: str, patience: float) -> dict[str, Any] | None:
        """The job with a tag, or None."""
        return await self._submitter.find(check_tag(tag), patience)

    async def payload_in(
        self, journal: str | os.PathLike[str], job_id: str
    ) -> dict[str, Any] | None:
        """The payload of a job, from the journal of the run that submitted it."""
        if not await async_in_thread(os.path.exists, journal):
            raise InvalidArgument(name="journal", value=journal, rule="must be there")
        book = await async_in_thread(Journal, journal)
        try:
            return await async_in_thread(book.payload_of, job_id)
        finally:
            book.close()

    async def _run(
        self,
        entries: Sequence[Entry],
        journal: Journal | None,
        concurrency: int,
        on_progress: OnProgress | None,
    ) -> AsyncSubmissionRun:
        run = AsyncSubmissionRun(
            self._submitter,
            entries,
            policy=self._policy,
            clock=self._clock,
            concurrency=concurrency,
            journal=journal,
            on_progress=on_progress,
        )
        await run.run()
        return run


def _shots(body: Mapping[str, Any]) -> int | None:
    shots = body.get("shots")
    return shots if isinstance(shots, int) else None
