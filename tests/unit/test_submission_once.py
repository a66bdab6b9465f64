"""One submission: at most one job, whatever becomes of the answer. Real HTTP, a clock to wind."""

from __future__ import annotations

import asyncio
import time as real_time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ionq_direct import (
    APIError,
    AsyncIonQ,
    Connection,
    ConnectionFailed,
    InvalidArgument,
    InvalidJob,
    RetryPolicy,
    ServerError,
    SubmissionPolicy,
    SubmissionUnknown,
    Timeouts,
    Unauthorized,
)
from ionq_direct._async.reconciliation import AsyncReconciler
from ionq_direct._concurrency import AsyncClock
from ionq_direct._reconciliation import Wanted
from ionq_direct._tags import METADATA_KEY
from tests.servers import refused_port
from tests.support.clients import KEY, Caller
from tests.support.faulty_cloud import (
    FaultPlan,
    FaultyCloud,
    always,
    first,
    no_faults,
    one_in_three,
)
from tests.worlds import FakeTime

PAYLOAD = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "shots": 100,
    "input": {"qubits": 1, "gateset": "qis", "circuit": [{"gate": "h", "target": 0}]},
}
POLICY = SubmissionPolicy(settle=6, settle_unanswered=20, deadline=120, attempts=10)

Setting = Callable[..., tuple[FaultyCloud, Caller]]


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def setting(kind: str, time: FakeTime) -> Iterator[Setting]:
    """Makes a cloud with these faults and a client of it, which share a clock."""
    opened: list[Any] = []

    def make(
        plan: FaultPlan = no_faults, *, options: dict[str, Any] | None = None, **cloud_options: Any
    ) -> tuple[FaultyCloud, Caller]:
        cloud = FaultyCloud(plan, clock=lambda: time.now, **cloud_options)
        opened.append(cloud.__enter__())
        chosen = {"submission": POLICY, **(options or {})}
        caller = Caller(kind, cloud.url, time=time, **chosen)
        opened.append(caller.__enter__())
        return cloud, caller

    yield make
    for each in reversed(opened):
        each.__exit__(None, None, None)


def submit(caller: Caller, **arguments: Any) -> Any:
    return caller(lambda ionq: ionq.submit(PAYLOAD, **arguments))


def failing_submit(caller: Caller, error: type[Exception], **arguments: Any) -> Any:
    with pytest.raises(error) as caught:
        submit(caller, **arguments)
    return caught.value


# --- When all is well ---


def test_a_submission_is_one_request(setting: Setting) -> None:
    cloud, caller = setting()
    job = submit(caller)
    assert cloud.requests == {"POST jobs": 1}
    [kept] = cloud.jobs.values()
    assert job.id == kept["id"]
    assert job.status == "submitted"
    assert job.tag == kept["metadata"][METADATA_KEY]
    assert job.shots == 100


def test_the_payload_is_sent_as_it_was_and_is_not_touched(setting: Setting) -> None:
    cloud, caller = setting()
    payload = {**PAYLOAD, "metadata": {"mine": "1"}, "name": "a name"}
    caller(lambda ionq: ionq.submit(payload))
    assert payload["metadata"] == {"mine": "1"}
    [kept] = cloud.jobs.values()
    sent = dict(kept["_body"])
    assert sent.pop("metadata").keys() == {"mine", METADATA_KEY}
    assert sent == {key: value for key, value in payload.items() if key != "metadata"}


def test_options_and_further_fields_are_merged_and_checked(setting: Setting) -> None:
    cloud, caller = setting()
    submit(caller, shots=700, extra={"novel": {"a": 1}})
    [kept] = cloud.jobs.values()
    assert kept["_body"]["shots"] == 700
    assert kept["_body"]["novel"] == {"a": 1}
    with pytest.raises(InvalidJob, match=r"\$\.shots"):
        submit(caller, shots=0)
    submit(caller, shots=0, validate=False)
    assert cloud.requests["POST jobs"] == 2


