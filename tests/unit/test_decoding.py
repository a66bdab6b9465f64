"""Decoding never raises, loses nothing, and notes exactly where an answer is not what it should be.

Every example of an answer is tried as it is and with one thing wrong, at every place of it.
Whether something *is* wrong an independent JSON Schema validator says, not the code under test.
"""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator
from typing import Any

import httpx  # noqa: TID251  answers of the real library, without the way over the network
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ionq_api.v0_4 import _codec, models
from ionq_api.v0_4.api.jobs import create_job, get_job, get_jobs
from ionq_api.v0_4.api.results import get_job_probabilities, get_job_shots
from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.errors import DecodeError, UnexpectedStatus
from ionq_api.v0_4.types import UNSET, Deviation, Response
from tests import contract
from tests.contract import Example, Mutation
from tests.loopback import Loopback, serve

# Which operations are deprecated, and that they say so once, is for tests/regeneration.
pytestmark = pytest.mark.filterwarnings("ignore:ionq_api.* is deprecated:DeprecationWarning")

KEY = "sk-3f9a7c21d04e4b6c8a55"
ANSWERS = contract.answers()
BY_NAME = {example.name: example for example in ANSWERS}
JOB = BY_NAME["get_job_completed_qpu"].body

each_example = pytest.mark.parametrize("example", ANSWERS, ids=lambda example: example.name)


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with serve() as loopback:
        yield loopback


@pytest.fixture(scope="module")
def client(server: Loopback) -> Iterator[AuthenticatedClient]:
    with AuthenticatedClient(server.url, token=KEY, prefix="apiKey") as client:
        yield client


@pytest.fixture(scope="module")
def strict(server: Loopback) -> Iterator[AuthenticatedClient]:
    with AuthenticatedClient(server.url, token=KEY, strict=True) as client:
        yield client


LENIENT = AuthenticatedClient("http://unused", token=KEY)
STRICT = AuthenticatedClient("http://unused", token=KEY, strict=True)


def decode(example: Example, body: Any, client: AuthenticatedClient = LENIENT) -> Response[Any]:
    """The answer as the generated operation reads it, without the way over the network."""
    response = httpx.Response(example.status, content=json.dumps(body).encode())
    return _codec.build_response(client, response, example.module._RESPONSES, example.operation)


class TestExamples:
    """What the service is known to answer, over a real connection."""

    @each_example
    def test_sync(self, client: AuthenticatedClient, server: Loopback, example: Example) -> None:
        server.answer_json(example.status, example.body)
        answer = example.module.sync_detailed(client=client, **example.arguments)
        assert answer.deviations == ()
        assert contract.same(_codec.encode(answer.parsed), example.body)
        assert server.last.headers["Authorization"] == f"apiKey {KEY}"
        assert example.module.sync(client=client, **example.arguments) == answer.parsed

    async def test_asyncio(self, server: Loopback) -> None:
        async with AuthenticatedClient(server.url, token=KEY) as client:
            for example in ANSWERS:
                server.answer_json(example.status, example.body)
                parsed = await example.module.asyncio(client=client, **example.arguments)
                assert contract.same(_codec.encode(parsed), example.body), example.name

    @each_example
    def test_they_are_what_strict_clients_accept(self, example: Example) -> None:
        assert decode(example, example.body, STRICT).deviations == ()


def faults(example: Example, mutation: Mutation) -> Iterator[str]:
    """What decoding a mutated answer does that it should not."""
    answer = decode(example, mutation.body)
    wrong = [error.message for error in example.validator.iter_errors(mutation.body)]
    if bool(wrong) != bool(answer.deviations):
        yield f"the schema says {wrong}, decoding says {answer.deviations}"
    if answer.parsed is None:
        if mutation.place:
            yield "no object"
    elif not contract.same(_codec.encode(answer.parsed), mutation.body):
        yield f"comes back as {_codec.encode(answer.parsed)}"
    yield from misplaced(mutation, answer.deviations)
    yield from faults_of_strictness(example, mutation, answer.deviations)


