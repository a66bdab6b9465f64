"""Many submissions in one run: order, bounds, progress, failures; and the journal that survives."""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ionq_direct import (
    AsyncIonQ,
    BadRequest,
    InvalidArgument,
    InvalidJob,
    IonQError,
    NotSubmitted,
    RetryPolicy,
    ServerError,
    SubmissionPolicy,
    SubmissionProgress,
    SubmissionsFailed,
    SubmissionUnknown,
    Unauthorized,
)
from ionq_direct._journal import Journal
from ionq_direct._tags import METADATA_KEY
from tests.support.clients import KEY, Caller
from tests.support.faulty_cloud import FaultPlan, FaultyCloud, always, first, no_faults
from tests.support.submitting_process import payloads
from tests.worlds import FakeTime

ROOT = Path(__file__).parents[2]
QUICK = SubmissionPolicy(settle=0.2, settle_unanswered=0.3, deadline=5, attempts=2)

Setting = Callable[..., tuple[FaultyCloud, Caller]]


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def setting(kind: str) -> Iterator[Setting]:
    """Makes a cloud with these faults, and a client of it."""
    opened: list[Any] = []

    def make(plan: FaultPlan = no_faults, **cloud_options: Any) -> tuple[FaultyCloud, Caller]:
        cloud = FaultyCloud(plan, **cloud_options)
        opened.append(cloud.__enter__())
        caller = Caller(kind, cloud.url, submission=QUICK, retry=RetryPolicy(attempts=1))
        opened.append(caller.__enter__())
        return cloud, caller

    yield make
    for each in reversed(opened):
        each.__exit__(None, None, None)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


def submit(caller: Caller, jobs: list[Any], **arguments: Any) -> Any:
    return caller(lambda ionq: ionq.submit_many(jobs, **arguments))


def names(cloud: FaultyCloud, jobs: list[Any]) -> list[str]:
    return [cloud.jobs[job.id]["name"] for job in jobs]


def expected(count: int) -> list[str]:
    return [f"job {place}" for place in range(count)]


# --- Order, bounds, progress ---


def test_jobs_come_in_the_order_of_their_payloads(setting: Setting) -> None:
    cloud, caller = setting()
    jobs = submit(caller, payloads(30))
    assert names(cloud, jobs) == expected(30)
    assert [job.payload["name"] for job in jobs] == expected(30)
    assert all(job.tag == cloud.jobs[job.id]["metadata"][METADATA_KEY] for job in jobs)
    assert cloud.requests == {"POST jobs": 30}


def test_no_more_are_under_way_than_allowed(setting: Setting) -> None:
    cloud, caller = setting(latency=0.03)
    submit(caller, payloads(20), concurrency=4)
    assert cloud.most_in_flight == 4


@pytest.mark.parametrize("concurrency", [0, -1])
def test_a_bound_of_none_is_refused(setting: Setting, concurrency: int) -> None:
    _, caller = setting()
    with pytest.raises(InvalidArgument, match="concurrency"):
        submit(caller, payloads(2), concurrency=concurrency)


def test_those_that_are_looked_for_hold_up_nobody(setting: Setting) -> None:
    cloud, caller = setting(first("not-drop", "not-drop"), latency=0.01)
    submit(caller, payloads(20), concurrency=2)
    assert len(cloud.jobs) == 20
    lost, last_first_sending = cloud.post_times[1], cloud.post_times[19]
    assert last_first_sending - lost < 0.3  # the search for the two takes as long


def test_nothing_to_submit_is_nothing_submitted(setting: Setting, journal: Path) -> None:
    cloud, caller = setting()
    assert submit(caller, []) == []
    assert submit(caller, [], journal=journal) == []
    assert submit(caller, [], journal=journal) == []
    assert not cloud.requests


def test_progress_is_told_before_the_first_and_after_each(setting: Setting) -> None:
    _, caller = setting(first("not-400"))
    told: list[SubmissionProgress] = []
    with pytest.raises(SubmissionsFailed):
        submit(caller, payloads(10), on_progress=told.append)
    assert told[0] == SubmissionProgress(total=10, submitted=0, failed=0, latest=None)
    assert [progress.left for progress in told] == list(range(10, -1, -1))
    assert told[-1].failed == 1
    assert sorted(progress.latest.position for progress in told[1:]) == list(range(10))
    [failed] = [p.latest for p in told[1:] if p.latest is not None and p.latest.error is not None]
    assert failed.job_id is None