def test_room_for_the_tag_is_checked_before_sending(setting: Setting) -> None:
    cloud, caller = setting()
    full = {str(n): "" for n in range(10)}
    for validate in (True, False):
        with pytest.raises(InvalidJob, match=r"\$\.metadata"):
            submit(caller, metadata=full, validate=validate)
    assert not cloud.requests


# --- Answers that do not tell ---

UNTELLING = [408, 409, 425, 429, 499, 500, 502, 503, 504, 520, 521, 522, 524, 525, 529]


@pytest.mark.parametrize("fault", [*UNTELLING, "drop", "close", "garbled", "nameless"])
def test_a_job_whose_answer_was_lost_is_found_and_not_sent_again(
    setting: Setting, fault: str | int
) -> None:
    cloud, caller = setting(first(fault))
    job = submit(caller)
    assert list(cloud.jobs) == [job.id]
    assert cloud.requests == {"POST jobs": 1, "GET list": 1}


@pytest.mark.parametrize("status", [429, 500, 502, 503, 521])
def test_a_job_that_is_not_there_after_an_answer_is_sent_again_when_the_list_has_settled(
    setting: Setting, time: FakeTime, status: int
) -> None:
    cloud, caller = setting(first(f"not-{status}"))
    job = submit(caller)
    assert list(cloud.jobs) == [job.id]
    sent, sent_again = cloud.post_times
    assert 6 <= sent_again - sent < 7


@pytest.mark.parametrize("fault", ["not-drop", "not-close", "not-504"])
def test_without_an_answer_it_is_looked_for_longer(
    setting: Setting, time: FakeTime, fault: str
) -> None:
    cloud, caller = setting(first(fault))
    job = submit(caller)
    assert list(cloud.jobs) == [job.id]
    sent, sent_again = cloud.post_times
    assert 20 <= sent_again - sent < 21


@pytest.mark.parametrize("silence", ["silence", "not-silence"])
def test_a_timeout_is_no_answer(setting: Setting, silence: str) -> None:
    cloud, caller = setting(first(silence), options={"timeout": Timeouts(read=0.1)})
    job = submit(caller)
    assert list(cloud.jobs) == [job.id]
    assert cloud.requests["POST jobs"] == (1 if silence == "silence" else 2)


@pytest.mark.parametrize(("fault", "lag"), [(502, 5.9), ("drop", 19.9)])
def test_a_job_that_is_listed_late_is_waited_for(
    setting: Setting, fault: str | int, lag: float
) -> None:
    cloud, caller = setting(first(fault), lag=lag)
    job = submit(caller)
    assert list(cloud.jobs) == [job.id]
    assert cloud.requests["POST jobs"] == 1


def test_it_is_sent_again_as_often_as_it_is_known_to_be_absent(setting: Setting) -> None:
    cloud, caller = setting(first("not-502", "not-drop", "not-503", 502))
    job = submit(caller)
    assert list(cloud.jobs) == [job.id]
    assert cloud.requests["POST jobs"] == 4


def test_pages_are_followed_until_they_are_too_old(setting: Setting) -> None:
    cloud, caller = setting(first(502), latency=0)
    for age in range(1, 60):
        cloud.keep({"name": "others"}, KEY, age=-age / 100)  # newer than ours: two pages and more
    for age in range(1000):
        cloud.keep({"name": "old"}, KEY, age=3600 + age)
    job = submit(caller)
    assert job.id in cloud.jobs
    assert cloud.requests == {"POST jobs": 1, "GET list": 3}


def test_an_absent_job_is_not_looked_for_among_old_ones(setting: Setting) -> None:
    cloud, caller = setting(first("not-502"))
    for age in range(1000):
        cloud.keep({"name": "old"}, KEY, age=3600 + age)
    submit(caller)
    looks = cloud.requests["GET list"]
    assert looks <= 8  # one page each, and one more for a duplicate


