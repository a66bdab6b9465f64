"""Lists, bulk operations, backends, money and the rest, against a server that a function plays."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ionq_direct import (
    APIError,
    BadRequest,
    CircuitUnavailable,
    ConnectionFailed,
    DecodeError,
    Forbidden,
    InvalidArgument,
    Money,
    NotFound,
    ServerError,
    Unauthorized,
)
from ionq_direct.circuits import Circuit
from tests.support.halves import (
    MISSING,
    Asked,
    Half,
    PlayedServer,
    Reply,
    drop,
    each,
    half_fixture,
    job_json,
)

half = half_fixture()

DATA = Path(__file__).parent.parent / "data" / "ionq_v0_4"


def example(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text())["body"]


def names(count: int) -> list[str]:
    return [f"job-{number}" for number in range(count)]


def paged(jobs: list[str]) -> Any:
    """A list of jobs in pages, as IonQ has it; the cursor is the number of the next job."""

    def play(asked: Asked) -> Reply:
        ids = asked.query.get("ids", jobs)
        listed = [one for one in jobs if one in ids]
        limit = int(asked.one("limit") or 25)
        assert 1 <= limit <= 25
        assert len(asked.query.get("ids", [])) <= 25
        start = int(asked.one("next") or 0)
        end = start + limit
        following = str(end) if end < len(listed) else None
        return 200, {"jobs": [job_json(one) for one in listed[start:end]], "next": following}

    return play


# --- Lists ----------------------------------------------------------------------------------------


async def test_jobs_come_one_by_one_over_all_pages(half: Half) -> None:
    with PlayedServer(paged(names(60))) as server:
        jobs = await half.items(half.ionq(server.url).jobs.iter())
    assert [job.id for job in jobs] == names(60)
    assert [asked.one("next") for asked in server.asked] == [None, "25", "50"]


async def test_pages_are_fetched_as_they_are_asked_for(half: Half) -> None:
    with PlayedServer(paged(names(60))) as server:
        async for job in each(half.ionq(server.url).jobs.iter()):
            if job.id == "job-24":
                break
    assert len(server.asked) == 1


async def test_a_list_is_resumed_from_the_cursor_of_a_page(half: Half) -> None:
    with PlayedServer(paged(names(60))) as server:
        ionq = half.ionq(server.url)
        async for page in each(ionq.jobs.iter().pages()):
            first = page
            break
        rest = await half.items(ionq.jobs.iter(cursor=first.next))
    assert [job.id for job in first] + [job.id for job in rest] == names(60)


@pytest.mark.parametrize(("most", "requests"), [(0, 0), (1, 1), (25, 1), (30, 2), (99, 3)])
async def test_no_more_are_asked_for_than_are_wanted(half: Half, most: int, requests: int) -> None:
    with PlayedServer(paged(names(60))) as server:
        jobs = await half.of(half.ionq(server.url).jobs.list(max_items=most))
    assert [job.id for job in jobs] == names(60)[:most]
    assert len(server.asked) == requests
    assert sum(int(asked.one("limit") or 0) for asked in server.asked) <= max(most, 75)


async def test_a_limited_list_is_resumed_behind_its_last_job(half: Half) -> None:
    with PlayedServer(paged(names(60))) as server:
        ionq = half.ionq(server.url)
        pages = await half.items(ionq.jobs.iter(max_items=30).pages())
        rest = await half.items(ionq.jobs.iter(cursor=pages[-1].next))
    assert [job.id for page in pages for job in page] == names(30)
    assert [job.id for job in rest] == names(60)[30:]


async def test_a_server_that_overlooks_the_limit_makes_nobody_miss_a_job(half: Half) -> None:
    def play(asked: Asked) -> Reply:
        start = int(asked.one("next") or 0)
        jobs = [job_json(one) for one in names(75)[start : start + 25]]
        return 200, {"jobs": jobs, "next": str(start + 25) if start < 50 else None}

    with PlayedServer(play) as server:
        ionq = half.ionq(server.url)
        pages = await half.items(ionq.jobs.iter(max_items=30).pages())
        rest = await half.items(ionq.jobs.iter(cursor=pages[-1].next))
    assert [job.id for page in pages for job in page] == names(30)
    assert [job.id for job in rest] == names(75)[25:]  # some again, rather than some missed


async def test_each_walk_begins_anew(half: Half) -> None:
    with PlayedServer(paged(names(30))) as server:
        jobs = half.ionq(server.url).jobs.iter()
        assert [len(await half.items(jobs)) for _ in range(2)] == [30, 30]


async def test_filters_go_out_by_the_apis_names(half: Half) -> None:
    with PlayedServer(paged([])) as server:
        jobs = half.ionq(server.url).jobs
        await half.items(
            jobs.iter(
                status="completed",
                backend=["qpu.forte-1", "simulator"],
                session_id="s",
                submitter_id="u",
                parent_job_id="p",
            )
        )
        await half.items(jobs.iter(target="simulator"))
    assert server.asked[0].query == {
        "status": ["completed"],
        "target": ["qpu.forte-1,simulator"],
        "session_id": ["s"],
        "submitter_id": ["u"],
        "parent_job_id": ["p"],
        "limit": ["25"],
    }
    assert server.asked[1].one("target") == "simulator"


async def test_backend_and_target_are_one_thing(half: Half) -> None:
    ionq = half.ionq("http://127.0.0.1:1/v0.4")
    with pytest.raises(InvalidArgument, match="another name of `backend`"):
        ionq.jobs.iter(backend="a", target="a")


async def test_many_ids_go_in_several_requests(half: Half) -> None:
    with PlayedServer(paged(names(100))) as server:
        wanted = [*names(70), *names(5)]
        jobs = await half.items(half.ionq(server.url).jobs.iter(ids=wanted))
    assert [job.id for job in jobs] == names(70)
    assert [len(asked.query["ids"]) for asked in server.asked] == [25, 25, 20]


async def test_a_list_of_many_ids_is_resumed_too(half: Half) -> None:
    with PlayedServer(paged(names(100))) as server:
        ionq = half.ionq(server.url)
        pages = await half.items(ionq.jobs.iter(ids=names(60), max_items=30).pages())
        rest = await half.items(ionq.jobs.iter(ids=names(60), cursor=pages[-1].next))
    assert [job.id for page in pages for job in page] == names(30)
    assert [job.id for job in rest] == names(60)[30:]


async def test_ids_of_which_none_is_there_are_no_endless_list(half: Half) -> None:
    with PlayedServer(paged([])) as server:
        assert await half.items(half.ionq(server.url).jobs.iter(ids=names(1000))) == []
    assert len(server.asked) == 40


async def test_no_ids_are_no_jobs_and_no_request(half: Half) -> None:
    ionq = half.ionq("http://127.0.0.1:1/v0.4")
    assert await half.items(ionq.jobs.iter(ids=[])) == []


async def test_a_cursor_that_leads_back_ends_the_walk_with_an_error(half: Half) -> None:
    page = {"jobs": [job_json("job-0")], "next": "again"}
    with PlayedServer(lambda asked: (200, page)) as server:
        found: list[str] = []

        async def walk() -> None:
            async for job in each(half.ionq(server.url).jobs.iter()):
                found.append(job.id)

        with pytest.raises(DecodeError, match="'again' leads back"):
            await walk()
    assert len(server.asked) == 2
    assert found == ["job-0"]


async def test_an_empty_cursor_ends_the_walk(half: Half) -> None:
    page = {"jobs": [job_json("job-0")], "next": ""}
    with PlayedServer(lambda asked: (200, page)) as server:
        assert len(await half.items(half.ionq(server.url).jobs.iter())) == 1
    assert len(server.asked) == 1


@pytest.mark.parametrize("page", [{}, {"jobs": None, "next": None}, {"jobs": [None, 3, {"id": 5}]}])
async def test_a_list_of_another_shape_has_no_jobs(half: Half, page: Any) -> None:
    with PlayedServer(lambda asked: (200, page)) as server:
        assert await half.items(half.ionq(server.url).jobs.iter()) == []


async def test_a_job_by_its_id_and_an_id_that_is_none(half: Half) -> None:
    with PlayedServer(lambda asked: (200, job_json("job-0"))) as server:
        ionq = half.ionq(server.url)
        assert (await half.of(ionq.jobs.get("job-0"))).id == "job-0"
        for wrong in ("", ".", "..", "a/b"):
            with pytest.raises(InvalidArgument, match="job_id"):
                await half.of(ionq.jobs.get(wrong))
    assert len(server.asked) == 1


# --- Cancel and delete many -----------------------------------------------------------------------


def bulk(answer: Any, single: Any = None) -> Any:
    def play(asked: Asked) -> Reply:
        if asked.path in ("/jobs/status/cancel", "/jobs"):
            reply: Reply = answer(asked.body["ids"])
            return reply
        job_id = asked.path.split("/")[2]
        return single(job_id) if single else MISSING  # type: ignore[no-any-return]  # a Reply

    return play


@pytest.mark.parametrize(
    ("name", "line", "status"),
    [("cancel", "PUT /jobs/status/cancel", "canceled"), ("delete", "DELETE /jobs", "deleted")],
)
async def test_many_go_in_few_requests(half: Half, name: str, line: str, status: str) -> None:
    with PlayedServer(bulk(lambda ids: (200, {"ids": ids, "status": status}))) as server:
        report = await half.of(getattr(half.ionq(server.url).jobs, name)([*names(250), "job-3"]))
    assert server.lines() == [line] * 3
    assert sorted(len(asked.body["ids"]) for asked in server.asked) == [50, 100, 100]
    assert list(report) == names(250)
    assert {outcome.status for outcome in report.values()} == {status}
    assert report.ok


async def test_no_jobs_are_no_request(half: Half) -> None:
    """An empty list might mean all jobs to a server."""
    report = await half.of(half.ionq("http://127.0.0.1:1/v0.4").jobs.delete([]))
    assert report.ok
    assert len(report) == 0


async def test_ids_that_the_answer_leaves_out_are_asked_for_one_by_one(half: Half) -> None:
    hidden = {"job-1", "job-2"}

    def answer(ids: list[str]) -> Reply:
        return 200, {
            "ids": [one for one in ids if one not in hidden],
            "status": "canceled",
        }

    def single(job_id: str) -> Reply:
        return (200, {"id": job_id, "status": "canceled"}) if job_id == "job-1" else MISSING

    with PlayedServer(bulk(answer, single)) as server:
        report = await half.of(half.ionq(server.url).jobs.cancel(names(4)))
    assert report.done == ("job-0", "job-1", "job-3")
    assert isinstance(report.failed["job-2"], NotFound)
    assert server.lines()[1:] == ["PUT /jobs/job-1/status/cancel", "PUT /jobs/job-2/status/cancel"]


@pytest.mark.parametrize("status", [400, 404, 413, 500])
async def test_a_refusal_of_all_is_followed_by_single_requests(half: Half, status: int) -> None:
    def single(job_id: str) -> Reply:
        if job_id == "job-1":
            return 400, {"message": "has ended"}
        return 200, {"id": job_id, "status": "deleted"}

    with PlayedServer(bulk(lambda ids: (status, {}), single)) as server:
        report = await half.of(half.ionq(server.url).jobs.delete(names(3)))
    assert report.done == ("job-0", "job-2")
    assert isinstance(report.failed["job-1"], BadRequest)
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("reply", "error"),
    [((401, {}), Unauthorized), ((403, {}), Forbidden), (drop, ConnectionFailed)],
    ids=["401", "403", "drop"],
)
async def test_a_failure_that_is_everybodys_is_not_repeated_for_each(
    half: Half, reply: Reply, error: type[Exception]
) -> None:
    with PlayedServer(bulk(lambda ids: reply)) as server:
        report = await half.of(half.ionq(server.url).jobs.cancel(names(50)))
    assert len(server.asked) == 1
    assert len(report.failed) == 50
    assert {type(one) for one in report.failed.values()} == {error}


async def test_a_server_that_fails_for_one_is_not_asked_for_the_others(half: Half) -> None:
    with PlayedServer(bulk(lambda ids: (500, {}), lambda job_id: (500, {}))) as server:
        report = await half.of(half.ionq(server.url).jobs.cancel(names(50)))
    assert len(server.asked) == 2
    assert {type(one) for one in report.failed.values()} == {ServerError}
    assert len(report) == 50


async def test_one_job_needs_no_bulk_request(half: Half) -> None:
    with PlayedServer(
        bulk(None, lambda job_id: (200, {"id": job_id, "status": "canceled"}))
    ) as server:
        report = await half.of(half.ionq(server.url).jobs.cancel(["job-0"]))
    assert server.lines() == ["PUT /jobs/job-0/status/cancel"]
    assert report["job-0"].status == "canceled"


# --- Backends and characterizations ---------------------------------------------------------------


async def test_backends_are_listed_gone_through_and_had_by_name(half: Half) -> None:
    def play(asked: Asked) -> Reply:
        if asked.line == "GET /backends":
            return 200, example("get_backends")
        return 200, example("get_backend_simulator")

    with PlayedServer(play) as server:
        backends = half.ionq(server.url).backends
        listed = await half.of(backends.list())
        assert [one.name for one in listed] == [one["backend"] for one in example("get_backends")]
        assert await half.items(backends) == listed
        assert (await half.of(backends.get("simulator"))).name == "simulator"
        with pytest.raises(InvalidArgument, match="name: must not hold a slash"):
            await half.of(backends.get("../jobs"))


def characterized(count: int, *, pages: Any = "left") -> Any:
    """A backend's characterizations, 10 to a page."""
    items = [{**example("get_characterization"), "id": f"c{number}"} for number in range(count)]

    def play(asked: Asked) -> Reply:
        limit, page = int(asked.one("limit") or 10), int(asked.one("page") or 1)
        shown = items[(page - 1) * limit : page * limit]
        left = max(0, -(-(count - page * limit) // limit))
        total = -(-count // limit)
        told = {"left": left, "total": total, "none": None}[pages]
        return 200, {"characterizations": shown or None, "pages": told}

    return play


@pytest.mark.parametrize("pages", ["left", "total", "none"])
@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 35])
async def test_page_numbers_are_followed_however_pages_are_counted(
    half: Half, count: int, pages: str
) -> None:
    with PlayedServer(characterized(count, pages=pages)) as server:
        found = await half.of(half.ionq(server.url).characterizations("qpu.forte-1"))
    assert [one.id for one in found] == [f"c{number}" for number in range(count)]
    enough = {"left": max(1, -(-count // 10)), "none": count // 10 + 1, "total": count // 10 + 2}
    assert len(server.asked) <= enough[pages]


async def test_no_characterizations_are_null(half: Half) -> None:
    answer = example("get_characterizations_null")
    with PlayedServer(lambda asked: (200, answer)) as server:
        ionq = half.ionq(server.url)
        assert await half.of(ionq.characterizations.list("qpu.qpu")) == []


async def test_dates_go_out_as_ionq_takes_them(half: Half) -> None:
    with PlayedServer(characterized(0)) as server:
        await half.of(
            half.ionq(server.url).characterizations(
                "qpu.forte-1", start=datetime.date(2026, 9, 1), end="14 September 2026"
            )
        )
    assert server.asked[0].query == {
        "start": ["2026-09-01"],
        "end": ["2026-09-14"],
        "limit": ["10"],
        "page": ["1"],
    }


async def test_a_limit_keeps_the_page_size_through_the_pages(half: Half) -> None:
    with PlayedServer(characterized(35)) as server:
        listing = half.ionq(server.url).characterizations
        found = await half.of(listing.list("qpu.forte-1", max_items=12))
        few = await half.of(listing.list("qpu.forte-1", max_items=3))
        rest = await half.items(listing.iter("qpu.forte-1", cursor="3"))
    assert [one.id for one in found] == [f"c{number}" for number in range(12)]
    assert [one.id for one in few] == ["c0", "c1", "c2"]
    assert [one.id for one in rest] == [f"c{number}" for number in range(20, 35)]


async def test_a_server_that_overlooks_the_page_number_is_caught(half: Half) -> None:
    page = {"characterizations": [example("get_characterization")], "pages": 5}
    with PlayedServer(lambda asked: (200, page)) as server:
        listing = half.ionq(server.url).characterizations.iter("qpu.forte-1")
        for _ in range(2):
            with pytest.raises(DecodeError, match="page 2 repeats"):
                await half.items(listing)
    assert len(server.asked) == 4


@pytest.mark.parametrize("cursor", ["0", "x", "-1"])
async def test_a_page_is_a_number_from_1(half: Half, cursor: str) -> None:
    ionq = half.ionq("http://127.0.0.1:1/v0.4")
    with pytest.raises(InvalidArgument, match="cursor"):
        await half.items(ionq.characterizations.iter("qpu.forte-1", cursor=cursor))


async def test_a_span_that_ends_before_it_begins_is_refused(half: Half) -> None:
    ionq = half.ionq("http://127.0.0.1:1/v0.4")
    with pytest.raises(InvalidArgument, match="end: must not be before start"):
        ionq.characterizations.iter("qpu.forte-1", start="2026-09-14", end="2026-09-01")


async def test_the_latest_is_the_one_the_backend_names(half: Half) -> None:
    backend = {**example("get_backend_qpu"), "characterization_id": "the-latest"}

    def play(asked: Asked) -> Reply:
        if asked.path.endswith("/characterizations/the-latest"):
            return 200, {**example("get_characterization"), "id": "the-latest"}
        return 200, backend

    with PlayedServer(play) as server:
        found = await half.of(half.ionq(server.url).characterizations.latest("qpu.forte-1"))
    assert found.id == "the-latest"


@pytest.mark.parametrize("named", [None, "gone"])
async def test_the_latest_is_that_of_the_latest_date_otherwise(
    half: Half, named: str | None
) -> None:
    backend = {**example("get_backend_qpu"), "characterization_id": named}
    dates = {"a": "2026-09-12T00:00:00Z", "b": "2026-09-14T00:00:00Z", "c": "2026-09-13T00:00:00Z"}
    items = [{**example("get_characterization"), "id": one, "date": dates[one]} for one in dates]

    def play(asked: Asked) -> Reply:
        if asked.path.endswith("/characterizations"):
            return 200, {"characterizations": items, "pages": 0}
        return MISSING if asked.path.endswith("/gone") else (200, backend)

    with PlayedServer(play) as server:
        found = await half.of(half.ionq(server.url).characterizations.latest("qpu.forte-1"))
    assert found.id == "b"


async def test_a_backend_without_any_has_no_latest(half: Half) -> None:
    def play(asked: Asked) -> Reply:
        if asked.path.endswith("/characterizations"):
            return 200, example("get_characterizations_null")
        return 200, example("get_backend_simulator")

    with PlayedServer(play) as server:
        assert await half.of(half.ionq(server.url).characterizations.latest("simulator")) is None


# --- Money ----------------------------------------------------------------------------------------


async def test_amounts_are_the_digits_of_the_answer(half: Half) -> None:
    text = (
        b'{"dry_run":false,"estimated_cost":{"value":0.10,"unit":"usd"},'
        b'"cost":{"value":1e-7,"unit":"usd"}}'
    )
    with PlayedServer(
        lambda asked: (200, text if asked.path.endswith("/cost") else job_json("j"))
    ) as server:
        cost = await half.of((await half.of(half.ionq(server.url).jobs.get("j"))).cost())
    assert cost.estimated == Money(Decimal("0.10"), "usd")
    assert str(cost.estimated.amount) == "0.10"
    assert cost.charged.amount == Decimal("1e-7")


async def test_an_estimate_is_asked_for_by_numbers_or_by_a_job(half: Half) -> None:
    with PlayedServer(lambda asked: (200, example("estimate_rate_card_gates"))) as server:
        ionq = half.ionq(server.url)
        await half.of(
            ionq.estimate(
                "qpu.forte-1",
                qubits=12,
                shots=2000,
                gates_1q=140,
                gates_2q=36,
                error_mitigation=True,
            )
        )
        await half.of(ionq.estimate("qpu.forte-1"))
        bell = Circuit(2).h(0).cnot(0, 1).to_payload(backend="qpu.forte-1", shots=100)
        await half.of(ionq.estimate(bell, shots=700))
    assert server.asked[0].query == {
        "backend": ["qpu.forte-1"],
        "qubits": ["12"],
        "shots": ["2000"],
        "1q_gates": ["140"],
        "2q_gates": ["36"],
        "error_mitigation": ["true"],
    }
    assert server.asked[1].query == {"backend": ["qpu.forte-1"]}
    assert server.asked[2].query == {
        "backend": ["qpu.forte-1"],
        "type": ["ionq.circuit.v1"],
        "qubits": ["2"],
        "shots": ["700"],
        "1q_gates": ["1"],
        "2q_gates": ["1"],
        "error_mitigation": ["true"],
    }


async def test_usage_is_asked_for_by_days_and_known_groups(half: Half) -> None:
    with PlayedServer(lambda asked: (200, example("usage"))) as server:
        ionq = half.ionq(server.url)
        usage = await half.of(
            ionq.usage(
                "com.example",
                "2026-08-01",
                datetime.date(2026, 9, 1),
                group_by="user",
                modality="daily",
            )
        )
        assert usage.amount == Money(Decimal("88.2"), "USD")
        for wrong in ({"group_by": "colour"}, {"modality": "yearly"}):
            with pytest.raises(InvalidArgument, match="must be one of"):
                await half.of(ionq.usage("com.example", "2026-08-01", "2026-09-01", **wrong))
        with pytest.raises(InvalidArgument, match="end: must not be before start"):
            await half.of(ionq.usage("com.example", "2026-08-02", "2026-08-01"))
        with pytest.raises(InvalidArgument, match="organization"):
            await half.of(ionq.usage("../jobs", "2026-08-01", "2026-08-02"))
    (asked,) = server.asked
    assert asked.path == "/organizations/com.example/usage"
    assert asked.query == {
        "start_date": ["2026-08-01"],
        "end_date": ["2026-09-01"],
        "group_by": ["user"],
        "modality": ["daily"],
    }


async def test_an_answer_that_is_no_object_cannot_be_read(half: Half) -> None:
    with PlayedServer(lambda asked: (200, [1, 2])) as server, pytest.raises(DecodeError):
        await half.of(half.ionq(server.url).estimate("simulator"))


# --- The service ----------------------------------------------------------------------------------


async def test_who_am_i_and_is_the_service_well(half: Half) -> None:
    def play(asked: Asked) -> Reply:
        return 200, example("whoami" if asked.path == "/whoami" else "health")

    with PlayedServer(play) as server:
        ionq = half.ionq(server.url)
        me = await half.of(ionq.whoami())
        assert (me.key_id, me.key_name) == (
            example("whoami")["key_id"],
            example("whoami")["key_name"],
        )
        assert me.console_url is None
        health = await half.of(ionq.health())
    assert (health.ok, health.status) == (True, "pass")


# --- What a job has published ---------------------------------------------------------------------


def published(**circuits: str) -> dict[str, Any]:
    pointers = {
        name.replace("_", "."): {
            "id": artifact,
            "format": name.replace("_", "."),
            "media_type": None,
        }
        for name, artifact in circuits.items()
    }
    output = {"compilation": {"compiled_circuits": pointers}}
    return job_json("j", output=output, child_job_ids=None)


async def test_a_compiled_circuit_is_the_artifact_that_the_job_names(half: Half) -> None:
    def play(asked: Asked) -> Reply:
        if asked.path == "/jobs/j/artifacts/a1":
            return 200, {"gateset": "native", "qubits": 2, "circuit": []}
        if asked.path == "/jobs/j/artifacts/a2":
            return 200, b"OPENQASM 3.0;\nqubit[2] q;\n"
        return 200, published(ionq_native_v1="a1", ionq_qasm3_v1="a2")

    with PlayedServer(play) as server:
        job = await half.of(half.ionq(server.url, strict=True).jobs.get("j"))
        native = await half.of(job.compiled())
        qasm = await half.of(job.compiled("qasm3"))
    assert (native.format, native.media_type) == ("ionq.native.v1", "application/json")
    assert native.json() == {"gateset": "native", "qubits": 2, "circuit": []}
    assert qasm.text.startswith("OPENQASM 3.0;")
    with pytest.raises(DecodeError, match="is no JSON"):
        qasm.json()


async def test_the_older_address_is_asked_where_a_job_names_none(half: Half) -> None:
    program = "OPENQASM 3.0;\nqubit[1] q;\n"

    def play(asked: Asked) -> Reply:
        return 200, program if asked.path == "/jobs/j/circuits/qasm3" else job_json(
            "j", output=None
        )

    with PlayedServer(play) as server:
        job = await half.of(half.ionq(server.url).jobs.get("j"))
        assert (await half.of(job.compiled("qasm3"))).text == program


async def test_that_the_older_address_is_withdrawn_is_said_clearly(half: Half) -> None:
    gone = example("error_410_compiled_file")

    def play(asked: Asked) -> Reply:
        return (410, gone) if "/circuits/" in asked.path else (200, published(ionq_mir_v1="a1"))

    with PlayedServer(play) as server:
        job = await half.of(half.ionq(server.url).jobs.get("j"))
        with pytest.raises(CircuitUnavailable) as caught:
            await half.of(job.compiled("native"))
    assert isinstance(caught.value.__cause__, APIError)
    assert caught.value.__cause__.status == 410
    assert "IonQ has withdrawn the address" in str(caught.value)
    assert "the job has published ionq.mir.v1" in str(caught.value)
    assert "service_version" in str(caught.value)


async def test_a_forbidden_artifact_and_an_unknown_form(half: Half) -> None:
    refusal = example("error_403_artifact")

    def play(asked: Asked) -> Reply:
        return (
            (403, refusal) if "/artifacts/" in asked.path else (200, published(ionq_native_v1="a1"))
        )

    with PlayedServer(play) as server:
        job = await half.of(half.ionq(server.url).jobs.get("j"))
        with pytest.raises(Forbidden, match="no access for this organization"):
            await half.of(job.compiled())
        with pytest.raises(InvalidArgument, match="form: must be one of native, qasm3"):
            await half.of(job.compiled("quil"))
        with pytest.raises(InvalidArgument, match="artifact_id"):
            await half.of(job.artifact("../../sessions"))


async def test_octets_stay_octets(half: Half) -> None:
    with PlayedServer(
        lambda asked: (200, b"\xff\x00MIR" if "artifacts" in asked.path else job_json("j"))
    ) as server:
        artifact = await half.of((await half.of(half.ionq(server.url).jobs.get("j"))).artifact("a"))
    assert artifact.content == b"\xff\x00MIR"
    with pytest.raises(DecodeError, match="no text"):
        _ = artifact.text


# --- Parts of a job -------------------------------------------------------------------------------


async def test_the_progress_of_a_multi_circuit_job_is_that_of_its_parts(half: Half) -> None:
    children = [
        job_json(f"c{number}", "completed" if number < 20 else "started") for number in range(30)
    ]

    def play(asked: Asked) -> Reply:
        if asked.line == "GET /jobs":
            if asked.one("parent_job_id") != "parent":
                return 200, {"jobs": [], "next": None}
            start = int(asked.one("next") or 0)
            return 200, {"jobs": children[start : start + 25], "next": "25" if not start else None}
        return 200, job_json(asked.path.split("/")[2], "failed", child_job_ids=["c0", "c1"])

    with PlayedServer(play) as server:
        ionq = half.ionq(server.url)
        parent = await half.of(ionq.jobs.get("parent"))
        progress = await half.of(parent.progress())
        assert (progress.total, progress.ended) == (30, 20)
        assert progress.statuses == {"completed": 20, "started": 10}
        assert [child.id for child in parent.children] == ["c0", "c1"]
        single = await half.of((await half.of(ionq.jobs.get("single"))).progress())
    assert (single.total, single.ended, single.fraction) == (1, 1, 1.0)


async def test_a_job_deleted_is_deleted(half: Half) -> None:
    def play(asked: Asked) -> Reply:
        if asked.method == "DELETE":
            return 200, {"id": "job-0", "status": "deleted"}
        return 200, job_json("job-0", "started")

    with PlayedServer(play) as server:
        job = await half.of(half.ionq(server.url).jobs.get("job-0"))
        await half.of(job.delete())
    assert (job.status, job.is_settled) == ("deleted", True)


# --- Copies of a client ---------------------------------------------------------------------------


async def test_a_copy_has_its_own_headers_and_leaves_the_original_alone(half: Half) -> None:
    headers = {"x-team": "a"}
    with PlayedServer(lambda asked: (200, example("whoami"))) as server:
        ionq = half.ionq(server.url, headers=headers, user_agent="sdk/1")
        copy = ionq.with_options(headers={"x-team": "b"}, user_agent="sdk/2")
        headers["x-team"] = "changed by the caller"
        for client in (ionq, copy, ionq):
            await half.of(client.whoami())
    sent = [(asked.headers["x-team"], asked.headers["user-agent"]) for asked in server.asked]
    assert [team for team, _ in sent] == ["a", "b", "a"]
    assert sent[0][1].startswith("ionq-direct/")
    assert [agent.split()[-1] for _, agent in sent] == ["sdk/1", "sdk/2", "sdk/1"]
