"""Fetch the results of completed jobs. May import: the rest of _async, and what has no I/O."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from ionq_api.v0_4.client import AuthenticatedClient
from ionq_direct._async.raw import async_get_raw
from ionq_direct._concurrency import async_in_thread, async_run_many
from ionq_direct._json import loads
from ionq_direct._result_bodies import (
    ReadShots,
    ReadWeights,
    Register,
    read_aggregated,
    read_shots,
    read_weights,
)
from ionq_direct._result_places import (
    Place,
    aggregate_places,
    job_records_place,
    named_values,
    places,
    register_places,
    variants_of,
)
from ionq_direct._result_request import (
    Subject,
    Wanted,
    check_is_no_dry_run,
    children_of,
    new_result,
    no_results,
    shots_of_register,
    subject_of_variant,
)
from ionq_direct._shapes import list_or_none, object_or_none, objects_in
from ionq_direct._shot_list import ShotList
from ionq_direct.errors import APIError, InvalidDistribution, NoResults
from ionq_direct.results import MultiResult, Result

__all__ = ["AsyncResultReader"]

T = TypeVar("T")

_log = logging.getLogger("ionq_direct.results")

_AT_ONCE = 8
_PAGE = 25
# A place that answers so is not the place; another may be.
_ELSEWHERE = frozenset({400, 403, 404, 410})
_LARGE = 1 << 20  # bytes that take an event loop too long to read


class AsyncResultReader:
    """Reads results of jobs that have completed.

    Args:
        api: The generated client.
    """

    def __init__(self, api: AuthenticatedClient) -> None:
        self._api = api
        self._base = str(api.get_async_httpx_client().base_url)

    async def result(
        self, subject: Subject, wanted: Wanted, *, known: Mapping[str, float] | None = None
    ) -> Result:
        """The result of one circuit.

        Args:
            subject: The job, or part of one.
            wanted: What is asked for.
            known: Its probabilities, if they came with those of other parts.

        Raises:
            NoResults: It has none of that kind.
            InvalidDistribution: The server sent something else.
            APIError: The result could not be had.
        """
        values = named_values(subject.data.get("results"))
        if values is not None:
            shots = subject.shots if wanted.shots is None else wanted.shots
            return Result(
                None,
                job_id=subject.id,
                qubits=wanted.qubits or subject.qubits or 0,
                shots=shots,
                name=subject.name,
                raw=dict(values),
            )
        check_is_no_dry_run(subject.data)
        registers: Mapping[str, Register] = {}
        if known is not None:
            read = ReadWeights(known)
        else:
            read = await self._weights(subject, wanted)
            registers = read.registers or await self._registers(subject, wanted)
        by_shot = await self._shots(subject) if wanted.memory else None
        return new_result(subject, wanted, read, registers=registers, by_shot=by_shot)

    async def multi(self, parent: Subject, wanted: Wanted) -> MultiResult:
        """The results of a multi-circuit job's parts, in the order of its circuits.

        Args:
            parent: The job.
            wanted: What is asked for, of each part.

        Raises:
            NoResults: It, or a part of it, has none of that kind.
            InvalidDistribution: The server sent something else.
            APIError: A result could not be had.
        """
        check_is_no_dry_run(parent.data)
        together = wanted.source == "probabilities" and not wanted.params
        parts: Mapping[str, Mapping[str, float]] = {}
        if together:
            parts = await self._aggregated(parent)
        ids = _in_order(parent, parts)
        records = {} if parent.circuits else await self._records(ids)

        async def read(child: Subject) -> Result:
            return await self.result(child, wanted, known=parts.get(child.id))

        children = children_of(parent, ids, records)
        return MultiResult(await async_run_many(read, children, limit=_AT_ONCE), job_id=parent.id)

    async def variants(self, subject: Subject, wanted: Wanted) -> list[Result]:
        """The results of a debiased job's variants, in the server's order; none: an empty list.

        Args:
            subject: The job.
            wanted: What is asked for, of each variant.

        Raises:
            NoResults: A variant has none of that kind.
            InvalidDistribution: The server sent something else.
            APIError: A result could not be had.
        """
        check_is_no_dry_run(subject.data)

        async def read(variant: Subject) -> Result:
            return await self.result(variant, wanted)

        found = [subject_of_variant(subject, told) for told in variants_of(subject.data)]
        return await async_run_many(read, found, limit=_AT_ONCE)

    async def shots_list(self, subject: Subject, register: str | None) -> ShotList:
        """The outcomes shot by shot.

        Args:
            subject: The job.
            register: A register's name; None: all qubits.

        Raises:
            NoResults: It has none.
            InvalidDistribution: The server sent something else.
            APIError: They could not be had.
        """
        check_is_no_dry_run(subject.data)
        return shots_of_register(subject.id, await self._shots(subject), register)

    # --- Kinds of results ---

    async def _weights(self, subject: Subject, wanted: Wanted) -> ReadWeights:
        found = places(
            subject.data,
            wanted.source,
            base=self._base,
            params=wanted.params,
            variant=subject.variant,
        )
        body = await self._first(subject, wanted.source, found)
        return await _read(read_weights, body, f"{wanted.source} of job {subject.id}")

    async def _registers(self, subject: Subject, wanted: Wanted) -> Mapping[str, Register]:
        """What a job tells by register beside the flat form, if it does. It can do without."""
        found = register_places(subject.data, wanted.source)
        if not found or wanted.params or subject.variant:
            return {}
        try:
            return read_weights(await self._first(subject, "registers", found)).registers
        except (APIError, NoResults, InvalidDistribution) as error:
            _log.warning("job %s: its registers cannot be read: %s", subject.id, error)
            return {}

    async def _shots(self, subject: Subject) -> ReadShots:
        found = places(subject.data, "shots", base=self._base, params={}, variant=subject.variant)
        body = await self._first(subject, "shots", found)

        def read(body: bytes) -> ReadShots:
            return read_shots(body, subject.qubits)

        return await _read(read, body, f"shots of job {subject.id}")

    async def _aggregated(self, parent: Subject) -> Mapping[str, Mapping[str, float]]:
        """The probabilities of all parts in one answer, if the server gives it."""
        found = aggregate_places(parent.data, base=self._base)
        try:
            body = await self._first(parent, "aggregated probabilities", found)
        except NoResults:
            return {}
        return await _read(read_aggregated, body, f"probabilities of the parts of job {parent.id}")

    async def _records(self, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """The JSON of parts, for their names and widths; as far as it tells of these."""
        pages = [list(ids[start : start + _PAGE]) for start in range(0, len(ids), _PAGE)]
        records: dict[str, Mapping[str, Any]] = {}
        try:
            first = await self._record_page(pages[0])
            if not any(_tells(record) for record in first):
                return {}
            rest = await async_run_many(self._record_page, pages[1:], limit=_AT_ONCE)
        except APIError as error:
            _log.warning("the parts of a multi-circuit job cannot be listed: %s", error)
            return {}
        for page in [first, *rest]:
            records.update((str(record.get("id")), record) for record in page)
        return records

    async def _record_page(self, ids: list[str]) -> list[Mapping[str, Any]]:
        place = job_records_place(ids)
        answer = await async_get_raw(self._api, place.url, place.params)
        return objects_in((object_or_none(_json(answer.body)) or {}).get("jobs"))

    async def _first(self, subject: Subject, kind: str, found: Sequence[Place]) -> bytes:
        """The body from the first place that has it."""
        refusal: APIError | None = None
        for place in found:
            try:
                return (await async_get_raw(self._api, place.url, place.params)).body
            except APIError as error:
                if error.status not in _ELSEWHERE:
                    raise
                refusal = refusal or error
        if refusal is not None and refusal.status not in (404, 410):
            raise refusal
        raise no_results(subject.data, kind) from refusal


async def _read(reader: Callable[[bytes], T], body: bytes, what: str) -> T:
    """Read a body; a large one where no event loop has to wait for it."""
    try:
        return reader(body) if len(body) < _LARGE else await async_in_thread(reader, body)
    except InvalidDistribution as error:
        error.add_note(f"in the {what}")
        raise


def _in_order(parent: Subject, parts: Mapping[str, Any]) -> list[str]:
    """The ids of all parts, in the order of the circuits.

    Raises:
        NoResults: There are none.
    """
    listed = list_or_none(parent.data.get("child_job_ids")) or []
    ids = [str(child) for child in listed] or list(parts)
    unlisted = list(parts.keys() - set(ids))
    if unlisted:
        _log.warning("job %s: %d results are of parts it does not list", parent.id, len(unlisted))
    if not ids:
        raise no_results(parent.data, "parts")
    return ids + unlisted


def _tells(record: Mapping[str, Any]) -> bool:
    stats = object_or_none(record.get("stats")) or {}
    return bool(record.get("name") or stats.get("qubits"))


def _json(body: bytes) -> object:
    try:
        return loads(body)
    except ValueError:
        return None