def test_without_the_servers_time_the_whole_list_is_read(setting: Setting) -> None:
    cloud, caller = setting(first("not-502"), sends_date=False)
    for age in range(60):
        cloud.keep({"name": "old"}, KEY, age=3600 + age)
    submit(caller)
    assert cloud.requests["GET list"] >= 2 * 3
    assert cloud.names() == {"old": 60, None: 1}


@pytest.mark.parametrize("failure", [503, "drop"])
def test_a_list_that_fails_is_asked_again(setting: Setting, failure: int | str) -> None:
    cloud, caller = setting(
        first("not-502"),
        list_plan=one_in_three(failure),
        options={"retry": RetryPolicy(attempts=1)},
    )
    job = submit(caller)
    assert list(cloud.jobs) == [job.id]
    assert cloud.requests["POST jobs"] == 2


# --- Errors ---


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422])
def test_a_refusal_is_raised_at_once(setting: Setting, status: int) -> None:
    cloud, caller = setting(first(f"not-{status}"))
    error = failing_submit(caller, APIError)
    assert error.status == status
    assert cloud.requests == {"POST jobs": 1}


def test_a_server_that_keeps_failing_is_given_up_and_the_job_is_not_there(
    setting: Setting,
) -> None:
    policy = SubmissionPolicy(attempts=3)
    cloud, caller = setting(always("not-503"), options={"submission": policy})
    error = failing_submit(caller, ServerError)
    assert error.status == 503
    assert error.__notes__ == ["the job was sent 3 times and is not at IonQ"]
    assert cloud.requests["POST jobs"] == 3
    assert not cloud.jobs


def test_nothing_is_sent_again_after_the_deadline(setting: Setting, time: FakeTime) -> None:
    cloud, caller = setting(always("not-drop"))
    begun = time.now
    failing_submit(caller, ConnectionFailed)
    assert cloud.requests["POST jobs"] == 6  # every 20 s for 120 s
    assert 120 <= time.now - begun < 130


def test_the_rest_that_the_server_asks_for_is_kept(setting: Setting) -> None:
    cloud, caller = setting(first("not-429"), retry_after="30")
    submit(caller)
    sent, sent_again = cloud.post_times
    assert sent_again - sent >= 30


def test_a_longer_rest_than_the_deadline_allows_is_an_error(setting: Setting) -> None:
    cloud, caller = setting(first("not-503"), retry_after="200")
    error = failing_submit(caller, ServerError)
    assert error.retry_after == 200
    assert cloud.requests["POST jobs"] == 1


def test_a_job_that_never_left_is_not_looked_for(kind: str, time: FakeTime) -> None:
    url = f"http://127.0.0.1:{refused_port()}/v0.4"
    with Caller(kind, url, time=time, retry=RetryPolicy(attempts=2, base=0)) as caller:
        error = failing_submit(caller, ConnectionFailed)
    assert error.sent is False
    assert error.attempts == 2


def test_when_the_list_stays_away_it_is_not_known(setting: Setting, time: FakeTime) -> None:
    cloud, caller = setting(
        first(502), list_plan=always(503), options={"retry": RetryPolicy(attempts=1)}
    )
    begun = time.now
    error = failing_submit(caller, SubmissionUnknown)
    assert 120 <= time.now - begun < 130
    assert isinstance(error.__cause__, ServerError)
    [kept] = cloud.jobs.values()
    assert error.tag == kept["metadata"][METADATA_KEY]

    cloud.list_plan = no_faults
    with Caller(caller.kind, cloud.url, time=time) as other_process:
        found = other_process(lambda ionq: ionq.find_submission(error.tag))
    assert found.id == kept["id"]
    assert cloud.requests["POST jobs"] == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_list_that_is_refused_will_not_tell_later(
    setting: Setting, time: FakeTime, status: int
) -> None:
    _, caller = setting(first(502), list_plan=always(status))
    begun = time.now
    error = failing_submit(caller, SubmissionUnknown)
    assert error.__cause__.status == status
    assert time.now - begun < 1