def misplaced(mutation: Mutation, deviations: tuple[Deviation, ...]) -> Iterator[str]:
    path = contract.json_path(mutation.place)
    for deviation in deviations:
        # What is put in a place may be right there and hold what is wrong.
        if not (deviation.path == path or deviation.path.startswith((f"{path}.", f"{path}["))):
            yield f"{deviation} is not at {path}"
        if deviation.kind not in kinds(mutation, deviation, path):
            yield f"{deviation} is not of the right kind"


def faults_of_strictness(
    example: Example, mutation: Mutation, deviations: tuple[Deviation, ...]
) -> Iterator[str]:
    try:
        decode(example, mutation.body, STRICT)
    except DecodeError as error:
        if error.deviations != deviations:
            yield f"strict decoding says {error}"
        if f"{example.operation}: {deviations[0].path}: " not in str(error):
            yield f"the error does not name the place: {error}"
    else:
        if deviations:
            yield "strict decoding accepts it"


def kinds(mutation: Mutation, deviation: Deviation, path: str) -> set[str]:
    """The kinds of deviation that a mutation may be noted as, at its place and below."""
    if deviation.path != path:
        return {"missing", "null", "type", "extra"}
    if mutation.how == "dropped":
        return {"missing"}
    if mutation.how == "null":
        return {"null"}
    if mutation.how == "one more":
        return {"extra", "type"}
    if mutation.how == "unknown":
        return {"enum", "format", "const", "type"}
    return {"type", "enum", "format", "const"}


class TestMutations:
    """Each example with one thing wrong: a key dropped or added, a value null, mistyped, odd."""

    @each_example
    def test_each_is_read_kept_and_noted_exactly_when_the_schema_is_violated(
        self, example: Example
    ) -> None:
        found = [
            f"{contract.json_path(mutation.place)} {mutation.how}: {fault}"
            for mutation in contract.mutations(example.body)
            for fault in faults(example, mutation)
        ]
        assert found == []

    @given(data=st.data())
    @settings(max_examples=200)
    def test_many_things_wrong_at_once(self, data: Any) -> None:
        example = data.draw(st.sampled_from(ANSWERS))
        body = example.body
        for _ in range(data.draw(st.integers(2, 5))):
            place = data.draw(st.sampled_from([p for p, _ in contract.walk(body) if p]))
            body = contract.put(body, place, data.draw(contract.ANYTHING))
            assume(isinstance(body, dict | list))
        answer = decode(example, body)
        assert contract.same(_codec.encode(answer.parsed), body)
        assert bool(answer.deviations) != example.validator.is_valid(body)
        places = {contract.json_path(place) for place, _ in contract.walk(body)}
        assert {d.path for d in answer.deviations if d.kind != "missing"} <= places
        assert not {d.path for d in answer.deviations if d.kind == "missing"} & places

    def test_a_sample_over_a_real_connection(
        self, client: AuthenticatedClient, strict: AuthenticatedClient, server: Loopback
    ) -> None:
        everything = [(e, m) for e in ANSWERS for m in contract.mutations(e.body) if m.place]
        for example, mutation in random.Random(7).sample(everything, 300):
            server.answer_json(example.status, mutation.body)
            answer = example.module.sync_detailed(client=client, **example.arguments)
            assert answer.parsed is not None
            assert contract.same(_codec.encode(answer.parsed), mutation.body)
            if answer.deviations:
                with pytest.raises(DecodeError, match=r": \$[.\[]"):
                    example.module.sync(client=strict, **example.arguments)

    async def test_and_another_with_tasks(self, server: Loopback) -> None:
        example = BY_NAME["get_job_completed_qpu"]
        async with AuthenticatedClient(server.url, token=KEY) as client:
            for mutation in list(contract.mutations(example.body))[1::10]:
                server.answer_json(example.status, mutation.body)
                parsed = await get_job.asyncio("an-id", client=client)
                assert contract.same(_codec.encode(parsed), mutation.body) or not mutation.place


