"""Waiting, for one job and for many: it ends, loses nothing, reports each job once, costs little.

Every test runs over threads and tasks, against a real server that a function plays. Where time
matters, it passes only when somebody sleeps.
"""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from ionq_direct import (
    Forbidden,
    InvalidArgument,
    JobCanceled,
    JobDeleted,
    JobFailed,
    JobTimeout,
    NotFound,
    PollPolicy,
    RequestTimeout,
    Unauthorized,
    async_wait_for_job,
    wait_for_job,
)
from tests.support.halves import (
    MISSING,
    QUICK_POLL,
    Asked,
    Half,
    PlayedServer,
    Reply,
    drop,
    each,
    entered,
    half_fixture,
    hang,
    job_json,
)
from tests.worlds import FakeTime

half = half_fixture()


class Jobs:
    """A job service: each job shows its statuses one after the other, the last one for ever.

    Lists and looks at one job both count as looks. `hidden` jobs are in no list.
    """

    def __init__(self, statuses: dict[str, list[str]], *, hidden: set[str] | None = None) -> None:
        self.statuses = {job_id: list(shown) for job_id, shown in statuses.items()}
        self.hidden = hidden or set()
        self.canceled: list[str] = []
        self.looks: Counter[str] = Counter()

    def look(self, job_id: str) -> dict[str, Any]:
        shown = self.statuses[job_id]
        self.looks[job_id] += 1
        return job_json(job_id, shown.pop(0) if len(shown) > 1 else shown[0])

    def __call__(self, asked: Asked) -> Reply:
        if asked.line == "GET /jobs":
            ids = asked.query["ids"]
            assert len(ids) <= 25
            listed = [one for one in ids if one in self.statuses and one not in self.hidden]
            return 200, {"jobs": [self.look(one) for one in listed], "next": None}
        if asked.line == "PUT /jobs/status/cancel":
            self.canceled += asked.body["ids"]
            return 200, {"ids": asked.body["ids"], "status": "canceled"}
        job_id = asked.path.split("/")[2]
        if job_id not in self.statuses:
            return MISSING
        if asked.path.endswith("/status/cancel"):
            self.canceled.append(job_id)
            return 200, {"id": job_id, "status": "canceled"}
        return 200, {**self.look(job_id), "child_job_ids": None}


def names(count: int) -> list[str]:
    return [f"job-{number}" for number in range(count)]


async def known(half: Half, ionq: Any, job_id: str = "job-0") -> Any:
    return await half.of(ionq.jobs.get(job_id))


async def collect(jobs: Any, found: list[str]) -> None:
    async for job in each(jobs):
        found.append(job.id)


async def interrupted(half: Half, waiting: Callable[[Callable[..., Any]], Any]) -> None:
    """Ctrl-C while waiting, or the task's cancellation, at the moment of the second look."""
    looks = 0
    if half.name == "sync":

        def stop(_: object) -> None:
            nonlocal looks
            looks += 1
            if looks == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            waiting(stop)
        return

    def cancel(_: object) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            task.cancel()

    task = asyncio.ensure_future(waiting(cancel))
    with pytest.raises(asyncio.CancelledError):
        await task


# --- One job --------------------------------------------------------------------------------------


async def test_a_job_is_looked_at_until_it_has_completed(half: Half) -> None:
    time, seen = FakeTime(), []
    with PlayedServer(Jobs({"job-0": ["submitted", "ready", "started", "completed"]})) as server:
        job = await known(half, half.ionq(server.url, time=time))
        await half.of(job.wait(60, on_progress=lambda data: seen.append(data["status"])))
    assert seen == ["ready", "started", "completed"]
    assert job.status == "completed"
    assert len(time.slept) == 2
    assert time.slept[0] < time.slept[1]


async def test_a_job_seen_to_have_ended_is_not_looked_at_again(half: Half) -> None:
    with PlayedServer(Jobs({"job-0": ["completed"]})) as server:
        job = await known(half, half.ionq(server.url))
        seen: list[str] = []
        await half.of(job.wait(on_progress=lambda data: seen.append(data["status"])))
    assert (len(server.asked), seen) == (1, ["completed"])