def test_a_list_longer_than_the_limit_does_not_tell(setting: Setting) -> None:
    policy = SubmissionPolicy(max_pages=2)
    cloud, caller = setting(first("not-502"), sends_date=False, options={"submission": policy})
    for age in range(60):
        cloud.keep({"name": "old"}, KEY, age=age)
    error = failing_submit(caller, SubmissionUnknown)
    assert "goes on after 2 pages" in str(error.__cause__)


def test_a_list_that_goes_in_circles_does_not_tell(setting: Setting) -> None:
    cloud, caller = setting(first("not-502"), sends_date=False, circular=True)
    for age in range(60):
        cloud.keep({"name": "old"}, KEY, age=age)
    error = failing_submit(caller, SubmissionUnknown)
    assert "goes in circles" in str(error.__cause__)


async def test_who_waits_for_a_turn_to_look_waits_no_longer_than_makes_sense() -> None:
    """There is one look at a time, and the one under way may hang."""
    with FaultyCloud(list_plan=lambda number: real_time.sleep(2)) as cloud:
        async with AsyncIonQ(KEY, cloud.url) as ionq:
            clock = AsyncClock()
            reconciler = AsyncReconciler(ionq.api, POLICY, clock)
            hanging = asyncio.create_task(
                reconciler.look(Wanted("tag-a", None, 0), clock.monotonic() + 10)
            )
            await asyncio.sleep(0.1)
            sighting = await reconciler.look(Wanted("tag-b", None, 0), clock.monotonic())
            assert "no time was left" in str(sighting.error)
            assert not sighting.absent
            assert (await hanging).absent


# --- A tag of one's own ---


def test_a_tag_that_the_server_knows_brings_its_job(setting: Setting) -> None:
    cloud, caller = setting()
    job = submit(caller, tag="experiment-17", sent_before=False)
    again = submit(caller, tag="experiment-17")
    assert again.id == job.id
    assert cloud.requests == {"POST jobs": 1, "GET list": 1}


def test_a_tag_that_may_be_known_is_looked_for_as_long_as_the_list_may_lag(
    setting: Setting, time: FakeTime
) -> None:
    cloud, caller = setting()
    begun = time.now
    submit(caller, tag="experiment-17")
    assert 6 <= cloud.post_times[0] - begun < 7


def test_a_tag_that_is_new_is_sent_at_once(setting: Setting) -> None:
    cloud, caller = setting()
    job = submit(caller, tag="experiment-17", sent_before=False)
    assert job.tag == "experiment-17"
    assert cloud.requests == {"POST jobs": 1}


def test_a_long_list_is_read_once_for_a_tag_that_is_not_there(setting: Setting) -> None:
    """Later looks read only what can have turned up since."""
    cloud, caller = setting()
    for age in range(250):
        cloud.keep({"name": "old"}, KEY, age=3600 + age)
    submit(caller, tag="experiment-17")
    whole, latest = 10, 1
    assert whole <= cloud.requests["GET list"] <= whole + 6 * latest


def test_a_tag_is_not_submitted_by_two_at_once() -> None:
    """Both would find nothing with the tag, and send."""
    with FaultyCloud(latency=0.1) as cloud:

        async def both() -> list[Any]:
            async with AsyncIonQ(KEY, cloud.url) as ionq:
                copy = ionq.with_options(strict=True)
                calls = [
                    client.submit(PAYLOAD, tag="experiment-17", sent_before=False)
                    for client in (ionq, copy)
                ]
                outcomes = await asyncio.gather(*calls, return_exceptions=True)
                again = await ionq.submit(PAYLOAD, tag="experiment-17")
                return [*outcomes, again]

        job, error, again = asyncio.run(both())
        assert isinstance(error, InvalidArgument)
        assert list(cloud.jobs) == [job.id]
        assert again.id == job.id