def test_progress_is_never_told_twice_at_once(setting: Setting) -> None:
    _, caller = setting()
    busy = threading.Lock()

    def slow(progress: SubmissionProgress) -> None:
        assert busy.acquire(blocking=False)
        time.sleep(0.002)
        busy.release()

    submit(caller, payloads(20), on_progress=slow)


def test_an_error_in_the_progress_function_ends_the_run(setting: Setting) -> None:
    cloud, caller = setting(latency=0.02)

    def picky(progress: SubmissionProgress) -> None:
        if progress.submitted == 3:
            raise ZeroDivisionError("not three")

    with pytest.raises(ZeroDivisionError, match="not three"):
        submit(caller, payloads(100), concurrency=2, on_progress=picky)
    assert len(cloud.jobs) < 10


async def test_the_progress_function_of_tasks_may_be_async() -> None:
    told: list[int] = []

    async def tell(progress: SubmissionProgress) -> None:
        await asyncio.sleep(0)
        told.append(progress.submitted)

    with FaultyCloud() as cloud:
        async with AsyncIonQ(KEY, cloud.url) as ionq:
            await ionq.submit_many(payloads(5), on_progress=tell)
    assert told == [0, 1, 2, 3, 4, 5]


# --- Failures ---


def test_a_bad_payload_is_named_before_anything_is_sent(setting: Setting) -> None:
    cloud, caller = setting()
    jobs = payloads(5)
    jobs[3]["shots"] = 0
    with pytest.raises(InvalidJob) as caught:
        submit(caller, jobs)
    assert caught.value.path == "payloads[3].shots"
    assert not cloud.requests


def test_the_refusal_of_one_stops_no_other_and_nothing_is_lost(setting: Setting) -> None:
    cloud, caller = setting(first(None, "not-400"))
    with pytest.raises(SubmissionsFailed) as caught:
        submit(caller, payloads(10), concurrency=1)
    error = caught.value
    assert str(error).startswith("1 of 10 submissions made no job; the first: payload 1: HTTP 400")
    assert isinstance(error.__cause__, BadRequest)
    failed = error.outcomes[1]
    assert isinstance(failed.error, BadRequest)
    made = [outcome.job_id for outcome in error.outcomes if outcome.job_id is not None]
    assert sorted(made) == sorted(cloud.jobs)
    assert [outcome.position for outcome in error.outcomes] == list(range(10))
    copy = pickle.loads(pickle.dumps(error))
    assert [outcome.job_id for outcome in copy.outcomes] == [o.job_id for o in error.outcomes]


def test_failures_can_be_had_in_the_place_of_jobs(setting: Setting) -> None:
    cloud, caller = setting(first(None, "not-400"))
    jobs = submit(caller, payloads(4), concurrency=1, return_exceptions=True)
    assert isinstance(jobs[1], BadRequest)
    assert names(cloud, [jobs[0], *jobs[2:]]) == ["job 0", "job 2", "job 3"]


def test_a_wrong_key_stops_the_run_and_says_what_was_not_tried(setting: Setting) -> None:
    cloud, caller = setting(always("not-401"))
    with pytest.raises(SubmissionsFailed) as caught:
        submit(caller, payloads(50), concurrency=2)
    assert cloud.requests["POST jobs"] <= 2
    kinds = {type(outcome.error) for outcome in caught.value.outcomes}
    assert kinds == {Unauthorized, NotSubmitted}
    assert re.search(r"4[89] of them were not tried", str(caught.value))


def test_a_server_that_is_down_stops_the_run(setting: Setting) -> None:
    cloud, caller = setting(always("not-503"))
    with pytest.raises(SubmissionsFailed) as caught:
        submit(caller, payloads(200), concurrency=2)
    assert cloud.requests["POST jobs"] < 300
    assert NotSubmitted in {type(outcome.error) for outcome in caught.value.outcomes}


