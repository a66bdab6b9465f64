"""What is decided about a submission: what an error says, where to look, when to send again."""

from __future__ import annotations

import datetime
import math
import time
from email.utils import format_datetime
from typing import Any

import pytest

from ionq_direct._reconciliation import JobPage, Look, Query, Wanted, rightful
from ionq_direct._submission import Fate, SubmissionPolicy, Trial, fate_of
from ionq_direct._tags import (
    METADATA_KEY,
    age_of_tag,
    check_tag,
    new_tag,
    shots_in_tag,
    tag_of,
    with_tag,
    without_tag,
)
from ionq_direct.errors import (
    APIError,
    ConfigurationError,
    ConnectionFailed,
    DecodeError,
    InvalidArgument,
    InvalidJob,
    IonQError,
    RateLimited,
    RequestTimeout,
    ServerError,
    error_for,
)
from ionq_direct.submissions import stops_a_run

NOW = datetime.datetime(2026, 11, 21, 12, 0, 0, tzinfo=datetime.UTC)
POLICY = SubmissionPolicy(settle=6, settle_unanswered=20, deadline=120, attempts=3)


def answered(status: int, retry_after: float | None = None) -> APIError:
    return APIError("told", status=status, retry_after=retry_after)


# --- What an error says ---


@pytest.mark.parametrize("status", [300, 307, 400, 401, 402, 403, 404, 405, 413, 415, 422, 451])
def test_a_refusal_is_certain(status: int) -> None:
    assert fate_of(answered(status)) is Fate.CERTAIN


def test_a_conflict_in_ionqs_words_is_a_refusal() -> None:
    body = b'{"statusCode": 409, "error": "Conflict", "message": "the session has ended"}'
    assert fate_of(error_for(409, {}, body)) is Fate.CERTAIN
    assert fate_of(error_for(409, {}, b"<html>error 1001</html>")) is not Fate.CERTAIN


@pytest.mark.parametrize("status", [409, 425, 429, 500, 502, 503, 520, 521, 523, 525, 526, 530])
def test_an_error_after_which_the_job_may_be_there_has_been_answered(status: int) -> None:
    assert fate_of(answered(status)) is Fate.ANSWERED


@pytest.mark.parametrize("status", [408, 499, 504, 522, 524])
def test_a_proxy_that_had_no_answer_leaves_the_server_at_work(status: int) -> None:
    assert fate_of(answered(status)) is Fate.UNANSWERED


@pytest.mark.parametrize("cls", [ConnectionFailed, RequestTimeout])
@pytest.mark.parametrize(
    ("sent", "fate"),
    [(False, Fate.CERTAIN), (None, Fate.UNANSWERED), (True, Fate.ANSWERED)],
)
def test_a_lost_connection_tells_by_how_far_it_came(
    cls: type[ConnectionFailed | RequestTimeout], sent: bool | None, fate: Fate
) -> None:
    assert fate_of(cls("lost", sent=sent)) is fate


def test_a_success_that_cannot_be_read_is_an_answer() -> None:
    assert fate_of(DecodeError("half of it", path="$")) is Fate.ANSWERED


def test_what_is_found_before_sending_is_certain() -> None:
    assert fate_of(InvalidArgument(name="a", value=1, rule="must not")) is Fate.CERTAIN


def test_an_unanswered_submission_may_stay_unlisted_for_longer() -> None:
    assert POLICY.settle_after(Fate.ANSWERED) == 6
    assert POLICY.settle_after(Fate.UNANSWERED) == 20


@pytest.mark.parametrize(
    "limits",
    [
        {"settle": -1},
        {"settle": 30},
        {"settle_unanswered": 200},
        {"deadline": math.inf},
        {"deadline": math.nan},
        {"attempts": 0},
        {"max_pages": 0},
    ],
)
def test_a_policy_out_of_range_is_refused(limits: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=r"submission\."):
        SubmissionPolicy(**limits)


# --- When it is sent again ---


def tried(error: IonQError, *, begun: float = 0, failed: float = 5) -> tuple[Trial, Wanted]:
    trial = Trial("tag-of-it", POLICY, begun)
    trial.send(begun)
    return trial, trial.after(error, failed)


def test_it_is_looked_for_from_its_first_sending_until_it_must_have_been_listed() -> None:
    _, wanted = tried(answered(502), begun=1, failed=5)
    assert wanted == Wanted("tag-of-it", since=1, absent_from=5 + 6)
    _, wanted = tried(ConnectionFailed("lost"), begun=1, failed=5)
    assert wanted == Wanted("tag-of-it", since=1, absent_from=5 + 20)


def test_what_is_certain_is_raised() -> None:
    error = answered(400)
    with pytest.raises(APIError) as caught:
        tried(error)
    assert caught.value is error


def test_time_spent_before_the_first_sending_does_not_count() -> None:
    trial = Trial("tag-of-it", POLICY, 0)
    trial.send(1000)
    wanted = trial.after(answered(502), 1001)
    assert trial.end_of(wanted) == 1000 + 120


