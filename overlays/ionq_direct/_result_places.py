"""Where the results of a job are: what its JSON says, and the paths that are known. No I/O.

A job lists its results as pointers (`{"url": ...}`), as artifacts (`{"id", "format",
"media_type"}`), or both. May import: the generated client, errors, the checks of paths and origins.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import urljoin, urlsplit

from ionq_api.v0_4.api.jobs import get_jobs
from ionq_api.v0_4.api.results import (
    get_job_aggregated_probabilities,
    get_job_artifact,
    get_job_histogram,
    get_job_probabilities,
    get_job_shots,
    get_variant_histogram,
    get_variant_probabilities,
    get_variant_shots,
)
from ionq_direct._origin import BaseURL
from ionq_direct._paths import check_path
from ionq_direct._shapes import list_or_none, object_or_none, objects_in
from ionq_direct.errors import ConfigurationError, InvalidArgument

__all__ = [
    "Kind",
    "Place",
    "Source",
    "Variant",
    "aggregate_places",
    "is_multi_circuit",
    "job_records_place",
    "named_values",
    "place_of",
    "places",
    "register_places",
    "same_origin_url",
    "variants_of",
]

_log = logging.getLogger("ionq_direct.results")

Source: TypeAlias = Literal["probabilities", "histogram"]
Kind: TypeAlias = Literal["probabilities", "histogram", "shots"]

_OPERATIONS: Final[Mapping[Kind, tuple[ModuleType, ModuleType]]] = {
    "probabilities": (get_job_probabilities, get_variant_probabilities),
    "histogram": (get_job_histogram, get_variant_histogram),
    "shots": (get_job_shots, get_variant_shots),
}
_AGGREGATE: Final = "probabilities-aggregate"
_MULTI_CIRCUIT: Final = "ionq.multi-circuit.v1"
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_VERSION = re.compile(r"v[0-9]+(\.[0-9]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where to send a GET.

    Attributes:
        url: A path below the base URL, or a whole URL of the same origin.
        params: Query parameters.
    """

    url: str
    params: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant of a debiased job, as the job's `output` tells of it.

    Attributes:
        id: Its id.
        qubit_map: Physical qubit of each qubit of the circuit; None where it is not told.
        shots: Shots that it ran; None where they are not told.
        results: Where its results are, as a job's `results`; often empty.
    """

    id: str
    qubit_map: list[int] | None
    shots: int | None
    results: Mapping[str, Any]


# --- What a job's JSON tells ----------------------------------------------------------------------


def is_multi_circuit(job: Mapping[str, Any]) -> bool:
    """Whether a job has parts with results of their own."""
    kind = job.get("type")
    return kind == _MULTI_CIRCUIT if kind else bool(job.get("child_job_ids"))


def named_values(results: object) -> Mapping[str, Any] | None:
    """The results themselves, where `results` holds them instead of places to fetch them from.

    Quantum functions tell `value` and `variance`, QAOA jobs `qaoa_results` (IonQ API, October 2026
    document); whatever comes next will look different again.
    """
    told = object_or_none(results)
    if not told or any(_is_place(object_or_none(entry) or {}) for entry in told.values()):
        return None
    return told


def variants_of(job: Mapping[str, Any]) -> list[Variant]:
    """The variants of a debiased job, in the server's order; none where it tells of none."""
    debiasing = object_or_none(_mitigation(job).get("debiasing")) or {}
    return [
        Variant(
            id=str(told["variant_id"]),
            qubit_map=_integers(told.get("qubit_map")),
            shots=told["shots"] if type(told.get("shots")) is int else None,
            results=object_or_none(told.get("results")) or {},
        )
        for told in objects_in(debiasing.get("variants"))
        if told.get("variant_id")
    ]


def _mitigation(job: Mapping[str, Any]) -> Mapping[str, Any]:
    output = object_or_none(job.get("output")) or {}
    return object_or_none(output.get("error_mitigation")) or {}


def _is_place(entry: Mapping[str, Any]) -> bool:
    return "url" in entry or ("format" in entry and "id" in entry)


def _integers(value: object) -> list[int] | None:
    listed = list_or_none(value)
    return listed if listed and all(type(item) is int for item in listed) else None


# --- Places, best first ---------------------------------------------------------------------------


def places(
    job: Mapping[str, Any],
    kind: Kind,
    *,
    base: str,
    params: Mapping[str, Any],
    variant: Variant | None = None,
) -> list[Place]:
    """Where one kind of result of a job, or of one variant of it, may be; best first.

    Version 1 goes first for distributions, and version 2 for shots, since only it tells what
    leaked. A known path goes before an artifact: ids of artifacts such as `probabilities` are
    names that the path of artifacts may not serve.

    Args:
        job: The job's JSON; `id` at least.
        kind: Which result.
        base: The base URL.
        params: Query parameters: `sharpen` or `aggregation`. An artifact is a file and knows none.
        variant: One of `variants_of(job)`.
    """
    job_id = str(job["id"])
    results = object_or_none(variant.results if variant else job.get("results")) or {}
    of_job, of_variant = _OPERATIONS[kind]
    known = place_of(of_variant, job_id, variant.id) if variant else place_of(of_job, job_id)
    first = _pointed_or_known(results.get(kind), Place(known.url, params), base)
    if aggregation := params.get("aggregation"):
        # What the job tells beats a parameter that no document names and a server may overlook.
        told = object_or_none(_mitigation(job).get("aggregations")) or {}
        return [*_artifacts(job_id, told.get(aggregation), kind, (1, 2)), *first]
    if params:
        return first
    if kind == "shots":
        newer, older = (_artifacts(job_id, results, kind, (version,)) for version in (2, 1))
        return [*newer, *first, *older]
    return [*first, *_artifacts(job_id, results, kind, (1, 2))]