class TestDeviations:
    """What a reader of `deviations` sees, case by case."""

    @pytest.mark.parametrize(
        ("place", "value", "path", "kind", "expected"),
        [
            (("status",), "paused", "$.status", "enum", "one of JobStatus"),
            (("status",), 7, "$.status", "enum", "one of JobStatus"),
            (("status",), None, "$.status", "null", "JobStatus"),
            (("id",), None, "$.id", "null", "string"),
            (("dry_run",), "no", "$.dry_run", "type", "boolean"),
            (("shots",), 2.5, "$.shots", "type", "integer"),
            (("shots",), True, "$.shots", "type", "integer"),
            (("stats", "kwh"), "little", "$.stats.kwh", "type", "number"),
            (("stats", "gate_counts", "1q"), "6", '$.stats.gate_counts["1q"]', "type", "integer"),
            (("submitted_at",), "soon", "$.submitted_at", "format", "date-time (RFC 3339)"),
            (("child_job_ids",), ["a", 5], "$.child_job_ids[1]", "type", "string"),
            (("child_job_ids",), {}, "$.child_job_ids", "type", "array"),
            (("failure",), "yes", "$.failure", "type", "Failure"),
            (("surprise",), 1, "$.surprise", "extra", "no such field"),
        ],
    )
    def test_path_kind_and_what_was_expected(
        self, place: contract.Place, value: Any, path: str, kind: str, expected: str
    ) -> None:
        deviations: list[Deviation] = []
        body = contract.put(JOB, place, value)
        models.GetJobResponse.from_dict(body, deviations)
        found = value[1] if path.endswith("[1]") else value
        assert deviations == [Deviation(path, kind, expected, found)]

    def test_a_missing_field_is_noted_and_reads_as_unset(self) -> None:
        deviations: list[Deviation] = []
        job: Any = models.GetJobResponse.from_dict(contract.without(JOB, ("id",)), deviations)
        assert deviations == [Deviation("$.id", "missing", "a required field", UNSET)]
        assert job.id is UNSET
        assert "id" not in job.to_dict()

    def test_an_optional_field_may_be_missing(self) -> None:
        deviations: list[Deviation] = []
        job = models.GetJobResponse.from_dict(contract.without(JOB, ("shots",)), deviations)
        assert (deviations, job.shots) == ([], UNSET)

    def test_what_does_not_fit_stays_reachable_as_it_came(self) -> None:
        body = {**JOB, "status": {"phase": 2}, "stats": "none", "surprise": [1]}
        job: Any = models.GetJobResponse.from_dict(body)
        assert (job.status, job.stats, job["surprise"]) == ({"phase": 2}, "none", [1])

    def test_the_rest_of_the_answer_is_read_all_the_same(self) -> None:
        body = {**JOB, "status": {"phase": 2}, "stats": "none"}
        job: Any = models.GetJobResponse.from_dict(body)
        assert job.submitted_at == datetime.datetime(
            2026, 9, 14, 10, 2, 11, 482000, tzinfo=datetime.UTC
        )
        assert (
            job.results.shots.url == "/v0.4/jobs/019a2b7c-4d10-7e52-a8f3-2b6c91d0e447/results/shots"
        )

    def test_they_are_told_to_whoever_asks(self, server: Loopback) -> None:
        told: list[tuple[str, Any]] = []
        server.answer_json(200, {**JOB, "shots": "many"})
        with AuthenticatedClient(
            server.url, token=KEY, on_deviations=lambda *all_of_it: told.append(all_of_it)
        ) as client:
            answer = get_job.sync_detailed("an-id", client=client)
            server.answer_json(200, JOB)
            get_job.sync("an-id", client=client)
        assert told == [("get_job", answer)]

    def test_they_are_told_also_when_the_client_is_strict(self, server: Loopback) -> None:
        told: list[Any] = []
        server.answer_json(200, {**JOB, "shots": "many"})
        client = AuthenticatedClient(
            server.url, token=KEY, strict=True, on_deviations=lambda *_: told.append(1)
        )
        with (
            client,
            pytest.raises(DecodeError, match=r"get_job: \$\.shots: type, expected integer"),
        ):
            get_job.sync("an-id", client=client)
        assert told == [1]

    def test_strict_errors_count_the_rest_and_hold_all(self) -> None:
        body = {**JOB, "shots": "many", "dry_run": 0, "surprise": 1}
        with pytest.raises(DecodeError, match=r"\(and 2 more\)") as caught:
            decode(BY_NAME["get_job_completed_qpu"], body, STRICT)
        assert {d.path for d in caught.value.deviations} == {"$.shots", "$.dry_run", "$.surprise"}