def test_a_search_has_time_to_decide_even_at_the_deadline() -> None:
    trial, wanted = tried(ConnectionFailed("lost"), failed=119)
    assert trial.end_of(wanted) > wanted.absent_from


def test_it_is_sent_again_at_once_when_nobody_asks_for_a_pause() -> None:
    trial, _ = tried(answered(502), failed=5)
    assert trial.pause_before_next(answered(502), now=12) == 0


def test_the_pause_that_the_server_asks_for_counts_from_its_answer() -> None:
    error = answered(429, retry_after=30)
    trial, _ = tried(error, failed=5)
    assert trial.pause_before_next(error, now=11) == 24


@pytest.mark.parametrize(
    ("retry_after", "now", "sent"), [(None, 121, 1), (200, 11, 1), (None, 11, 3)]
)
def test_it_is_not_sent_after_the_deadline_or_too_often(
    retry_after: float | None, now: float, sent: int
) -> None:
    error = answered(503, retry_after=retry_after)
    trial, _ = tried(error, failed=5)
    for _ in range(sent - 1):
        trial.send(6)
    with pytest.raises(APIError) as caught:
        trial.pause_before_next(error, now=now)
    assert caught.value is error
    assert caught.value.__notes__ == [f"the job was sent {sent} times and is not at IonQ"]


@pytest.mark.parametrize(
    ("error", "others_went_well", "stops"),
    [
        (answered(400), False, False),
        (answered(413), False, False),
        (answered(403), False, False),
        (answered(401), False, True),
        (RateLimited("slow", status=429), False, True),
        (ServerError("down", status=500), False, True),
        (ServerError("down", status=500), True, False),
        (ConnectionFailed("no", sent=False), False, True),
        (InvalidJob(path="$", value=1, rule="must not"), False, False),
        (IonQError("disk full"), False, True),
    ],
)
def test_a_run_goes_on_unless_the_failure_may_be_everybodys(
    error: Exception, others_went_well: bool, stops: bool
) -> None:
    assert stops_a_run(error, others_went_well=others_went_well) is stops


# --- Where it is looked for ---


def job(age: float, tag: str | None = None, **fields: Any) -> dict[str, Any]:
    submitted = NOW - datetime.timedelta(seconds=age)
    metadata = None if tag is None else {METADATA_KEY: tag}
    return {
        "id": f"{age}",
        "status": "submitted",
        "submitted_at": submitted.isoformat(),
        "metadata": metadata,
        "parent_job_id": None,
        **fields,
    }


def page(*jobs: dict[str, Any], date: str | None = format_datetime(NOW)) -> JobPage:
    return JobPage(jobs, date)


def test_a_page_reaches_back_as_far_as_its_oldest_job() -> None:
    assert page(job(1), job(10)).reaches_back(9)
    assert not page(job(1), job(10)).reaches_back(10)


@pytest.mark.parametrize(
    "unsure",
    [
        page(job(1), job(10), date=None),
        page(job(1), job(10), date="yesterday"),
        page(job(10), job(1)),
        page(job(1), job(50), job(10)),
        page(job(1), {**job(10), "submitted_at": None}),
        page(job(1), {**job(10), "submitted_at": "2026-11-21T11:00:00"}),
        page(job(1), {**job(10), "submitted_at": "long ago"}),
        page(),
    ],
)
def test_a_page_out_of_order_or_without_times_reaches_nowhere(unsure: JobPage) -> None:
    assert not unsure.reaches_back(0.5)


def test_a_date_in_another_zone_or_in_none_is_read() -> None:
    assert page(job(10), date="Sat, 21 Nov 2026 13:00:00 +0100").reaches_back(9)
    assert page(job(10), date="Sat, 21 Nov 2026 12:00:00 -0000").reaches_back(9)


def test_a_look_that_can_decide_reads_a_minute_more_than_one_that_cannot() -> None:
    wanted = Wanted("t", since=100, absent_from=126)
    assert wanted.age_to_reach(110) == 10 + 5
    assert wanted.age_to_reach(126) == 26 + 60
    assert Wanted("t", since=None, absent_from=126).age_to_reach(110) == math.inf


def look(*wanted: Wanted, began: float = 0) -> tuple[Look, list[Query]]:
    queries = [Query(each) for each in wanted]
    return Look(queries, began), queries


def test_one_look_answers_all_queries() -> None:
    here, gone = Wanted("tag-here", 0, 0), Wanted("tag-gone", 0, 0)
    passage, (first, second) = look(here, gone)
    passage.take(page(job(1, "tag-here"), job(2, "tag-else")), at_end=False)
    assert not passage.is_finished
    passage.take(page(job(3)), at_end=True)
    assert passage.is_finished
    passage.answer_all(None)
    assert first.answer is not None
    assert [found["id"] for found in first.answer.jobs] == ["1"]
    assert not first.answer.absent
    assert second.answer is not None
    assert second.answer.absent


