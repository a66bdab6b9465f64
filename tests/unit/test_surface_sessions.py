"""Sessions end, whatever happens in them; limits are checked before anything is sent."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from ionq_direct import Money
from ionq_direct._sessions import in_session, session_request
from ionq_direct.circuits import Circuit
from ionq_direct.errors import (
    ConnectionFailed,
    DecodeError,
    Forbidden,
    InvalidArgument,
    InvalidJob,
    NotFound,
    ServerError,
)
from tests.support.halves import (
    MISSING,
    Asked,
    Half,
    PlayedServer,
    Reply,
    drop,
    entered,
    half_fixture,
)
from tests.worlds import FakeTime

half = half_fixture()

ID = "019a2b60-77aa-7c31-8d09-5e1fb2c7a036"


def session_json(status: str = "created", **fields: Any) -> dict[str, Any]:
    return {
        "id": ID,
        "created_at": "2026-09-14T09:00:00.000Z",
        "organization_id": "com.example",
        "backend": "qpu.forte-1",
        "project_id": "7d3f5a90-1c2e-4b86-9f07-a3e5d8c41b62",
        "creator_id": "68f1c2a97b3e4d0015ac9e42",
        "ended_at": None,
        "ender_id": None,
        "active": status != "ended",
        "status": status,
        "started_at": None,
        **fields,
    }


class Cloud:
    """A session service; `ending` are the replies to attempts to end, then they succeed."""

    def __init__(self, *ending: Reply) -> None:
        self.status = "created"
        self.ending = list(ending)

    def __call__(self, asked: Asked) -> Reply:
        if asked.line == "POST /sessions":
            return 201, session_json(self.status)
        if asked.line == f"GET /sessions/{ID}":
            return 200, session_json(self.status)
        if asked.line == f"POST /sessions/{ID}/end":
            if self.ending:
                return self.ending.pop(0)
            self.status = "ended"
            return 200, session_json("ended")
        if asked.line == "POST /jobs":
            return 201, {"id": "job-1", "status": "submitted", "session_id": ID}
        return MISSING


BROKEN: Reply = (502, {"message": "Bad Gateway"})


async def test_a_session_is_opened_with_its_limits_and_ended(half: Half) -> None:
    with PlayedServer(Cloud()) as server:
        session = half.ionq(server.url).session(
            "qpu.forte-1",
            max_jobs=20,
            max_time=timedelta(hours=1),
            max_cost=Money(Decimal("99.95"), "usd"),
        )
        async with entered(session):
            assert session.id == ID
            assert not session.has_ended
        assert session.has_ended
    assert server.lines() == ["POST /sessions", f"POST /sessions/{ID}/end"]
    assert server.asked[0].body == {
        "backend": "qpu.forte-1",
        "settings": {
            "job_count_limit": 20,
            "duration_limit_min": 60,
            "cost_limit": {"unit": "usd", "value": 99.95},
        },
    }


async def test_it_ends_also_after_an_error(half: Half) -> None:
    with PlayedServer(Cloud()) as server:
        with pytest.raises(ZeroDivisionError):
            async with entered(half.ionq(server.url).session("qpu.forte-1")):
                _ = 1 / 0
        assert server.lines()[-1] == f"POST /sessions/{ID}/end"


async def test_a_failure_to_end_does_not_hide_the_error_and_is_told(half: Half) -> None:
    refusal: Reply = (403, {"message": "not yours to end"})
    with (
        PlayedServer(Cloud(refusal)) as server,
        pytest.raises(ZeroDivisionError) as caught,
    ):
        async with entered(half.ionq(server.url).session("qpu.forte-1")):
            _ = 1 / 0
    (note,) = caught.value.__notes__
    assert f"session {ID} could not be ended, and may go on" in note
    assert "not yours to end" in note


async def test_a_failure_to_end_alone_is_an_error(half: Half) -> None:
    refusal: Reply = (403, {"message": "not yours to end"})
    with PlayedServer(Cloud(refusal)) as server, pytest.raises(Forbidden):
        async with entered(half.ionq(server.url).session("qpu.forte-1")):
            pass


@pytest.mark.parametrize("trouble", [BROKEN, drop], ids=["502", "drop"])
async def test_an_attempt_to_end_that_tells_nothing_is_followed_by_another(
    half: Half, trouble: Reply
) -> None:
    time = FakeTime()
    with PlayedServer(Cloud(trouble, trouble)) as server:
        async with entered(half.ionq(server.url, time=time).session("qpu.forte-1")) as session:
            pass
        assert session.has_ended
        assert server.lines().count(f"POST /sessions/{ID}/end") == 3
        assert time.slept == [0.5, 1.0]


async def test_an_attempt_whose_answer_was_lost_is_seen_to_have_worked(half: Half) -> None:
    cloud = Cloud()

    def play(asked: Asked) -> Reply:
        if asked.line == f"POST /sessions/{ID}/end":
            cloud.status = "ended"
            return drop
        return cloud(asked)

    with PlayedServer(play) as server:
        async with entered(half.ionq(server.url).session("qpu.forte-1")) as session:
            pass
        assert session.has_ended
        assert server.lines()[-2:] == [f"POST /sessions/{ID}/end", f"GET /sessions/{ID}"]


async def test_a_session_that_cannot_be_ended_is_tried_four_times(half: Half) -> None:
    with PlayedServer(Cloud(*[BROKEN] * 9)) as server, pytest.raises(ServerError):
        async with entered(half.ionq(server.url, time=FakeTime()).session("qpu.forte-1")):
            pass
    assert server.lines().count(f"POST /sessions/{ID}/end") == 4


async def test_a_session_says_what_it_is(half: Half) -> None:
    ionq = half.ionq("http://127.0.0.1:1/v0.4")
    assert "Session(id=None" in repr(ionq.session("qpu.forte-1"))
    with PlayedServer(
        lambda asked: (200, {"sessions": [session_json("started"), {}, 7]})
    ) as server:
        (session,) = await half.of(half.ionq(server.url).sessions.list())
    assert repr(session).endswith(f"Session(id='{ID}', status='started', backend='qpu.forte-1')")


async def test_a_look_that_fails_while_ending_is_no_proof(half: Half) -> None:
    """Neither the attempt nor the look after it tells: it is tried again."""
    cloud = Cloud(BROKEN)
    looks: list[str] = []

    def play(asked: Asked) -> Reply:
        if asked.method == "GET":
            looks.append(asked.path)
            return BROKEN
        return cloud(asked)

    with PlayedServer(play) as server:
        async with entered(
            half.ionq(server.url, time=FakeTime()).session("qpu.forte-1")
        ) as session:
            pass
    assert session.has_ended
    assert len(looks) == 1


async def test_a_session_ended_by_hand_is_not_ended_again(half: Half) -> None:
    with PlayedServer(Cloud()) as server:
        async with entered(half.ionq(server.url).session("qpu.forte-1")) as session:
            await half.of(session.end())
        assert server.lines().count(f"POST /sessions/{ID}/end") == 1


async def test_a_lost_answer_to_opening_says_what_to_look_for(half: Half) -> None:
    with PlayedServer(lambda asked: drop) as server, pytest.raises(ConnectionFailed) as caught:
        async with entered(half.ionq(server.url).session("qpu.forte-1")):
            pytest.fail("it was not opened")
    assert any("may have been opened" in note for note in caught.value.__notes__)
    assert server.lines() == ["POST /sessions"]


async def test_a_refusal_to_open_says_nothing_of_the_kind(half: Half) -> None:
    with PlayedServer(lambda asked: MISSING) as server, pytest.raises(NotFound) as caught:
        await half.of(half.ionq(server.url).sessions.create("qpu.forte-1"))
    assert not hasattr(caught.value, "__notes__")


async def test_an_answer_without_an_id_opens_nothing(half: Half) -> None:
    with (
        PlayedServer(lambda asked: (201, {})) as server,
        pytest.raises(DecodeError, match="no session"),
    ):
        await half.of(half.ionq(server.url).sessions.create("qpu.forte-1"))


async def test_reconnecting_looks_and_ends_or_leaves_it_open(half: Half) -> None:
    with PlayedServer(Cloud()) as server:
        ionq = half.ionq(server.url)
        async with entered(ionq.session(id=ID, end_on_exit=False)) as session:
            assert session.backend == "qpu.forte-1"
        assert server.lines() == [f"GET /sessions/{ID}"]
        async with entered(ionq.session(id=ID)):
            pass
        assert server.lines()[-1] == f"POST /sessions/{ID}/end"
        again = await half.of(ionq.sessions.get(ID))
        assert again.has_ended


async def test_a_job_of_a_session_names_it_and_its_backend(half: Half) -> None:
    bell = {
        "type": "ionq.circuit.v1",
        "input": {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "h", "target": 0}]},
    }
    with PlayedServer(Cloud()) as server:
        async with entered(half.ionq(server.url).session("qpu.forte-1")) as session:
            await half.of(session.submit(bell))
            await half.of(session.submit(Circuit(2).h(0), shots=700))
            await half.of(session.submit_many([bell, bell]))
        sent = [asked.body for asked in server.asked if asked.line == "POST /jobs"]
    assert [(one["session_id"], one["backend"]) for one in sent] == [(ID, "qpu.forte-1")] * 4
    assert sent[1]["shots"] == 700
    assert "session_id" not in bell


async def test_jobs_of_a_session_come_from_the_list_of_jobs_where_theirs_is_gone(
    half: Half,
) -> None:
    def play(asked: Asked) -> Reply:
        if f"/sessions/{ID}/jobs" in asked.line:
            return 410, {"statusCode": 410, "error": "Gone", "message": "withdrawn"}
        if asked.path.startswith("/jobs"):
            return 200, {"jobs": [{"id": f"job-{len(server.asked)}"}], "next": None}
        return 200, session_json()

    with PlayedServer(play) as server:
        session = await half.of(half.ionq(server.url).sessions.get(ID))
        listed = await half.of(session.jobs(status="ready").all())
        assert [job.id for job in listed] == ["job-3"]
        assert server.asked[-1].query == {"session_id": [ID], "status": ["ready"], "limit": ["25"]}


@pytest.mark.parametrize("fields", [{"session_id": "another"}, {"backend": "simulator"}])
def test_a_job_of_another_session_or_backend_is_refused(fields: dict[str, str]) -> None:
    ((name, value),) = fields.items()
    with pytest.raises(InvalidJob, match="the session's is") as caught:
        in_session(fields, {}, ID, "qpu.forte-1")
    assert (caught.value.path, caught.value.value) == (f"$.{name}", value)
    with pytest.raises(InvalidJob):
        in_session({}, fields, ID, "qpu.forte-1")


@pytest.mark.parametrize(
    ("limits", "settings"),
    [
        ({}, None),
        ({"max_jobs": 3}, {"job_count_limit": 3}),
        ({"max_time": 30}, {"duration_limit_min": 30}),
        ({"max_time": 30.0}, {"duration_limit_min": 30}),
        ({"max_time": timedelta(minutes=90)}, {"duration_limit_min": 90}),
        ({"max_cost": 100}, {"cost_limit": {"unit": "usd", "value": 100}}),
        ({"max_cost": Decimal("100.10")}, {"cost_limit": {"unit": "usd", "value": 100.1}}),
        ({"max_cost": Money(Decimal(7), "credit")}, {"cost_limit": {"unit": "credit", "value": 7}}),
    ],
)
def test_limits_become_settings(limits: dict[str, Any], settings: dict[str, Any] | None) -> None:
    request = session_request("qpu.forte-1", **limits)
    assert request == {"backend": "qpu.forte-1"} | ({"settings": settings} if settings else {})


@pytest.mark.parametrize(
    ("limits", "rule"),
    [
        ({"max_jobs": 0}, "max_jobs: must be a whole number of jobs"),
        ({"max_jobs": 2.5}, "max_jobs: must be a whole number of jobs"),
        ({"max_time": timedelta(seconds=90)}, "max_time: must be a whole number of minutes"),
        ({"max_time": 0.5}, "max_time: must be a whole number of minutes"),
        ({"max_time": -1}, "max_time: must be a whole number of minutes"),
        ({"max_cost": 0}, "max_cost: must be a positive amount"),
        ({"max_cost": float("nan")}, "max_cost: must be a positive amount"),
        ({"max_cost": "12"}, "max_cost: must be a positive amount"),
    ],
)
def test_limits_that_are_none_are_refused(limits: dict[str, Any], rule: str) -> None:
    with pytest.raises(InvalidArgument, match=rule):
        session_request("qpu.forte-1", **limits)


async def test_a_session_needs_a_backend_or_an_id_and_not_both(half: Half) -> None:
    ionq = half.ionq("http://127.0.0.1:1/v0.4")
    with pytest.raises(InvalidArgument, match="backend: must name a backend"):
        ionq.session()
    with pytest.raises(InvalidArgument, match="id: names a session that has its backend"):
        ionq.session("qpu.forte-1", id=ID)
    with pytest.raises(InvalidArgument, match="must not hold a slash"):
        ionq.session(id="a/b")