def register_places(job: Mapping[str, Any], kind: Kind) -> list[Place]:
    """Where a job tells the same by register: artifacts of version 2."""
    return list(_artifacts(str(job["id"]), job.get("results"), kind, (2,)))


def aggregate_places(job: Mapping[str, Any], *, base: str) -> list[Place]:
    """Where the probabilities of all parts of a multi-circuit job may be; best first.

    For the ways to combine variants no parameter is known here; each part has its own path.
    """
    job_id = str(job["id"])
    results = object_or_none(job.get("results")) or {}
    known = place_of(get_job_aggregated_probabilities, job_id)
    first = _pointed_or_known(results.get("probabilities"), known, base)
    return [*first, *_artifacts(job_id, results, _AGGREGATE, (1,))]


def job_records_place(ids: list[str]) -> Place:
    """Where the JSON of up to 25 jobs (a page, facts of the API) is had at once."""
    return place_of(get_jobs, ids=ids, limit=len(ids))


def place_of(operation: ModuleType, *arguments: str, **query: Any) -> Place:
    """Where an operation of the contract is served: its path is written down there alone.

    Raises:
        InvalidArgument: An argument, which the server may have told, cannot be part of a path.
    """
    try:
        request: dict[str, Any] = operation._get_kwargs(*arguments, **query)  # noqa: SLF001
    except ValueError:
        rule = "must be ids without a slash, and not empty"
        raise InvalidArgument(name="id", value=arguments, rule=rule) from None
    return Place(request["url"], request.get("params", {}))


def _artifacts(
    job_id: str, results: object, kind: str, versions: tuple[int, ...]
) -> Iterator[Place]:
    listed = object_or_none(results) or {}
    for version in versions:
        name = f"ionq.result.{kind}.json.v{version}"
        told = object_or_none(listed.get(name)) or {}
        artifact = told.get("id")
        try:
            if artifact:
                yield place_of(get_job_artifact, job_id, str(artifact))
        except InvalidArgument:  # an id that would lead elsewhere
            _log.warning("job %s: the id of artifact %s is not usable", job_id, name)


def _pointed_or_known(entry: object, known: Place, base: str) -> list[Place]:
    """The place that a pointer leads to, then the known one; once if they are the same."""
    told = (object_or_none(entry) or {}).get("url")
    if told is None:
        return [known]
    url = same_origin_url(base, told)
    if url is None:
        # Not shown: it may be anything.
        _log.warning("a pointer to results is not followed: it is no URL of the API's own origin")
        return [known]
    if url == same_origin_url(base, known.url):
        return [known]
    return [Place(url, known.params), known]


# --- URLs that the server gives -------------------------------------------------------------------


def same_origin_url(base: str, url: object) -> str | None:
    """What a URL told by the server means, if it may be sent the key.

    Such URLs are relative and carry the version: `/v0.4/jobs/...` for the base
    `https://api.ionq.co/v0.4`. Behind a proxy that serves the API below a path of its own, they
    are taken to be below that path, too.

    Args:
        base: The base URL.
        url: What the server told.

    Returns:
        A whole URL of the base's scheme, host and port; None where it is no URL, leads to another
        origin, carries a user, or has a path that names another resource.
    """
    if not isinstance(url, str) or not url or _UNSAFE.search(url):
        return None
    try:
        told = urlsplit(url)
        whole = urlsplit(urljoin(base + "/", url))
        origin = BaseURL.parse(f"{whole.scheme}://{whole.netloc}").origin
        ours = BaseURL.parse(base)
        absolute = bool(told.scheme or told.netloc)
        path = whole.path if absolute else _below(urlsplit(ours.text).path, told.path)
        check_path(path)
    except (ValueError, ConfigurationError, InvalidArgument):
        return None
    if origin != ours.origin:
        return None
    return ours.origin + path + (f"?{told.query}" if told.query else "")


def _below(base: str, path: str) -> str:
    """A path that the server told, seen from outside of a proxy that may stand before it."""
    prefix, _, version = base.rpartition("/")
    if not path.startswith("/"):
        return f"{base}/{path}"
    first = path[1:].partition("/")[0]
    if first == "jobs" and not path.startswith(base + "/"):
        return base + path
    if _VERSION.fullmatch(first) and _VERSION.fullmatch(version):
        return prefix + path
    return path