class TestInstants:
    """Timestamps: whatever the service sends becomes an instant, or stays the text it is."""

    def read(self, value: Any) -> tuple[Any, list[str]]:
        deviations: list[Deviation] = []
        body = {**JOB, "started_at": value}
        job = models.GetJobResponse.from_dict(body, deviations)
        assert contract.same(job.to_dict(), body)
        return job.started_at, [d.kind for d in deviations]

    @pytest.mark.parametrize(
        ("text", "microsecond"),
        [
            ("2026-09-14T11:40:00Z", 0),
            ("2026-09-14T11:40:00.5Z", 500_000),
            ("2026-09-14T11:40:00.123456789Z", 123_456),
            ("2026-09-14T13:40:00+02:00", 0),
            ("2026-09-14t11:40:00z", 0),
        ],
    )
    def test_rfc_3339(self, text: str, microsecond: int) -> None:
        instant = datetime.datetime(2026, 9, 14, 11, 40, 0, microsecond, tzinfo=datetime.UTC)
        assert self.read(text) == (instant, [])

    @pytest.mark.parametrize(
        ("text", "naive"),
        [
            ("2026-09-14T11:40:00", datetime.datetime(2026, 9, 14, 11, 40)),  # noqa: DTZ001
            ("2026-09-14", datetime.datetime(2026, 9, 14)),  # noqa: DTZ001  so it is written
        ],
    )
    def test_without_a_zone_it_is_read_and_noted(self, text: str, naive: Any) -> None:
        assert self.read(text) == (naive, ["format"])

    @pytest.mark.parametrize(
        "text",
        ["", "now", "2026", "14", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "10:02:11Z",
         "2026-09-14T11:40:60Z", "2026-09-14T25:00:00Z", "2026-09-14T11:40:00+99:00", "1789386000",
         "14/09/2026", "Mon, 14 Sep 2026 11:40:00 GMT", "0000-00-00T00:00:00Z",
         "\uff12\uff10\uff12\uff16-09-14"],
    )  # fmt: skip
    def test_what_is_no_instant_stays_text_and_is_noted(self, text: str) -> None:
        assert self.read(text) == (text, ["format"])

    @pytest.mark.parametrize("value", [1789386000, 1789386000.5, True, [], {}])
    def test_nor_are_numbers_guessed_at(self, value: Any) -> None:
        assert self.read(value) == (value, ["type"])