def test_a_bad_tag_is_refused(setting: Setting) -> None:
    cloud, caller = setting()
    failing_submit(caller, InvalidArgument, tag="a b")
    assert not cloud.requests


# --- find_submission ---


def test_a_submission_that_is_not_there_is_none(setting: Setting) -> None:
    cloud, caller = setting()
    for age in range(60):
        cloud.keep({"name": "old"}, KEY, age=age)
    assert caller(lambda ionq: ionq.find_submission("experiment-17")) is None
    assert cloud.requests == {"GET list": 3}


def test_a_submission_of_the_library_is_not_looked_for_before_its_time(setting: Setting) -> None:
    cloud, caller = setting()
    tag = submit(caller).tag
    cloud.jobs.clear()
    for age in range(1000):
        cloud.keep({"name": "old"}, KEY, age=4000 + age)
    assert caller(lambda ionq: ionq.find_submission(tag)) is None
    assert cloud.requests == {"POST jobs": 1, "GET list": 1}


def test_with_patience_a_submission_is_found_when_it_is_listed(setting: Setting) -> None:
    _, caller = setting(lag=4)
    job = submit(caller)
    assert caller(lambda ionq: ionq.find_submission(job.tag)) is None
    found = caller(lambda ionq: ionq.find_submission(job.tag, timeout=10))
    assert found.id == job.id
    assert found.tag == job.tag


def test_a_list_that_stays_away_does_not_tell(setting: Setting) -> None:
    _, caller = setting(list_plan=always(503), options={"retry": RetryPolicy(attempts=1)})
    with pytest.raises(SubmissionUnknown, match="experiment-17") as caught:
        caller(lambda ionq: ionq.find_submission("experiment-17"))
    assert isinstance(caught.value.__cause__, ServerError)


def test_a_list_that_is_refused_says_why(setting: Setting) -> None:
    _, caller = setting(list_plan=always(401))
    with pytest.raises(Unauthorized):
        caller(lambda ionq: ionq.find_submission("experiment-17"))


# --- Duplicates ---


def test_a_job_that_turns_up_after_the_second_sending_is_kept_and_the_second_canceled(
    setting: Setting,
) -> None:
    """The list lags by more than it was allowed for: nobody pays for both."""
    cloud, caller = setting(first(502), lag=6.1)
    job = submit(caller)
    assert cloud.requests["POST jobs"] == 2
    oldest, newest = cloud.jobs.values()
    assert job.id == oldest["id"]
    assert newest["status"] == "canceled"
    found = caller(lambda ionq: ionq.find_submission(job.tag, timeout=10))
    assert found.id == job.id


def test_a_duplicate_that_cannot_be_canceled_does_not_cost_the_job(
    setting: Setting, caplog: pytest.LogCaptureFixture
) -> None:
    cloud, caller = setting(first(502), lag=6.1, cancels=False)
    job = submit(caller)
    oldest, newest = cloud.jobs.values()
    assert job.id == oldest["id"]
    assert f"duplicate {newest['id']} is not canceled" in caplog.text


def test_that_nobody_can_look_for_a_duplicate_does_not_cost_the_job(setting: Setting) -> None:
    cloud, caller = setting(first("not-502"), options={"retry": RetryPolicy(attempts=1)})
    cloud.list_plan = lambda number: 503 if cloud.jobs else None
    job = submit(caller)
    assert list(cloud.jobs) == [job.id]


# --- Interruption ---


class Interrupted(FakeTime):
    """Somebody presses Ctrl-C during the first wait."""

    def pass_by(self, seconds: float) -> None:
        raise KeyboardInterrupt