def test_one_payload_that_breaks_the_server_does_not_stop_the_others(kind: str) -> None:
    with FaultyCloud(latency=0.005) as cloud:
        submit_as_usual = cloud.submit
        cloud.submit = lambda body, key: (  # type: ignore[method-assign]
            (None, 500) if body["name"] == "job 3" else submit_as_usual(body, key)
        )
        with (
            Caller(kind, cloud.url, submission=QUICK) as caller,
            pytest.raises(SubmissionsFailed) as caught,
        ):
            submit(caller, payloads(100), concurrency=2)
        errors = {o.position: o.error for o in caught.value.outcomes if o.error is not None}
        assert errors.keys() == {3}
        assert isinstance(errors[3], ServerError)
        assert len(cloud.jobs) == 99


def test_a_duplicate_is_noticed_at_the_end_of_the_run(kind: str, journal: Path) -> None:
    """The list lags by more than it was allowed for: the second job is canceled."""
    now = FakeTime()
    with (
        FaultyCloud(first(502), lag=6.1, clock=lambda: now.now) as cloud,
        Caller(kind, cloud.url, time=now) as caller,
    ):
        jobs = submit(caller, payloads(5), journal=journal)
        [lost] = [name for name, number in cloud.names().items() if number == 2]
        place = expected(5).index(lost)
        oldest, newest = (job for job in cloud.jobs.values() if job["name"] == lost)
        assert (oldest["status"], newest["status"]) == ("submitted", "canceled")
        assert jobs[place].id == oldest["id"]
        assert submit(caller, payloads(5), journal=journal)[place].id == oldest["id"]


def test_a_fault_in_a_function_of_the_users_is_not_swallowed(setting: Setting) -> None:
    """Of a transport, say: what is no error of ours ends the run and is raised."""
    cloud, caller = setting()
    with pytest.MonkeyPatch.context() as monkey:
        monkey.setattr("ionq_direct._async.submission.receipt_in", broken)
        monkey.setattr("ionq_direct._sync.submission.receipt_in", broken)
        with pytest.raises(ZeroDivisionError):
            submit(caller, payloads(100), concurrency=2)
    assert len(cloud.jobs) < 10


def broken(*arguments: object) -> None:
    raise ZeroDivisionError("a fault")


# --- Interruption ---


def test_ctrl_c_lets_what_is_under_way_finish_and_begins_nothing(journal: Path) -> None:
    def press(progress: SubmissionProgress) -> None:
        if progress.submitted == 5:
            os.kill(os.getpid(), signal.SIGINT)

    with FaultyCloud(latency=0.05) as cloud, Caller("sync", cloud.url) as caller:
        with pytest.raises(KeyboardInterrupt) as caught:
            submit(caller, payloads(200), concurrency=4, on_progress=press, journal=journal)
        assert len(cloud.jobs) < 20
        [note] = caught.value.__notes__
        assert note == (
            f"{len(cloud.jobs)} of 200 payloads were submitted; "
            f"run it again with the journal {journal} to go on"
        )
        jobs = submit(caller, payloads(200), journal=journal, concurrency=32)
        assert len(cloud.jobs) == 200
        assert names(cloud, jobs) == expected(200)


INTERRUPTED = """
import sys
from ionq_direct import IonQ
from tests.support.submitting_process import payloads
from tests.worlds import FakeTime
with IonQ("a-key-of-the-tests", sys.argv[1]) as ionq:
    print("begun", flush=True)
    ionq.submit_many(payloads(1000), concurrency=4)
"""


def test_ctrl_c_ends_a_run_soon_and_tells_what_is_open() -> None:
    """Also while some are looked for on a list that does not come."""
    with FaultyCloud(always(502), lag=1000, latency=0.01) as cloud:
        with subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED, cloud.url],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            while len(cloud.jobs) < 20:
                time.sleep(0.01)
            begun = time.monotonic()
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
        assert time.monotonic() - begun < 20  # not the 120 s until it gives up
        assert process.returncode != 0
        assert "KeyboardInterrupt" in errors
        assert "0 of 1000 payloads were submitted; these may have been, find_submission" in errors
        assert all(job["metadata"][METADATA_KEY] in errors for job in cloud.jobs.values())