class TestUnions:
    def test_the_variant_without_deviation_is_taken(self) -> None:
        descriptor = {"id": "s", "format": "f", "media_type": "m"}
        results = models.CircuitJobResult.from_dict({"new": {"url": "/x"}, "newer": descriptor})
        assert isinstance(results["new"], models.ResultPointer)
        assert isinstance(results["newer"], models.ArtifactDescriptor)

    def test_or_the_one_with_the_fewest(self) -> None:
        codec = _codec.union(_codec.array(_codec.INT), _codec.array(_codec.STR), _codec.BOOL)
        deviations: list[Deviation] = []
        assert codec.decode(["a", "b", 3], None, deviations) == ["a", "b", 3]
        assert deviations == [Deviation("$[2]", "type", "string", 3)]

    def test_or_none_when_the_value_is_of_no_such_kind(self) -> None:
        codec = _codec.union(_codec.array(_codec.INT), _codec.STR)
        deviations: list[Deviation] = []
        assert codec.decode({"a": 1}, None, deviations) == {"a": 1}
        assert deviations == [Deviation("$", "type", "array or string", {"a": 1})]

    def test_variants_inside_variants_note_each_place(self) -> None:
        inner = _codec.union(_codec.array(_codec.INT), _codec.STR)
        codec = _codec.union(_codec.array(_codec.array(inner)), _codec.array(inner))
        deviations: list[Deviation] = []
        assert codec.decode([7, "a", 7, [True]], None, deviations) == [7, "a", 7, [True]]
        assert [d.path for d in deviations] == ["$[0]", "$[2]", "$[3][0]"]

    @pytest.mark.parametrize(
        ("constant", "values", "others"),
        [(1, [1, 1.0], [True, "1", 2, None]), (True, [True], [1, "true"]), ("a", ["a"], ["b", 1])],
    )
    def test_constants(self, constant: Any, values: list[Any], others: list[Any]) -> None:
        for kinds_noted, candidates in ((["const"], others), ([], values)):
            for value in candidates:
                deviations: list[Deviation] = []
                assert _codec.constant(constant).decode(value, None, deviations) is value
                assert [d.kind for d in deviations] == kinds_noted

    def test_variants_inside_variants_do_not_take_for_ever(self) -> None:
        """Each level tries two variants; tried anew at each level, 40 levels would never end."""
        codec: Any = _codec.INT
        value: Any = "wrong at the bottom"
        for _ in range(40):
            codec = _codec.union(_codec.array(codec), _codec.array(_codec.array(codec)))
            value = [value]
        deviations: list[Deviation] = []
        assert codec.decode(value, None, deviations) is not None


class TestStatuses:
    @pytest.mark.parametrize("status", [202, 206, 299, 399])
    def test_one_that_is_not_documented_is_noted(
        self, client: AuthenticatedClient, server: Loopback, status: int
    ) -> None:
        server.answer_json(status, JOB)
        answer = get_job.sync_detailed("an-id", client=client)
        assert (answer.status_code, answer.parsed) == (status, None)
        like = ", such as 200" if status < 300 else ""
        wanted = f"a documented status{like}"
        assert answer.deviations == (Deviation("$", "status", wanted, status),)
        assert json.loads(answer.content) == JOB

    @pytest.mark.parametrize("status", [404, 409, 418, 429, 499, 500, 503, *range(520, 530), 599])
    def test_errors_are_read_also_those_no_list_of_statuses_has(
        self, client: AuthenticatedClient, server: Loopback, status: int
    ) -> None:
        server.answer_json(status, {"statusCode": status, "error": "Oh", "message": "No"})
        answer = get_job.sync_detailed("an-id", client=client)
        assert (answer.status_code, answer.deviations) == (status, ())
        assert isinstance(answer.parsed, models.Error)
        assert answer.parsed.message == "No"

    def test_a_page_of_a_proxy_is_no_error_body(
        self, client: AuthenticatedClient, server: Loopback
    ) -> None:
        server.answer(520, b"<html>Web server is returning an unknown error</html>")
        answer = get_job.sync_detailed("an-id", client=client)
        assert (answer.status_code, answer.parsed) == (520, None)
        assert [d.kind for d in answer.deviations] == ["body"]

    def test_clients_may_ask_for_an_error(self, server: Loopback) -> None:
        server.answer(299, b"strange " * 1000)
        client = AuthenticatedClient(server.url, token=KEY, raise_on_unexpected_status=True)
        with client, pytest.raises(UnexpectedStatus, match="299: strange") as caught:
            get_job.sync("an-id", client=client)
        assert caught.value.status_code == 299
        assert len(str(caught.value)) < 600