def test_an_interrupt_leaves_the_tag_to_look_for() -> None:
    with FaultyCloud(first("drop"), lag=0.5) as cloud:
        with (
            Caller("sync", cloud.url, time=Interrupted()) as caller,
            pytest.raises(KeyboardInterrupt) as caught,
        ):
            submit(caller)
        [kept] = cloud.jobs.values()
        tag = kept["metadata"][METADATA_KEY]
        note = f"the job may have been submitted: find_submission({tag!r}) tells"
        assert caught.value.__notes__ == [note]
        with Caller("sync", cloud.url) as caller:
            found = caller(lambda ionq: ionq.find_submission(tag, timeout=5))
        assert found.id == kept["id"]


async def test_a_cancellation_leaves_the_tag_to_look_for() -> None:
    with FaultyCloud(first("silence")) as cloud:
        async with AsyncIonQ(KEY, cloud.url) as ionq:
            task = asyncio.create_task(ionq.submit(PAYLOAD))
            await asyncio.to_thread(cloud.holds_a_job.wait, 10)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
            [kept] = cloud.jobs.values()
            tag = kept["metadata"][METADATA_KEY]
            assert tag in caught.value.__notes__[0]
            found = await ionq.find_submission(tag)
            assert found is not None
            assert found.id == kept["id"]


def test_an_interrupt_before_anything_was_sent_promises_nothing() -> None:
    with FaultyCloud() as cloud, Caller("sync", cloud.url, time=Interrupted()) as caller:
        with pytest.raises(KeyboardInterrupt) as caught:
            submit(caller, tag="experiment-17")
        assert not hasattr(caught.value, "__notes__")
        assert not cloud.jobs


# --- What is odd ---


def test_a_deviation_in_the_answer_does_not_cost_the_job(setting: Setting) -> None:
    """Strict mode is for what is read; a receipt without `session_id` still names the job."""
    cloud, caller = setting(first(502), options={"strict": True})
    cloud.keep({"name": "odd", "metadata": {"a": 1}}, KEY)
    job = submit(caller)
    assert job.id in cloud.jobs
    assert len(cloud.jobs) == 2


def test_a_mapping_that_changes_later_does_not_change_the_submission(setting: Setting) -> None:
    _, caller = setting()
    circuit = [{"gate": "rx", "target": 0, "rotation": 0.1}]
    payload = {**PAYLOAD, "input": {"qubits": 1, "gateset": "qis", "circuit": circuit}}
    job = caller(lambda ionq: ionq.submit(payload))
    circuit[0]["rotation"] = 0.2
    assert job.payload["input"]["circuit"][0]["rotation"] == 0.1


# --- Many at the same time ---


def test_many_lost_answers_share_their_looks() -> None:
    """150 look-ups, each of a few looks of several pages, would be thousands of requests."""
    with FaultyCloud(always("close"), lag=1.0) as cloud:

        async def storm() -> list[Any]:
            async with AsyncIonQ(KEY, cloud.url) as ionq:
                return await asyncio.gather(*(ionq.submit(PAYLOAD) for _ in range(150)))

        begun = real_time.monotonic()
        jobs = asyncio.run(storm())
        took = real_time.monotonic() - begun
        assert {job.id for job in jobs} == set(cloud.jobs)
        assert cloud.requests["POST jobs"] == 150
        assert cloud.requests["GET list"] <= 20 * (took + 1)
        assert cloud.requests["GET list"] < 60


def test_a_client_can_be_used_by_several_event_loops() -> None:
    """What tasks share belongs to a loop; the next loop has its own."""
    with FaultyCloud(always(502)) as cloud:
        # A loop cannot close the connections of another: none is to be left over.
        ionq = AsyncIonQ(KEY, cloud.url, connection=Connection(keepalive_expiry=0))

        async def twice() -> None:
            await asyncio.gather(ionq.submit(PAYLOAD), ionq.submit(PAYLOAD))

        asyncio.run(twice())
        asyncio.run(twice())
        asyncio.run(ionq.aclose())
        assert len(cloud.jobs) == 4