async def test_a_cancellation_tells_what_is_open() -> None:
    with FaultyCloud(always("silence")) as cloud:
        async with AsyncIonQ(KEY, cloud.url) as ionq:
            task = asyncio.create_task(ionq.submit_many(payloads(10), concurrency=3))
            while len(cloud.jobs) < 3:  # noqa: ASYNC110 - a server's thread sets no asyncio.Event
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError) as caught:
                await task
        [note] = caught.value.__notes__
        assert note.startswith("0 of 10 payloads were submitted")
        assert len(cloud.jobs) == 3
        assert all(job["metadata"][METADATA_KEY] in note for job in cloud.jobs.values())


# --- The journal ---


def test_a_run_that_was_complete_sends_nothing(setting: Setting, journal: Path) -> None:
    cloud, caller = setting()
    jobs = submit(caller, payloads(10), journal=journal)
    requests = cloud.requests.copy()
    told: list[SubmissionProgress] = []
    again = submit(caller, payloads(10), journal=journal, on_progress=told.append)
    assert [job.id for job in again] == [job.id for job in jobs]
    assert [job.tag for job in again] == [job.tag for job in jobs]
    assert cloud.requests == requests
    assert told == [SubmissionProgress(total=10, submitted=10, failed=0, latest=None)]


def test_what_failed_is_tried_again_and_nothing_else(setting: Setting, journal: Path) -> None:
    cloud, caller = setting(first(None, "not-400", "not-400"))
    with pytest.raises(SubmissionsFailed):
        submit(caller, payloads(10), concurrency=1, journal=journal)
    assert cloud.requests == {"POST jobs": 10}
    jobs = submit(caller, payloads(10), journal=journal)
    assert names(cloud, jobs) == expected(10)
    assert cloud.requests == {"POST jobs": 12}  # and no look: what was refused is not there


def test_what_was_never_tried_is_tried(setting: Setting, journal: Path) -> None:
    cloud, caller = setting(first(None, None, "not-401"))
    with pytest.raises(SubmissionsFailed):
        submit(caller, payloads(10), concurrency=1, journal=journal)
    jobs = submit(caller, payloads(10), journal=journal)
    assert names(cloud, jobs) == expected(10)
    assert "GET list" not in cloud.requests


def test_what_may_be_there_is_looked_for_before_it_is_sent(setting: Setting, journal: Path) -> None:
    """As after a crash between a sending and its answer: one job is there, one is not."""
    cloud, caller = setting(
        lambda number: "drop" if number == 1 else "not-drop", list_plan=always(403)
    )
    for _ in range(2):  # the first failure stops a run, perhaps before the second is sent
        with pytest.raises(SubmissionsFailed) as caught:
            submit(caller, payloads(2), concurrency=1, journal=journal)
        assert isinstance(caught.value.__cause__, SubmissionUnknown)
    [there] = cloud.jobs.values()

    cloud.list_plan = cloud.plan = no_faults
    jobs = submit(caller, payloads(2), journal=journal)
    assert names(cloud, jobs) == expected(2)
    assert len(cloud.jobs) == 2
    assert there["id"] in {job.id for job in jobs}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda jobs: [*jobs[:7], {**jobs[7], "shots": 7}, *jobs[8:]], r"payloads\[7\]: differs"),
        (lambda jobs: jobs[1:], r"payloads\[0\]: differs"),
        (lambda jobs: [jobs[1], jobs[0], *jobs[2:]], r"payloads\[0\]: differs"),
        (lambda jobs: jobs[:-1], r"payloads\[9\]: is missing"),
        (lambda jobs: [*jobs, jobs[0]], r"payloads\[10\]: is not in the journal"),
    ],
)
def test_other_payloads_are_refused_and_the_first_that_differs_is_named(
    setting: Setting, journal: Path, change: Callable[[list[Any]], list[Any]], complaint: str
) -> None:
    cloud, caller = setting()
    submit(caller, payloads(10), journal=journal)
    requests = cloud.requests.copy()
    with pytest.raises(InvalidArgument, match=complaint):
        submit(caller, change(payloads(10)), journal=journal)
    assert cloud.requests == requests


def test_the_same_payloads_written_in_another_order_of_fields_are_the_same(
    setting: Setting, journal: Path
) -> None:
    cloud, caller = setting()
    submit(caller, payloads(3), journal=journal)
    turned = [dict(reversed(payload.items())) for payload in payloads(3)]
    submit(caller, turned, journal=journal)
    assert cloud.requests == {"POST jobs": 3}