class TestBodies:
    """Bodies that are not the JSON they should be: nothing raises, and `content` has them."""

    @pytest.mark.parametrize(
        "content",
        [
            b"", b" ", b"<html>", b"{", b'{"id": "x"', b"nul", b"'x'", b"{} {}", b"\x00",
            b"\xff\xfe",
            b'{"id": "\xff"}', b"[" * 100_000, b'{"a":' * 100_000, b"9" * 5000, b"nan", b"NAN",
        ],
        ids=lambda content: repr(content[:12]),
    )  # fmt: skip
    def test_what_is_no_json_is_noted(
        self,
        client: AuthenticatedClient,
        strict: AuthenticatedClient,
        server: Loopback,
        content: bytes,
    ) -> None:
        server.answer(200, content, content_type="application/json")
        answer = get_job.sync_detailed("an-id", client=client)
        assert (answer.parsed, answer.content) == (None, content)
        assert [(d.path, d.kind, d.expected) for d in answer.deviations] == [("$", "body", "JSON")]
        assert len(answer.deviations[0].value) <= 200
        with pytest.raises(DecodeError, match=r"get_job: \$: body, expected JSON"):
            get_job.sync("an-id", client=strict)

    @pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
    def test_numbers_that_json_does_not_have_are_read_and_noted(
        self, client: AuthenticatedClient, server: Loopback, constant: str
    ) -> None:
        server.answer(200, b'{"0": 0.5, "1": %s}' % constant.encode())
        answer = get_job_probabilities.sync_detailed("an-id", client=client)
        assert answer.deviations == (Deviation("$", "body", "JSON", constant),)
        assert isinstance(answer.parsed, models.GetResultsResponse)
        assert repr(answer.parsed["1"]) == repr(float(constant))

    @pytest.mark.parametrize("body", [None, True, 5, "text", [], [JOB]])
    def test_a_body_of_another_kind_is_not_handed_out_under_the_wrong_type(
        self, client: AuthenticatedClient, server: Loopback, body: Any
    ) -> None:
        server.answer_json(200, body)
        answer = get_job.sync_detailed("an-id", client=client)
        assert answer.parsed is None
        assert [(d.path, d.value) for d in answer.deviations] == [("$", body)]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-le"])
    def test_json_in_any_unicode_encoding_is_read(
        self, client: AuthenticatedClient, server: Loopback, encoding: str
    ) -> None:
        server.answer(
            200, json.dumps({**JOB, "name": "naïve 🦊"}, ensure_ascii=False).encode(encoding)
        )
        job = get_job.sync("an-id", client=client)
        assert isinstance(job, models.GetJobResponse)
        assert job.name == "naïve 🦊"

    def test_the_last_of_two_keys_counts_as_everywhere_in_python(
        self, client: AuthenticatedClient, server: Loopback
    ) -> None:
        server.answer(200, b'{"0": 0.25, "0": 0.75}')
        probabilities = get_job_probabilities.sync("an-id", client=client)
        assert isinstance(probabilities, models.GetResultsResponse)
        assert probabilities.to_dict() == {"0": 0.75}

    def test_what_is_nested_deeply_in_a_field_nobody_knows_is_kept(
        self, client: AuthenticatedClient, server: Loopback
    ) -> None:
        for depth in (200, 800):
            deep = "[" * depth + '"bottom"' + "]" * depth
            server.answer(
                200, json.dumps({**JOB, "surprise": 0}).replace(": 0}", f": {deep}}}").encode()
            )
            job = get_job.sync("an-id", client=client)
            assert isinstance(job, models.GetJobResponse)
            assert repr(job["surprise"]).replace("'", '"') == deep
            if depth < 300:  # Python itself gives up somewhere beyond that
                assert job.to_dict()["surprise"] == json.loads(deep)

    def test_numbers_keep_their_value(self, client: AuthenticatedClient, server: Loopback) -> None:
        server.answer(200, b'{"0": 1, "1": 1e-07, "2": 5E-1, "3": 0.1, "4": 12345678901234567890}')
        probabilities = get_job_probabilities.sync("an-id", client=client)
        assert isinstance(probabilities, models.GetResultsResponse)
        assert probabilities.to_dict() == {
            "0": 1, "1": 1e-07, "2": 0.5, "3": 0.1, "4": 12345678901234567890,
        }  # fmt: skip

    def test_answers_that_are_lists_are_lists(
        self, client: AuthenticatedClient, server: Loopback
    ) -> None:
        server.answer_json(200, ["3", "0", 3])
        answer = get_job_shots.sync_detailed("an-id", client=client)
        assert (answer.parsed, answer.deviations) == (["3", "0", 3], ())

    def test_a_wrong_type_on_the_wire_does_not_matter(
        self, client: AuthenticatedClient, server: Loopback
    ) -> None:
        server.answer(200, json.dumps(JOB).encode(), content_type="text/html; charset=latin-1")
        assert get_job.sync_detailed("an-id", client=client).deviations == ()


