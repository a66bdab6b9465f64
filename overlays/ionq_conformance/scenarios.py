"""What a schema cannot say: that jobs end, that pages hold everything, that keys see their own.

May import: api, world, the contract's types; the standard library. Each scenario makes few requests
and few jobs, so that it can be run against a real service.
"""

from __future__ import annotations

import contextlib
import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from ionq_conformance.api import Api, NoAnswerError, Reply
from ionq_conformance.contract import Json
from ionq_conformance.world import BELL, QPU, SHOTS, TERMINAL, World

__all__ = ["SCENARIOS", "Scenario", "run"]

_TOLERANCE: Final = 1e-6
_RANK: Final = {"submitted": 0, "ready": 1, "started": 2, **dict.fromkeys(TERMINAL, 3)}
_FLIP: Final = [{"gate": "x", "target": 1}]
_NOBODY: Final = "00000000-0000-7000-8000-000000000000"
_KEY_REFUSED: Final = frozenset({401, 403})  # IonQ's table of error codes has them either way round
_NO_ACCESS: Final = frozenset({400, 403, 404})  # IonQ: 404 as well is a matter of permissions
_WRONG_KEY: Final = "not-a-key-of-anybody"


Run = Callable[[World], None]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One claim about the service, or a few that belong together.

    Attributes:
        name: Its name.
        run: What it does.
        writes: What it needs to be allowed: `none`, `own-jobs` or `all`.
        jobs: How many jobs it creates.
    """

    name: str
    run: Run
    writes: str
    jobs: int = 0


# -- anyone may read ------------------------------------------------------------------------------


def machines(world: World) -> None:
    """Backends are the same alone and in the list, and nothing about them is negative."""
    api = world.api
    listing = api.call("getBackends", key=None)
    found = listing.objects
    names = [str(one.get("backend")) for one in found]
    api.claim("lists_each_once", len(set(names)) == len(names), "A backend twice", listing)
    for one, name in list(zip(found, names, strict=True))[:3]:
        alone = api.call("getBackend", name, key=None)
        same = alone.object.get("qubits") == one.get("qubits")
        api.claim("same_alone_and_listed", same, "Differs from the listing", listing, alone)
        _no_negative(api, alone)
        api.call("getCharacterizationsForBackend", name, query={"limit": 1})


def account(world: World) -> None:
    """What there is to read about a key, and that it takes a key to read it."""
    api = world.api
    api.call("GetHealth", key=None)
    api.call("getWhoami")
    api.call("GetSessions")
    query = {"backend": QPU, "qubits": 2, "shots": SHOTS, "1q_gates": 1, "2q_gates": 1}
    _no_negative(api, api.call("EstimateJobCost", query=query))
    for name in ("getWhoami", "GetJobs", "GetSessions"):
        reply = api.call(name, key=None)
        at = f"{reply.operation.pointer}/security"
        refused = reply.status in _KEY_REFUSED
        api.claim("requires_a_key", refused, "Answered without a key", reply, clause=at)


def pages(world: World) -> None:
    """Pages of all jobs: no cursor twice, no job twice."""
    _walk(world, {"limit": 5}, most=3)


def absent(world: World) -> None:
    """What does not exist is not found."""
    for name in ("GetJob", "GetJobCost", "GetJobProbabilities"):
        reply = world.api.call(name, _NOBODY)
        world.api.claim("says_not_found", reply.status == 404, "Found what is not there", reply)


def _walk(world: World, query: Json, *, most: int) -> list[str]:
    """Ids of the jobs on at most so many pages."""
    api, ids, cursors = world.api, list[str](), list[str]()
    cursor: object = None
    for _ in range(most):
        reply = api.call("GetJobs", query=query | ({"next": cursor} if cursor else {}))
        new = [str(job.get("id")) for job in reply.items("jobs")]
        twice = set(new) & set(ids) or len(set(new)) < len(new)
        api.claim("lists_each_once", not twice, "A job is on two pages", reply)
        limit = query.get("limit", 25)
        api.claim("keeps_the_limit", len(new) <= limit, "More jobs than the limit", reply)
        ids += new
        cursor = reply.object.get("next")
        repeated = cursor in cursors
        api.claim("cursor_moves_on", not repeated, "The cursor of a page before", reply)
        if repeated or not isinstance(cursor, str):
            break
        cursors.append(cursor)
    return ids


# -- jobs of this run -----------------------------------------------------------------------------


def life(world: World) -> None:
    """A job goes forward, and has results once it is completed, not before."""
    api, job_id = world.api, world.submit()
    if not job_id:
        return
    rank, shown, last = -1, "", None
    for reply in world.watch(job_id):
        status = str(reply.object.get("status"))
        back = _RANK.get(status, rank) < rank
        detail = f"From {shown} to {status}."
        api.claim("goes_forward", not back, "Status goes back", reply, detail=detail)
        rank, shown, last = max(rank, _RANK.get(status, rank)), status, reply
        _times(api, reply)
        if status not in TERMINAL:
            early = api.call("GetJobProbabilities", job_id)
            # It may have been completed meanwhile.
            late = early.fine and world.get(job_id).object.get("status") not in TERMINAL
            api.claim("no_results_before_the_end", not late, "Results of a job that runs", early)
    if last is None or not last.fine:
        return
    completed = api.claim("completes", shown == "completed", "A Bell pair did not complete", last)
    again = world.get(job_id)
    api.claim("stays_ended", again.object.get("status") == shown, "It goes on", last, again)
    if completed:
        _results(world, job_id)
        api.call("GetJobCost", job_id)


def _results(world: World, job_id: str) -> None:
    """A Bell pair: 00 and 11, states 0 and 3, half each."""
    api = world.api
    reply = api.call("GetJobProbabilities", job_id)
    weights = _numbers(reply)
    total = sum(weights.values())
    one = math.isclose(total, 1.0, abs_tol=_TOLERANCE)
    api.claim("probabilities_sum_to_1", one, "Sum is not 1", reply, detail=f"It is {total}.")
    within = all(0 <= weight <= 1 for weight in weights.values())
    api.claim("probabilities_are_such", within, "Not between 0 and 1", reply)
    api.claim("right_outcomes", set(weights) == {"0", "3"}, "Not what a Bell pair gives", reply)


def counts(world: World) -> None:
    """A noisy simulation has shots: counted, they are the histogram and the probabilities."""
    api = world.api
    job_id = world.submit(noise={"model": "aria-1", "seed": 1})
    if not job_id or world.ended(job_id).object.get("status") != "completed":
        return
    weights = _numbers(api.call("GetJobProbabilities", job_id))
    histogram = api.call("GetJobHistogram", job_id)
    if histogram.fine:
        counted = _numbers(histogram)
        total = sum(counted.values())
        detail = f"{total} of {SHOTS}."
        right = total == SHOTS
        api.claim("counts_sum_to_shots", right, "Sum is not the shots", histogram, detail=detail)
        near = {state: count / SHOTS for state, count in counted.items()}
        same = near.keys() == weights.keys() and all(
            math.isclose(near[state], weights[state], abs_tol=1 / SHOTS) for state in near
        )
        api.claim("counts_are_the_probabilities", same, "Not the probabilities", histogram)
    shots = api.call("GetJobShots", job_id)
    if shots.fine:
        number = len(cast("list[object]", shots.body)) if isinstance(shots.body, list) else 0
        detail = f"{number} of {SHOTS}."
        right = number == SHOTS
        api.claim("as_many_as_shots", right, "Not all shots", shots, detail=detail)


def _numbers(reply: Reply) -> dict[str, float]:
    return {
        name: float(value)
        for name, value in reply.object.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _no_negative(api: Api, reply: Reply) -> None:
    negative = [name for name, value in _numbers(reply).items() if value < 0]
    detail = f"It is {', '.join(negative)}."
    api.claim("no_negative_numbers", not negative, "Negative number", reply, detail=detail)


def _times(api: Api, reply: Reply) -> None:
    """Durations are not negative, instants in order."""
    _no_negative(api, reply)
    names = ("submitted_at", "started_at", "completed_at")
    moments = [moment for name in names if (moment := _moment(reply.object.get(name)))]
    in_order = all(a <= b for a, b in itertools.pairwise(moments))
    api.claim("times_in_order", in_order, "Ended before it began", reply)


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def listing(world: World) -> None:
    """Three jobs, two to a page: all there, once, as they are alone; filters keep to them."""
    api = world.api
    ids = [job_id for _ in range(3) if (job_id := world.submit())]
    for job_id in ids:
        world.ended(job_id)
    listed = _walk(world, {"ids": ids, "limit": 2}, most=4)
    page = api.call("GetJobs", query={"ids": ids})
    api.claim("lists_all", set(ids) <= set(listed), "A job is on no page", page)
    api.claim("lists_all", len(page.items("jobs")) == len(ids), "Not all jobs asked for", page)
    strange = set(listed) - set(ids)
    api.claim("filters", not strange, "Lists jobs that were not asked for", page)
    last = page.object.get("next") is None
    api.claim("last_page_ends", last, "A cursor after the last page", page)
    others = api.call("GetJobs", query={"ids": ids, "status": "failed"})
    api.claim("filters", not others.items("jobs"), "Lists jobs of another status", others)
    for job in page.items("jobs")[:1]:
        alone = world.get(str(job.get("id")))
        same = all(alone.object.get(name) == job.get(name) for name in ("status", "submitted_at"))
        api.claim("same_alone_and_listed", same, "Differs from the listing", page, alone)


def isolation(world: World) -> None:
    """Another key, and no key, cannot see, read or delete a job."""
    api, job_id = world.api, world.submit()
    if not job_id:
        return
    world.ended(job_id)
    for name in ("GetJob", "GetJobProbabilities", "GetJobCost"):
        for key in (None, world.second_key):
            if key is None or key:
                _refused(api, api.call(name, job_id, key=key), key)
    if world.second_key is not None:
        page = api.call("GetJobs", query={"ids": [job_id]}, key=world.second_key)
        seen = any(job.get("id") == job_id for job in page.items("jobs"))
        api.claim("keys_see_their_own", not seen, "Lists another key's job", page)
    if world.profile.writes == "all":
        _refused(api, api.call("DeleteJob", job_id, key=world.second_key), world.second_key)
        still = world.get(job_id)
        api.claim("keys_see_their_own", still.fine, "Another key deleted it", still)


def _refused(api: Api, reply: Reply, key: str | None) -> None:
    if key is None:
        api.claim(
            "requires_a_key",
            reply.status in _KEY_REFUSED,
            "Answered without a key",
            reply,
            clause=f"{reply.operation.pointer}/security",
        )
    else:
        wrong = reply.status not in {401, 403, 404}
        api.claim("keys_see_their_own", not wrong, "Shows another key's job", reply)


def cancelling(world: World) -> None:
    """A cancelled job has ended, and stays so."""
    api, job_id = world.api, world.submit()
    if not job_id:
        return
    answer = api.call("CancelJob", job_id)
    if not answer.fine:
        return  # it may have been completed already, which a service may refuse
    after = world.get(job_id)
    status = after.object.get("status")
    api.claim("cancel_ends", status in TERMINAL, "Goes on after it was cancelled", answer, after)
    for _ in range(3):
        later = world.get(job_id)
        same = later.object.get("status") == status
        api.claim("stays_ended", same, "It goes on", after, later)
    other = world.submit()
    bulk = api.call("CancelJobs", body={"ids": [other]})
    if other and bulk.fine:
        after = world.get(other)
        ended = after.object.get("status") in TERMINAL
        api.claim("cancel_ends", ended, "Goes on after it was cancelled", bulk, after)


def deleting(world: World) -> None:
    """What was deleted is gone: alone, in lists, with its results."""
    api, job_id = world.api, world.submit()
    if not job_id:
        return
    world.ended(job_id)
    answer = api.call("DeleteJob", job_id)
    api.claim("deletes", answer.fine, "Could not be deleted", answer)
    for name in ("GetJob", "GetJobProbabilities"):
        after = api.call(name, job_id)
        api.claim("is_gone", after.status == 404, "Still there after it was deleted", answer, after)
    page = api.call("GetJobs", query={"ids": [job_id]})
    listed = any(job.get("id") == job_id for job in page.items("jobs"))
    api.claim("is_gone", not listed, "Still listed after it was deleted", answer, page)


def several_circuits(world: World) -> None:
    """A multi-circuit job: results in the order of the circuits."""
    api = world.api
    parent = world.submit(
        type="ionq.multi-circuit.v1",
        input={"gateset": "qis", "qubits": 2, "circuits": [{"circuit": BELL}, {"circuit": _FLIP}]},
    )
    if not parent:
        return
    last = world.ended(parent)
    found: object = last.object.get("child_job_ids")
    children = [str(one) for one in cast("list[object]", found)] if isinstance(found, list) else []
    api.claim("has_its_parts", len(children) == 2, "Not a part for each circuit", last)
    reply = api.call("GetJobAggregatedProbabilities", parent)
    if not reply.fine:
        return
    in_order = list(reply.object) == children
    api.claim("in_the_order_sent", in_order, "Parts in another order", last, reply)
    parts = [cast("Json", part) for part in reply.object.values() if isinstance(part, dict)]
    right = [set(part) for part in parts] == [{"0", "3"}, {"2"}]
    api.claim("right_outcomes", right, "Not what the circuits give", reply)


def dry_run(world: World) -> None:
    """A dry run on a quantum computer is checked and priced, and never runs."""
    api = world.api
    made = api.call("CreateJob", body=world.job(backend=QPU, dry_run=True))
    if made.status in _NO_ACCESS:
        api.findings.notes.append(f"dry run not tried: no access to {QPU} ({made.status})")
        return
    if not api.claim("creates", made.status == 201, "Job was not created", made):
        return
    job_id = made.id
    last = world.ended(job_id)
    status = last.object.get("status")
    api.claim("completes", status == "completed", "A dry run did not complete", last)
    said = last.object.get("dry_run") is True
    api.claim("says_that_it_is_dry", said, "A dry run that does not say so", last)
    idle = not last.object.get("execution_duration_ms") and not last.object.get("results")
    api.claim("dry_run_does_not_run", idle, "A dry run has run", last)
    after = api.call("GetJobProbabilities", job_id)
    api.claim("dry_run_does_not_run", not after.fine, "A dry run has results", last, after)
    price = api.call("GetJobCost", job_id)
    cost: object = price.object.get("cost")
    amount = cast("Json", cost).get("value") if isinstance(cost, dict) else None
    api.claim("dry_run_is_free", not amount, "A dry run has a cost", price)
    said = not price.fine or price.object.get("dry_run") is True
    api.claim("says_that_it_is_dry", said, "A dry run that does not say so", price)


# -- everything -----------------------------------------------------------------------------------


def sessions(world: World) -> None:
    """A session begins, is listed, ends, and stays ended."""
    api = world.api
    body = {"backend": QPU, "settings": {"job_count_limit": 2}}
    made = api.call("CreateSession", body=body)
    if not api.claim("gives_an_id", bool(made.id), "Created without an id", made):
        return
    api.call("GetSession", made.id)
    open_ones = api.call("GetSessions", query={"active": "true"})
    listed = any(one.get("id") == made.id for one in open_ones.items("sessions"))
    api.claim("lists_all", listed, "A new session is not listed", made, open_ones)
    api.call("GetSessionJobs", made.id)
    ended = api.call("EndSession", made.id)
    after = api.call("GetSession", made.id)
    over = after.object.get("status") == "ended" and after.object.get("active") is False
    api.claim("session_ends", over, "Goes on after its end", ended, after)


def refusals(world: World) -> None:
    """Jobs that the document forbids are not created."""
    no_input = world.job()
    del no_input["input"]
    bad: list[Json] = [no_input, world.job(shots="many"), world.job(surprise=1), {}]
    for body in bad:
        reply = world.api.call("CreateJob", body=body)
        refused = 400 <= reply.status < 500
        at = f"{reply.operation.pointer}/requestBody"
        world.api.claim("refuses", refused, "Took what is not allowed", reply, clause=at)
    key = world.api.call("GetJobs", key=_WRONG_KEY)
    world.api.claim("keys_see_their_own", not key.items("jobs"), "Lists jobs to a stranger", key)


SCENARIOS: Final = (
    Scenario("machines", machines, "none"),
    Scenario("account", account, "none"),
    Scenario("pages", pages, "none"),
    Scenario("absent", absent, "none"),
    Scenario("life", life, "own-jobs", 1),
    Scenario("counts", counts, "own-jobs", 1),
    Scenario("listing", listing, "own-jobs", 3),
    Scenario("isolation", isolation, "own-jobs", 1),
    Scenario("cancelling", cancelling, "own-jobs", 2),
    Scenario("deleting", deleting, "own-jobs", 1),
    Scenario("several circuits", several_circuits, "own-jobs", 1),
    Scenario("dry run", dry_run, "own-jobs", 1),
    Scenario("sessions", sessions, "all"),
    Scenario("refusals", refusals, "all"),
)
_ALLOWS: Final = {"none": {"none"}, "own-jobs": {"none", "own-jobs"}}


def run(world: World) -> None:
    """Run every scenario that the profile and the remaining jobs allow."""
    allowed = _ALLOWS.get(world.profile.writes)
    findings, ledger = world.api.findings, world.ledger
    findings.phases.append("scenarios")
    if world.second_key is None:
        findings.notes.append("no second key: whether keys see only their own was not tried")
    for scenario in SCENARIOS:
        if allowed is not None and scenario.writes not in allowed:
            continue
        if scenario.jobs > ledger.left:
            findings.notes.append(f"left out: {scenario.name}: it takes {scenario.jobs} more jobs")
            continue
        world.api.phase = f"scenario {scenario.name}"
        with contextlib.suppress(NoAnswerError):  # counted; what the scenario built on it is not
            scenario.run(world)