def test_a_journal_belongs_to_one_server(setting: Setting, journal: Path) -> None:
    _, caller = setting()
    submit(caller, payloads(2), journal=journal)
    cloud, other = setting()
    with pytest.raises(InvalidArgument, match="belongs to a run against http"):
        submit(other, payloads(2), journal=journal)
    assert not cloud.requests


def test_another_key_must_see_the_jobs_of_the_first(setting: Setting, journal: Path) -> None:
    cloud, caller = setting(first(None, "not-401"))
    with pytest.raises(SubmissionsFailed):
        submit(caller, payloads(3), concurrency=1, journal=journal)
    with (
        Caller(caller.kind, cloud.url, key="of-another-project") as other,
        pytest.raises(InvalidArgument, match="begun with another API key"),
    ):
        submit(other, payloads(3), journal=journal)
    for job in cloud.jobs.values():
        job["_key"] = "new-of-this-project"
    with Caller(caller.kind, cloud.url, key="new-of-this-project") as renewed:
        jobs = submit(renewed, payloads(3), journal=journal)
        assert names(cloud, jobs) == expected(3)
        asked = cloud.requests["GET job"]
        submit(renewed, payloads(3), journal=journal)
        assert cloud.requests["GET job"] == asked, "the journal has taken the key to be known"


def test_the_journal_holds_no_key_and_is_its_owners(setting: Setting, journal: Path) -> None:
    _, caller = setting()
    submit(caller, payloads(20), journal=journal)
    with Journal(journal):
        files = list(journal.parent.iterdir())
        assert files
        assert not any(KEY.encode() in file.read_bytes() for file in files)
    if os.name == "posix":
        assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_the_tag_is_on_disk_before_the_job_leaves(kind: str, journal: Path) -> None:
    """Seen from the server, at the moment the job comes in."""
    tags_on_disk: list[bool] = []

    def plan(number: int) -> None:
        # A copy, as a crash at this moment would leave it.
        copy = journal.with_name(f"copy-{number}.sqlite")
        for suffix in ("", "-wal"):
            Path(f"{copy}{suffix}").write_bytes(Path(f"{journal}{suffix}").read_bytes())
        with Journal(copy) as left:
            sent = [entry for entry in left.entries() if entry.sent_at is not None]
            tags_on_disk.append(len(sent) >= number)

    with FaultyCloud(plan) as cloud, Caller(kind, cloud.url) as caller:
        submit(caller, payloads(5), concurrency=1, journal=journal)
    assert tags_on_disk == [True] * 5


HOLDING = """
import sys, time
from ionq_direct._journal import Journal
with Journal(sys.argv[1]):
    print("open", flush=True)
    time.sleep(60)
"""


def test_two_processes_do_not_share_a_journal(setting: Setting, journal: Path) -> None:
    cloud, caller = setting()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(journal)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(InvalidArgument, match="is in use by another run") as caught:
            submit(caller, payloads(2), journal=journal)
        assert journal.name in str(caught.value)
        assert not cloud.requests
        other.kill()
    submit(caller, payloads(2), journal=journal)  # a process that dies lets go of it
    assert len(cloud.jobs) == 2


def test_two_runs_of_one_process_do_not_share_a_journal(setting: Setting, journal: Path) -> None:
    cloud, caller = setting()
    with Journal(journal), pytest.raises(InvalidArgument, match="is in use by another run"):
        submit(caller, payloads(2), journal=journal)
    assert not cloud.requests


def test_what_is_no_journal_is_refused_and_left_as_it_is(setting: Setting, tmp_path: Path) -> None:
    _, caller = setting()
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but rather long " * 100)
    with pytest.raises(InvalidArgument, match="some other file"):
        submit(caller, payloads(1), journal=text)
    assert text.read_text().startswith("not a database")
    database = tmp_path / "other.sqlite"
    with sqlite3.connect(database) as other:
        other.execute("CREATE TABLE precious (thing)")
    other.close()
    with pytest.raises(InvalidArgument, match="some other database"):
        submit(caller, payloads(1), journal=database)
    with pytest.raises(IonQError, match="journal"):
        submit(caller, payloads(1), journal=tmp_path)
    with pytest.raises(IonQError, match="journal"):
        submit(caller, payloads(1), journal=tmp_path / "no" / "such" / "folder")