MODELS = [name for name in models.__all__ if hasattr(getattr(models, name), "__schema__")]
DESCRIBED = [name for name in MODELS if contract.SCHEMAS.get(name, {}).get("type") == "object"]


class TestLaws:
    """What holds for every model and any value."""

    @pytest.mark.parametrize("name", DESCRIBED)
    @given(data=st.data())
    @settings(max_examples=10)
    def test_what_fits_the_schema_is_read_without_deviation_and_comes_back(
        self, name: str, data: Any
    ) -> None:
        value = data.draw(contract.values(contract.SCHEMAS[name]).filter(lambda v: v is not None))
        assume(VALIDATORS[name].is_valid(value))
        cls: Any = getattr(models, name)
        deviations: list[Deviation] = []
        instance = cls.from_dict(value, deviations)
        assert deviations == []
        assert contract.same(instance.to_dict(), value)
        assert cls.from_dict(instance.to_dict()) == instance

    @given(name=st.sampled_from(MODELS), data=st.data())
    @settings(max_examples=250)
    def test_any_object_is_read_and_comes_back(self, name: str, data: Any) -> None:
        cls: Any = getattr(models, name)
        fields = st.sampled_from(cls.__schema__.wire_names or ["none"])
        value = data.draw(
            st.dictionaries(fields | st.text(max_size=5), contract.ANYTHING, max_size=8)
        )
        instance = cls.from_dict(value)
        assert contract.same(instance.to_dict(), value)
        assert cls.from_dict(instance.to_dict()) == instance
        assert instance == cls.from_dict(value, [])

    @given(value=contract.ANYTHING)
    @settings(max_examples=200)
    def test_no_answer_at_all_makes_an_operation_raise(self, value: Any) -> None:
        for module in (get_job, get_jobs, create_job, get_job_probabilities, get_job_shots):
            for status in (200, 201, 404, 503):
                response = httpx.Response(status, content=json.dumps(value).encode())
                _codec.build_response(LENIENT, response, module._RESPONSES, "any")

    @given(content=st.binary(max_size=40))
    @settings(max_examples=200)
    def test_nor_do_any_bytes(self, content: bytes) -> None:
        response = httpx.Response(200, content=content)
        _codec.build_response(LENIENT, response, get_job._RESPONSES, "any")

    def test_only_mappings_are_models(self) -> None:
        for value in (None, "text", 5, [("id", "x")]):
            with pytest.raises(TypeError, match="takes a mapping"):
                models.GetJobResponse.from_dict(value)  # type: ignore[arg-type]


VALIDATORS = {name: contract.validator(contract.SCHEMAS[name]) for name in DESCRIBED}