def test_a_look_ends_when_all_are_found() -> None:
    passage, _ = look(Wanted("tag-a", None, 0), Wanted("tag-b", None, 0))
    passage.take(page(job(1, "tag-b"), job(2, "tag-a")), at_end=False)
    assert passage.is_finished


def test_a_look_for_duplicates_goes_on_to_the_end_and_counts_a_job_once() -> None:
    passage, [query] = look(Wanted("tag-a", None, 0, thorough=True))
    passage.take(page(job(1, "tag-a")), at_end=False)
    assert not passage.is_finished
    passage.take(page(job(1, "tag-a"), job(2, "tag-a")), at_end=True)
    passage.answer_all(None)
    assert query.answer is not None
    assert [found["id"] for found in query.answer.jobs] == ["1", "2"]


@pytest.mark.parametrize("began", [9.9, 10])
def test_absence_is_settled_only_by_a_look_that_began_late_enough(began: float) -> None:
    passage, [query] = look(Wanted("tag-a", 0, absent_from=10), began=began)
    passage.take(page(job(1)), at_end=True)
    passage.answer_all(None)
    assert query.answer is not None
    assert query.answer.absent is (began >= 10)


def test_a_look_that_broke_off_settles_nothing_but_keeps_what_it_found() -> None:
    passage, (first, second) = look(Wanted("tag-a", 0, 0), Wanted("tag-b", 0, 0))
    passage.take(page(job(1, "tag-a")), at_end=False)
    error = ServerError("down", status=503)
    passage.answer_all(error)
    assert first.answer is not None
    assert first.answer.jobs
    assert second.answer is not None
    assert not second.answer.absent
    assert second.answer.error is error


def test_the_parts_of_a_multi_circuit_job_do_not_count_as_duplicates() -> None:
    parent = job(2, "tag-a", id="parent")
    part = job(1, "tag-a", id="part", parent_job_id="parent")
    assert page(part, parent).with_tags({"tag-a"}) == [("tag-a", parent)]


def test_of_duplicates_the_oldest_that_is_alive_counts() -> None:
    newest, middle, oldest = job(1), job(2), job(3)
    assert rightful([newest, middle, oldest]) is oldest
    canceled = {**oldest, "status": "canceled"}
    assert rightful([newest, middle, canceled]) is middle
    assert rightful([{**newest, "status": "canceled"}, canceled]) is canceled


# --- Tags ---


def test_tags_differ_and_tell_shots_and_age() -> None:
    tags = {new_tag(100) for _ in range(1000)}
    assert len(tags) == 1000
    tag = tags.pop()
    assert check_tag(tag) == tag
    assert shots_in_tag(tag) == 100
    assert 0 <= age_of_tag(tag) + 0.001 < 60
    assert shots_in_tag(new_tag()) is None


@pytest.mark.parametrize("tag", ["my-experiment.7", "d41d8cd98f00b204e9800998ecf8427e"])
def test_a_callers_own_tag_tells_no_age(tag: str) -> None:
    assert age_of_tag(tag) is None


def test_the_age_of_a_tag_is_by_the_wall_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    tag = new_tag()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3600)
    assert age_of_tag(tag) == pytest.approx(3600, abs=1)


@pytest.mark.parametrize("tag", ["short", "with a blank", "x" * 201, "", "new\nline-1"])
def test_a_tag_that_could_be_mangled_on_the_way_is_refused(tag: str) -> None:
    with pytest.raises(InvalidArgument, match="tag"):
        check_tag(tag)


def test_the_tag_goes_into_a_copy_and_comes_out_again() -> None:
    payload = {"backend": "simulator", "metadata": {"mine": "1"}}
    tagged = with_tag(payload, "tag-of-it")
    assert payload == {"backend": "simulator", "metadata": {"mine": "1"}}
    assert tag_of(tagged["metadata"]) == "tag-of-it"
    assert without_tag(tagged) == payload
    assert without_tag(with_tag({"backend": "simulator"}, "tag-of-it")) == {"backend": "simulator"}


def test_metadata_without_room_for_the_tag_is_refused() -> None:
    nine = {str(n): "" for n in range(9)}
    assert len(with_tag({"metadata": nine}, "tag-of-it")["metadata"]) == 10
    with pytest.raises(InvalidJob, match=r"\$\.metadata: may hold 9 keys beside"):
        with_tag({"metadata": {**nine, "9": ""}}, "tag-of-it")


def test_metadata_that_uses_the_tags_key_is_refused() -> None:
    with pytest.raises(InvalidJob, match="carries the submission's tag"):
        with_tag({"metadata": {METADATA_KEY: "something"}}, "tag-of-it")


def test_metadata_that_is_no_object_is_refused() -> None:
    with pytest.raises(InvalidJob, match="must be an object"):
        with_tag({"metadata": ["a"]}, "tag-of-it")