async def test_after_a_cancellation_it_is_looked_at(half: Half) -> None:
    with PlayedServer(Jobs({"job-0": ["started", "completed"]})) as server:
        job = await known(half, half.ionq(server.url))
        await half.of(job.cancel())
        assert job.status == "canceled"
        await half.of(job.wait())
    assert job.status == "completed"


@pytest.mark.parametrize("key", ["message", "error"])
async def test_a_failure_brings_code_and_message_by_either_name(half: Half, key: str) -> None:
    failed = job_json("job-0", "failed", failure={"code": "NotEnoughQubits", key: "36 are too few"})
    with PlayedServer(lambda asked: (200, failed)) as server:
        job = await known(half, half.ionq(server.url))
        with pytest.raises(JobFailed) as caught:
            await half.of(job.wait())
    assert (caught.value.code, caught.value.message) == ("NotEnoughQubits", "36 are too few")


@pytest.mark.parametrize(("status", "error"), [("canceled", JobCanceled), ("deleted", JobDeleted)])
async def test_other_ends_are_errors(half: Half, status: str, error: type[Exception]) -> None:
    with PlayedServer(Jobs({"job-0": ["ready", status]})) as server:
        job = await known(half, half.ionq(server.url, poll=QUICK_POLL))
        with pytest.raises(error):
            await half.of(job.wait())


@pytest.mark.parametrize("status", ["running", "paused", "", "COMPLETED"])
async def test_an_unknown_status_is_waited_on_until_the_deadline_and_no_longer(
    half: Half, status: str
) -> None:
    time = FakeTime()
    with PlayedServer(Jobs({"job-0": [status]})) as server:
        job = await known(half, half.ionq(server.url, time=time))
        began = time.now
        with pytest.raises(JobTimeout) as caught:
            await half.of(job.wait(100))
    assert time.now - began == pytest.approx(100)
    assert (caught.value.status, caught.value.timeout) == (status, 100)
    assert len(server.asked) < 30


async def test_no_time_is_one_look(half: Half) -> None:
    time = FakeTime()
    with PlayedServer(Jobs({"job-0": ["ready"]})) as server:
        job = await known(half, half.ionq(server.url, time=time))
        with pytest.raises(JobTimeout):
            await half.of(job.wait(0))
    assert (len(server.asked), time.slept) == (2, [])


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -1])
async def test_a_time_without_end_is_refused_before_anything_is_sent(
    half: Half, seconds: float
) -> None:
    ionq = half.ionq("http://127.0.0.1:1/v0.4")
    with pytest.raises(InvalidArgument, match="timeout"):
        ionq.wait(["job-0"], seconds)
    function = wait_for_job if half.name == "sync" else async_wait_for_job
    with pytest.raises(InvalidArgument, match="timeout"):
        await half.of(function(ionq.api, "job-0", timeout=seconds))


async def test_troubles_on_the_way_are_waited_out(half: Half) -> None:
    troubles: list[Reply] = [
        (502, {"message": "Bad Gateway"}),
        drop,
        (429, {"message": "slow down"}),
        (409, b"<html>error code: 1001</html>"),
        (200, b'{"id": "job-0", "status": "comple'),
    ]
    service = Jobs({"job-0": ["ready", "completed"]})
    with PlayedServer(lambda asked: troubles.pop(0) if troubles else service(asked)) as server:
        ionq = half.ionq(server.url, poll=QUICK_POLL)
        function = wait_for_job if half.name == "sync" else async_wait_for_job
        job = await half.of(function(ionq.api, "job-0", timeout=20, poll=QUICK_POLL))
    assert job["status"] == "completed"
    assert len(server.asked) == 7


async def test_a_trouble_that_lasts_is_the_cause_of_the_timeout(half: Half) -> None:
    with PlayedServer(lambda asked: (503, {"message": "down for repair"})) as server:
        ionq = half.ionq(server.url, time=FakeTime())
        function = wait_for_job if half.name == "sync" else async_wait_for_job
        with pytest.raises(JobTimeout) as caught:
            await half.of(function(ionq.api, "job-0", timeout=30, clock=ionq.clock))
    assert "down for repair" in str(caught.value.__cause__)