def test_a_journal_of_another_layout_is_refused(setting: Setting, journal: Path) -> None:
    _, caller = setting()
    submit(caller, payloads(1), journal=journal)
    with sqlite3.connect(journal) as database:
        database.execute("PRAGMA user_version=99")
    database.close()
    with pytest.raises(InvalidArgument, match="layout 99"):
        submit(caller, payloads(1), journal=journal)


def test_a_full_disk_stops_the_run_and_loses_no_job(kind: str, journal: Path) -> None:
    """What was sent and could not be written down is found when the run is taken up."""
    write_down = Journal.submitted

    def on_a_full_disk(book: Journal, position: int, receipt: Any) -> None:
        [(pages,)] = book._read("PRAGMA page_count")
        book._read(f"PRAGMA max_page_count={pages}")
        write_down(book, position, {**receipt, "much": "x" * 100_000})

    with FaultyCloud() as cloud, Caller(kind, cloud.url, submission=QUICK) as caller:
        with pytest.MonkeyPatch.context() as monkey:
            monkey.setattr(Journal, "submitted", on_a_full_disk)
            with pytest.raises(SubmissionsFailed, match="disk is full") as caught:
                submit(caller, payloads(10), concurrency=1, journal=journal)
        assert {outcome.job_id for outcome in caught.value.outcomes} == {*cloud.jobs, None}
        jobs = submit(caller, payloads(10), journal=journal)
        assert names(cloud, jobs) == expected(10)
        assert len(cloud.jobs) == 10


def test_a_journal_that_was_closed_says_so(journal: Path) -> None:
    book = Journal(journal)
    book.close()
    with pytest.raises(IonQError, match="closed"):
        book.entries()
    with pytest.raises(IonQError, match="closed"):
        book.sending(0)


# --- Submitted anew ---


def test_a_job_is_submitted_anew_with_changes(setting: Setting) -> None:
    cloud, caller = setting()
    job = caller(lambda ionq: ionq.submit({**payloads(1)[0], "metadata": {"a": "1"}}, shots=50))
    again = caller(lambda ionq: ionq.resubmit(job, shots=70, name=None))
    first_body, second_body = (kept["_body"] for kept in cloud.jobs.values())
    assert again.id != job.id
    assert again.tag != job.tag
    assert second_body["shots"] == 70
    assert "name" not in second_body
    assert second_body["input"] == first_body["input"]
    assert second_body["metadata"].keys() == {"a", METADATA_KEY}


def test_the_id_of_a_job_will_do_while_its_object_is_held(setting: Setting) -> None:
    cloud, caller = setting()
    job = caller(lambda ionq: ionq.submit(payloads(1)[0]))
    looked_up = caller(lambda ionq: ionq.job(job.id))
    for known in (job.id, looked_up):
        caller(lambda ionq, known=known: ionq.resubmit(known))
    bodies = [json.dumps(kept["_body"]["input"]) for kept in cloud.jobs.values()]
    assert len(bodies) == 3
    assert len(set(bodies)) == 1


def test_a_journal_tells_the_payload_of_a_job_of_its_run(setting: Setting, journal: Path) -> None:
    cloud, caller = setting()
    job_ids = [job.id for job in submit(caller, payloads(3), journal=journal)]
    with Caller(caller.kind, cloud.url) as later:
        again = later(lambda ionq: ionq.resubmit(job_ids[1], journal=journal, shots=70))
    assert cloud.jobs[again.id]["name"] == "job 1"
    assert cloud.jobs[again.id]["shots"] == 70


def test_a_job_whose_payload_nobody_knows_cannot_be_submitted_anew(
    setting: Setting, journal: Path
) -> None:
    cloud, caller = setting()
    submit(caller, payloads(1), journal=journal)
    job_id = cloud.keep({"name": "of another"}, KEY)["id"]
    for where in (None, journal):
        with pytest.raises(InvalidArgument, match="IonQ does not give programs back"):
            caller(lambda ionq, where=where: ionq.resubmit(job_id, journal=where))
    with pytest.raises(InvalidArgument, match="must be there"):
        caller(lambda ionq: ionq.resubmit(job_id, journal=journal.with_name("other")))
    assert not journal.with_name("other").exists()