async def test_what_the_server_asks_to_wait_is_waited(half: Half) -> None:
    time = FakeTime()

    def play(asked: Asked) -> Reply:
        if len(server.asked) > 1:
            return 200, job_json("job-0", "completed")
        head = b"HTTP/1.1 503 Busy\r\nRetry-After: 40\r\nContent-Length: 2\r\n\r\n{}"
        return lambda exchange: exchange.send(head)

    with PlayedServer(play) as server:
        ionq = half.ionq(server.url, time=time)
        function = wait_for_job if half.name == "sync" else async_wait_for_job
        await half.of(function(ionq.api, "job-0", timeout=60, clock=ionq.clock))
    assert time.now - 1000 >= 40


async def test_a_wrong_key_ends_waiting_at_once(half: Half) -> None:
    with (
        PlayedServer(lambda asked: (401, {"message": "Invalid key provided."})) as server,
        pytest.raises(Unauthorized),
    ):
        await known(half, half.ionq(server.url))
    assert len(server.asked) == 1


async def test_a_job_is_missing_when_two_looks_say_so(half: Half) -> None:
    function = wait_for_job if half.name == "sync" else async_wait_for_job
    service = Jobs({"job-0": ["completed"]})
    with PlayedServer(
        lambda asked: MISSING if len(server.asked) == 1 else service(asked)
    ) as server:
        ionq = half.ionq(server.url)
        job = await half.of(function(ionq.api, "job-0", poll=QUICK_POLL))
        assert job["status"] == "completed"
        with pytest.raises(NotFound):
            await half.of(function(ionq.api, "job-1", poll=QUICK_POLL))
    assert server.lines().count("GET /jobs/job-1") == 2


async def test_a_server_that_hangs_does_not_hold_up_the_deadline_for_long(
    half: Half, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("_async", "_sync"):
        monkeypatch.setattr(f"ionq_direct.{module}.waiting.LAST_LOOK_S", 0.2)
    function = wait_for_job if half.name == "sync" else async_wait_for_job
    with PlayedServer(lambda asked: hang) as server:
        ionq = half.ionq(server.url)
        began = asyncio.get_running_loop().time()
        with pytest.raises(JobTimeout) as caught:
            await half.of(function(ionq.api, "job-0", timeout=0.3, poll=QUICK_POLL))
        assert asyncio.get_running_loop().time() - began < 20
    assert isinstance(caught.value.__cause__, RequestTimeout | TimeoutError)


@pytest.mark.parametrize("cancel", [False, True])
async def test_an_interrupt_leaves_the_job_running_unless_told_otherwise(
    half: Half, cancel: bool
) -> None:
    service = Jobs({"job-0": ["ready"]})
    with PlayedServer(service) as server:
        job = await known(half, half.ionq(server.url, poll=QUICK_POLL))
        await interrupted(half, lambda stop: job.wait(30, on_progress=stop, cancel_on_exit=cancel))
    assert service.canceled == (["job-0"] if cancel else [])


async def test_the_same_holds_for_results_and_for_the_timeout(half: Half) -> None:
    service = Jobs({"job-0": ["ready"]})
    with PlayedServer(service) as server:
        job = await known(half, half.ionq(server.url, time=FakeTime()))
        with pytest.raises(JobTimeout):
            await half.of(job.result(5))
        assert service.canceled == []
        with pytest.raises(JobTimeout):
            await half.of(job.result(5, cancel_on_exit=True))
        assert service.canceled == ["job-0"]


async def test_a_job_that_has_ended_is_not_canceled(half: Half) -> None:
    service = Jobs({"job-0": ["ready", "failed"]})
    with PlayedServer(service) as server:
        job = await known(half, half.ionq(server.url, poll=QUICK_POLL))
        with pytest.raises(JobFailed):
            await half.of(job.wait(cancel_on_exit=True))
    assert service.canceled == []


async def test_a_cancellation_that_fails_hides_nothing(half: Half) -> None:
    service = Jobs({"job-0": ["ready"]})

    def play(asked: Asked) -> Reply:
        return (403, {"message": "not yours"}) if asked.method == "PUT" else service(asked)

    with PlayedServer(play) as server:
        job = await known(half, half.ionq(server.url, time=FakeTime()))
        with pytest.raises(JobTimeout) as caught:
            await half.of(job.wait(5, cancel_on_exit=True))
    (note,) = caught.value.__notes__
    assert "job job-0 could not be canceled" in note
    assert "not yours" in note


# --- Many jobs ------------------------------------------------------------------------------------


async def test_each_job_comes_once_as_it_ends(half: Half) -> None:
    statuses = {
        job_id: ["ready"] * (1 + number % 5) + [["completed", "failed", "canceled"][number % 3]]
        for number, job_id in enumerate(names(60))
    }
    seen = []
    with PlayedServer(Jobs(statuses)) as server:
        ionq = half.ionq(server.url, time=FakeTime())
        jobs = await half.items(ionq.wait(names(60), 600, on_progress=seen.append))
    assert sorted(job.id for job in jobs) == sorted(names(60))
    assert {job.id: job.status for job in jobs} == {
        job_id: shown[-1] for job_id, shown in statuses.items()
    }
    assert [progress.ended for progress in seen] == sorted(progress.ended for progress in seen)
    assert (seen[-1].ended, seen[-1].total) == (60, 60)
    assert seen[-1].statuses == {"completed": 20, "failed": 20, "canceled": 20}


async def test_the_jobs_given_come_back_up_to_date(half: Half) -> None:
    with PlayedServer(Jobs({"job-0": ["ready", "completed"], "job-1": ["completed"]})) as server:
        ionq = half.ionq(server.url, poll=QUICK_POLL)
        job = await known(half, ionq)
        found = {one.id: one for one in await half.items(ionq.wait([job, "job-1", job, "job-0"]))}
    assert found["job-0"] is job
    assert job.status == "completed"
    assert len(found) == 2


async def test_jobs_known_to_have_ended_cost_nothing(half: Half) -> None:
    with PlayedServer(Jobs({"job-0": ["completed"]})) as server:
        ionq = half.ionq(server.url)
        job = await known(half, ionq)
        assert await half.items(ionq.wait([job])) == [job]
    assert len(server.asked) == 1


async def test_no_jobs_are_no_requests(half: Half) -> None:
    ionq = half.ionq("http://127.0.0.1:1/v0.4")
    assert await half.items(ionq.wait([])) == []


@pytest.mark.parametrize("jobs", ["job-0", b"job-0", {"job-0": 1}, 5, [5], [None], ["a/b"], [""]])
def test_what_is_no_collection_of_jobs_is_refused(jobs: Any) -> None:
    ionq = Half("sync").ionq("http://127.0.0.1:1/v0.4")
    with pytest.raises(InvalidArgument, match="jobs:"):
        ionq.wait(jobs)


async def test_many_jobs_cost_a_tenth_of_looking_one_by_one(half: Half) -> None:
    statuses = {
        job_id: ["ready"] * (number % 12) + ["completed"]
        for number, job_id in enumerate(names(300))
    }
    service = Jobs(statuses)
    with PlayedServer(service) as server:
        ionq = half.ionq(server.url, time=FakeTime())
        jobs = await half.items(ionq.wait(names(300), 3600))
    assert Counter(job.id for job in jobs) == Counter(names(300))
    # Looked at one by one, each look is a request.
    assert len(server.asked) * 10 <= service.looks.total()


async def test_what_else_a_list_holds_does_no_harm(half: Half) -> None:
    service = Jobs({job_id: ["completed"] for job_id in names(3)})
    junk = [None, 7, {}, {"id": ["job-0"]}, {"id": None, "status": "completed"}, job_json("other")]

    def play(asked: Asked) -> Reply:
        return 200, {"jobs": [*junk, *(service.look(one) for one in asked.query["ids"])]}

    with PlayedServer(play) as server:
        jobs = await half.items(half.ionq(server.url).wait(names(3)))
    assert sorted(job.id for job in jobs) == names(3)


async def test_jobs_are_up_to_date_though_the_progress_function_fails(half: Half) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    with PlayedServer(Jobs({"job-0": ["ready", "completed"], "job-1": ["ready"]})) as server:
        ionq = half.ionq(server.url)
        job = await known(half, ionq)
        with pytest.raises(ZeroDivisionError):
            await half.items(ionq.wait([job, "job-1"], on_progress=fail))
    assert job.status == "completed"


async def test_a_list_that_leaves_a_job_out_does_not_lose_it(half: Half) -> None:
    statuses = {job_id: ["ready", "completed"] for job_id in names(30)}
    service = Jobs(statuses, hidden={"job-3", "job-27"})
    with PlayedServer(service) as server:
        ionq = half.ionq(server.url, time=FakeTime())
        jobs = await half.items(ionq.wait(names(30), 60))
    assert {job.id: job.status for job in jobs} == dict.fromkeys(names(30), "completed")


async def test_a_list_that_shows_nothing_costs_little_at_first_and_loses_nothing(
    half: Half,
) -> None:
    statuses = {job_id: ["ready"] * 3 + ["completed"] for job_id in names(100)}
    service = Jobs(statuses, hidden=set(names(100)))
    rounds: list[int] = []
    with PlayedServer(service) as server:
        ionq = half.ionq(server.url, time=FakeTime())
        stream = ionq.wait(names(100), 3600, on_progress=lambda _: rounds.append(len(server.asked)))
        jobs = await half.items(stream)
    assert len(jobs) == 100
    assert rounds[0] == 8  # four lists, four single looks


async def test_a_list_in_pages_is_read_to_its_end(half: Half) -> None:
    service = Jobs({job_id: ["completed"] for job_id in names(10)})

    def play(asked: Asked) -> Reply:
        assert asked.line == "GET /jobs"
        start = int(asked.one("next") or 0)
        page = [service.look(one) for one in asked.query["ids"][start : start + 4]]
        return 200, {"jobs": page, "next": str(start + 4) if start + 4 < 10 else None}

    with PlayedServer(play) as server:
        jobs = await half.items(half.ionq(server.url).wait(names(10)))
    assert len(jobs) == 10
    assert len(server.asked) == 3


async def test_a_list_that_never_ends_is_left_and_its_jobs_are_asked_for(half: Half) -> None:
    service = Jobs({job_id: ["completed"] for job_id in names(3)})

    def play(asked: Asked) -> Reply:
        if asked.line == "GET /jobs":
            return 200, {"jobs": [], "next": "the-same-again"}
        return service(asked)

    with PlayedServer(play) as server:
        jobs = await half.items(half.ionq(server.url, time=FakeTime()).wait(names(3)))
    assert len(jobs) == 3
    assert len(server.asked) < 15


async def test_a_job_that_disappears_is_given_as_deleted(half: Half) -> None:
    service = Jobs({job_id: ["ready", "ready", "completed"] for job_id in names(30)})

    def play(asked: Asked) -> Reply:
        if len(server.asked) > 2:  # after the first round
            service.statuses.pop("job-7", None)
        return service(asked)

    with PlayedServer(play) as server:
        ionq = half.ionq(server.url, time=FakeTime())
        jobs = await half.items(ionq.wait(names(30), 60))
    ended = {job.id: job for job in jobs}
    assert Counter(job.status for job in jobs) == {"completed": 29, "deleted": 1}
    assert ended["job-7"].backend == "simulator"  # what was known of it is kept
    with pytest.raises(JobDeleted, match="job-7"):
        ended["job-7"].raise_unless_completed()


async def test_ids_that_the_server_refuses_do_not_hold_up_the_others(half: Half) -> None:
    service = Jobs({job_id: ["ready", "completed"] for job_id in names(5)})

    def play(asked: Asked) -> Reply:
        if asked.line == "GET /jobs" and "no-id" in asked.query["ids"]:
            return 400, {"message": '"ids[5]" must be a valid GUID'}
        if asked.path == "/jobs/no-id":
            return 400, {"message": '"UUID" must be a valid GUID'}
        return service(asked)

    with PlayedServer(play) as server:
        ionq = half.ionq(server.url, time=FakeTime())
        jobs = await half.items(ionq.wait([*names(5), "no-id"], 60))
    assert Counter(job.status for job in jobs) == {"completed": 5, "deleted": 1}


@pytest.mark.parametrize(
    "trouble", [(502, {}), drop, (429, {}), (200, b"{")], ids=["502", "drop", "429", "half"]
)
async def test_troubles_of_some_requests_are_waited_out(half: Half, trouble: Reply) -> None:
    service = Jobs({job_id: ["ready", "completed"] for job_id in names(60)})
    with PlayedServer(lambda asked: trouble if len(server.asked) % 2 else service(asked)) as server:
        ionq = half.ionq(server.url, time=FakeTime())
        jobs = await half.items(ionq.wait(names(60), 600))
    assert Counter(job.id for job in jobs) == Counter(names(60))


async def test_nothing_found_is_lost_when_the_key_is_revoked(half: Half) -> None:
    service = Jobs({job_id: ["completed"] for job_id in names(75)})

    def play(asked: Asked) -> Reply:
        return (401, {"message": "revoked"}) if "job-0" in asked.query["ids"] else service(asked)

    found: list[str] = []
    with PlayedServer(play) as server, pytest.raises(Unauthorized):
        await collect(half.ionq(server.url).wait(names(75)), found)
    assert sorted(found) == sorted(names(75)[25:])


async def test_the_deadline_names_all_that_had_not_ended(half: Half) -> None:
    statuses = {job_id: ["strange"] for job_id in names(40)} | {"job-5": ["completed"]}
    time = FakeTime()
    found: list[str] = []
    with PlayedServer(Jobs(statuses)) as server:
        ionq = half.ionq(server.url, time=time)
        with pytest.raises(JobTimeout) as caught:
            await collect(ionq.wait(names(40), 90), found)
    assert found == ["job-5"]
    assert set(caught.value.pending) == set(names(40)) - {"job-5"}
    assert caught.value.status == "strange"
    assert str(caught.value).endswith(
        "had not ended after 90 s, last seen as strange, nor had 38 others"
    )
    assert time.now - 1000 == pytest.approx(90)


async def test_the_last_look_is_at_all_jobs_whether_due_or_not(half: Half) -> None:
    time = FakeTime()
    ended_at = time.now + 10.9

    def play(asked: Asked) -> Reply:
        status = "completed" if time.now >= ended_at else "ready"
        return 200, {"jobs": [job_json(one, status) for one in asked.query["ids"]], "next": None}

    with PlayedServer(play) as server:
        ionq = half.ionq(server.url, time=time, poll=PollPolicy(first=8, longest=8))
        assert len(await half.items(ionq.wait(names(30), 11))) == 30


async def test_whoever_takes_long_over_a_job_misses_none_that_ended_meanwhile(half: Half) -> None:
    time = FakeTime()
    service = Jobs({"job-0": ["completed"], "job-1": ["ready", "completed"]})
    with PlayedServer(service) as server:
        found: list[str] = []
        async for job in each(half.ionq(server.url, time=time).wait(names(2), 60)):
            found.append(job.id)
            time.pass_by(1000)
    assert found == ["job-0", "job-1"]


@pytest.mark.parametrize("cancel", [False, True])
async def test_an_interrupt_leaves_many_running_unless_told_otherwise(
    half: Half, cancel: bool
) -> None:
    service = Jobs({job_id: ["ready"] for job_id in names(30)} | {"job-4": ["completed"]})
    with PlayedServer(service) as server:
        ionq = half.ionq(server.url, poll=QUICK_POLL)

        def waiting(stop: Callable[..., Any]) -> Any:
            stream = ionq.wait(names(30), on_progress=stop, cancel_on_exit=cancel)
            return list(stream) if half.name == "sync" else half.items(stream)

        await interrupted(half, waiting)
    expected = set(names(30)) - {"job-4"} if cancel else set()
    assert set(service.canceled) == expected
    assert len(service.canceled) == len(expected)


@pytest.mark.parametrize("cancel", [False, True])
async def test_leaving_the_block_early_cancels_only_if_told_to(half: Half, cancel: bool) -> None:
    service = Jobs({job_id: ["ready"] for job_id in names(3)} | {"job-0": ["completed"]})
    with PlayedServer(service) as server:
        ionq = half.ionq(server.url, poll=QUICK_POLL)

        async def leave_by_an_error() -> None:
            async with entered(ionq.wait(names(3), cancel_on_exit=cancel)) as ended:
                async for job in each(ended):
                    assert job.id == "job-0"
                    assert set(ended.pending) == {"job-1", "job-2"}
                    raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await leave_by_an_error()
    assert set(service.canceled) == ({"job-1", "job-2"} if cancel else set())


async def test_a_block_left_before_the_first_look_cancels_too(half: Half) -> None:
    service = Jobs({job_id: ["ready"] for job_id in names(3)})
    with PlayedServer(service) as server:
        async with entered(half.ionq(server.url).wait(names(3), cancel_on_exit=True)):
            pass
    assert sorted(service.canceled) == names(3)


async def test_a_loop_left_early_cancels_when_its_iterator_goes(half: Half) -> None:
    service = Jobs({job_id: ["ready"] for job_id in names(3)} | {"job-0": ["completed"]})
    with PlayedServer(service) as server:
        stream = half.ionq(server.url, poll=QUICK_POLL).wait(names(3), cancel_on_exit=True)
        async for _ in each(stream):
            break
        await half.of(stream.close() if half.name == "sync" else stream.aclose())
        assert sorted(service.canceled) == ["job-1", "job-2"]
        await half.of(stream.close() if half.name == "sync" else stream.aclose())
        assert len(service.canceled) == 2


async def test_a_cancellation_of_many_that_fails_hides_nothing(half: Half) -> None:
    service = Jobs({job_id: ["ready"] for job_id in names(3)})

    def play(asked: Asked) -> Reply:
        return (403, {"message": "not yours"}) if asked.method == "PUT" else service(asked)

    with PlayedServer(play) as server:
        ionq = half.ionq(server.url, time=FakeTime())
        with pytest.raises(JobTimeout) as caught:
            await half.items(ionq.wait(names(3), 5, cancel_on_exit=True))
    (note,) = caught.value.__notes__
    assert "not all jobs could be canceled" in note
    assert "not yours" in note


async def test_a_block_left_by_an_error_keeps_its_error_if_the_cancellation_fails(
    half: Half,
) -> None:
    service = Jobs({job_id: ["ready"] for job_id in names(3)} | {"job-0": ["completed"]})

    def play(asked: Asked) -> Reply:
        return (403, {"message": "not yours"}) if asked.method == "PUT" else service(asked)

    async def leave_by_an_error() -> None:
        async with entered(half.ionq(server.url).wait(names(3), cancel_on_exit=True)) as ended:
            async for _ in each(ended):
                raise ZeroDivisionError

    with PlayedServer(play) as server:
        with pytest.raises(ZeroDivisionError) as caught:
            await leave_by_an_error()
        assert "not all jobs could be canceled" in caught.value.__notes__[0]
        stream = half.ionq(server.url).wait(names(3), cancel_on_exit=True)
        with pytest.raises(Forbidden):
            await half.of(stream.close() if half.name == "sync" else stream.aclose())


async def test_a_server_that_hangs_does_not_hold_up_the_cancellation_for_long(
    half: Half, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("_async", "_sync"):
        monkeypatch.setattr(f"ionq_direct.{module}.many._CANCEL_S", 0.2)
    service = Jobs({job_id: ["ready"] for job_id in names(250)})
    began = asyncio.get_running_loop().time()
    with PlayedServer(lambda asked: hang if asked.method == "PUT" else service(asked)) as server:
        ionq = half.ionq(server.url, time=FakeTime())
        with pytest.raises(JobTimeout) as caught:
            await half.items(ionq.wait(names(250), 0, cancel_on_exit=True))
    assert asyncio.get_running_loop().time() - began < 20
    assert "not all jobs could be canceled" in caught.value.__notes__[0]


async def test_nothing_is_left_running_behind_a_loop_that_was_left(half: Half) -> None:
    service = Jobs({job_id: ["ready"] for job_id in names(30)} | {"job-0": ["completed"]})
    with PlayedServer(service) as server:
        ionq = half.ionq(server.url, poll=QUICK_POLL)
        async for _ in each(ionq.wait(names(30))):
            break
        gc.collect()
        asked = -1
        for _ in range(50):  # what was under way may still arrive; whoever went on would go on
            if asked == len(server.asked):
                break
            asked = len(server.asked)
            await asyncio.sleep(0.2)
        assert len(server.asked) == asked
    assert service.canceled == []


async def test_a_policy_of_ones_own_sets_the_pace(half: Half) -> None:
    time = FakeTime()
    policy = PollPolicy(first=5, longest=5)
    with PlayedServer(
        Jobs({"job-0": ["ready"] * 3 + ["completed"], "job-1": ["ready"] * 3 + ["completed"]})
    ) as server:
        await half.items(half.ionq(server.url, time=time, poll=policy).wait(names(2), 100))
    assert len(time.slept) == 3
    assert all(4 <= slept <= 6 for slept in time.slept)
