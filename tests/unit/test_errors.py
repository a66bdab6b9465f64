"""Errors: one tree, built from whatever the server says, picklable, and free of secrets."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import threading
from typing import Any

import pytest

from ionq_direct import errors
from ionq_direct.errors import (
    APIError,
    BadRequest,
    CircuitUnavailable,
    ConfigurationError,
    Conflict,
    ConnectionFailed,
    DecodeError,
    Forbidden,
    InvalidArgument,
    InvalidDistribution,
    InvalidJob,
    IonQError,
    JobCanceled,
    JobDeleted,
    JobError,
    JobFailed,
    JobTimeout,
    MissingExtra,
    NoResults,
    NotFound,
    NotSubmitted,
    PayloadTooLarge,
    RateLimited,
    RequestTimeout,
    ServerError,
    ShotsUnknown,
    SubmissionsFailed,
    SubmissionUnknown,
    Unauthorized,
    error_for,
)
from ionq_direct.submissions import SubmissionOutcome

URL = "https://api.ionq.co/v0.4/jobs"
KEY = "sk-3f9a7c21d04e4b6c8a55"

API_ARGUMENTS: dict[str, Any] = {
    "status": 429,
    "code": "rate",
    "request_id": "req-1",
    "body": '{"message": "slow"}',
    "retry_after": 2.5,
    "attempts": 3,
    "method": "GET",
    "url": URL,
}
EXAMPLES: dict[type[IonQError], IonQError] = {
    IonQError: IonQError("plain"),
    ConfigurationError: ConfigurationError("no key"),
    InvalidArgument: InvalidArgument(name="job_id", value="..", rule="must not be '..'"),
    InvalidJob: InvalidJob(path="$.shots", value=0, rule="shots must be 1 to 1,000,000"),
    InvalidDistribution: InvalidDistribution("sums to 2", key="3", value=2.0),
    **{
        cls: cls("slow", **API_ARGUMENTS)
        for cls in (
            APIError,
            BadRequest,
            Unauthorized,
            Forbidden,
            NotFound,
            Conflict,
            PayloadTooLarge,
            RateLimited,
            ServerError,
        )
    },
    ConnectionFailed: ConnectionFailed("refused", method="GET", url=URL, attempts=3, sent=False),
    RequestTimeout: RequestTimeout(
        "late", method="GET", url=URL, attempts=2, timeout=1.5, sent=True
    ),
    ShotsUnknown: ShotsUnknown("tell the shots"),
    SubmissionUnknown: SubmissionUnknown("tag-7"),
    SubmissionsFailed: SubmissionsFailed(
        [
            SubmissionOutcome(0, "tag-0", job_id="j1"),
            SubmissionOutcome(1, "tag-1", error=BadRequest("odd", status=400)),
            SubmissionOutcome(2, "tag-2", error=NotSubmitted("not tried")),
        ]
    ),
    NotSubmitted: NotSubmitted("not tried"),
    JobError: JobError("odd", job_id="j1"),
    JobFailed: JobFailed("too many qubits", job_id="j1", code="NotEnoughQubits"),
    JobCanceled: JobCanceled(job_id="j1"),
    JobDeleted: JobDeleted(job_id="j1"),
    JobTimeout: JobTimeout(job_id="j1", status="ready", timeout=300, pending=("j1", "j2")),
    CircuitUnavailable: CircuitUnavailable("withdrawn", job_id="j1", form="native"),
    NoResults: NoResults("is a dry run", job_id="j1"),
    MissingExtra: MissingExtra("plot()", extra="plot", module="matplotlib"),
    DecodeError: DecodeError(path="$.status", deviations=["$.status: missing", "$.id: missing"]),
}
each_error = pytest.mark.parametrize("error", EXAMPLES.values(), ids=lambda e: type(e).__name__)


def test_every_error_class_has_an_example_here() -> None:
    public = {getattr(errors, name) for name in errors.__all__}
    assert {value for value in public if isinstance(value, type)} == set(EXAMPLES)


@each_error
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_pickles_with_every_attribute(error: IonQError, protocol: int) -> None:
    _assert_same(pickle.loads(pickle.dumps(error, protocol)), error)


@each_error
@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_an_error_copies_with_every_attribute(error: IonQError, duplicate: object) -> None:
    _assert_same(duplicate(error), error)  # type: ignore[operator]


def _assert_same(other: IonQError, error: IonQError) -> None:
    assert type(other) is type(error)
    assert other is not error
    assert _contents(other) == _contents(error)
    assert (str(other), repr(other)) == (str(error), repr(error))


def _contents(value: Any) -> Any:
    """What a value is made of: errors are equal to themselves alone, also inside other errors."""
    if isinstance(value, BaseException):
        return type(value), value.args, _contents(value.__dict__)
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return type(value), [_contents(getattr(value, field.name)) for field in fields]
    if isinstance(value, dict):
        return {name: _contents(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value), [_contents(item) for item in value]
    return value


@each_error
def test_an_error_is_caught_by_the_root_and_says_something(error: IonQError) -> None:
    assert isinstance(error, IonQError)
    assert error.message
    assert str(error)
    assert repr(error).startswith(type(error).__name__ + "(")


@each_error
def test_every_error_class_is_drawn_in_the_module_docstring(error: IonQError) -> None:
    assert type(error).__name__ in (errors.__doc__ or "")


def test_notes_travel_with_the_pickle() -> None:
    error = JobCanceled(job_id="j1")
    error.add_note("while waiting for 3 jobs")
    assert pickle.loads(pickle.dumps(error)).__notes__ == ["while waiting for 3 jobs"]


def test_a_value_that_does_not_pickle_travels_as_its_repr() -> None:
    error = InvalidJob(path="$.name", value=threading.Lock(), rule="must be a string")
    other = pickle.loads(pickle.dumps(error))
    assert "lock" in other.value
    assert str(other) == str(error)
    assert copy.copy(error).value is error.value


def test_builtin_families_also_match() -> None:
    assert isinstance(EXAMPLES[InvalidJob], ValueError)
    assert isinstance(EXAMPLES[InvalidDistribution], ValueError)
    assert isinstance(EXAMPLES[ConnectionFailed], ConnectionError)
    assert isinstance(EXAMPLES[RequestTimeout], TimeoutError)
    assert isinstance(EXAMPLES[JobTimeout], TimeoutError)
    assert isinstance(EXAMPLES[MissingExtra], ImportError)


@pytest.mark.parametrize(
    ("status", "cls"),
    [
        (400, BadRequest),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Conflict),
        (413, PayloadTooLarge),
        (429, RateLimited),
        (500, ServerError),
        (503, ServerError),
        (520, ServerError),
        (599, ServerError),
        (402, APIError),
        (410, APIError),
        (302, APIError),
        (600, APIError),
    ],
)
def test_the_status_picks_the_class(status: int, cls: type[APIError]) -> None:
    error = error_for(status, {}, b'{"message": "m"}')
    assert type(error) is cls
    assert error.status == status


DOCUMENTED = {
    "error": "Bad Request",
    "message": '"some-parameter" was invalid.',
    "statusCode": 400,
    "validation": {"keys": ["some-parameter"], "source": "params"},
}


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        pytest.param({"code": 17, "message": "no"}, "17", "no", id="code and message"),
        pytest.param(DOCUMENTED, "Bad Request", '"some-parameter" was invalid.', id="documented"),
        pytest.param({"error": {"type": "quota", "message": "no"}}, "quota", "no", id="nested"),
        pytest.param({"error": "Forbidden"}, "Forbidden", "Forbidden", id="error only"),
        pytest.param({"error": {"type": "x"}, "message": "outer"}, "x", "outer", id="split"),
        pytest.param({"message": "  two\n lines "}, None, "two lines", id="message only"),
        pytest.param({"error": True, "message": 3}, None, "Bad Request", id="mistyped"),
        pytest.param("just words", None, "just words", id="a JSON string"),
        pytest.param([1, 2], None, "Bad Request", id="a JSON array"),
        pytest.param({}, None, "Bad Request", id="an empty object"),
    ],
)
def test_every_error_shape_gives_code_and_message(body: object, code: str, message: str) -> None:
    error = error_for(400, {}, json.dumps(body).encode())
    assert error.code == code
    assert error.message.startswith(message)


def test_the_names_of_refused_parameters_and_the_whole_body_stay_reachable() -> None:
    error = error_for(400, {}, json.dumps(DOCUMENTED).encode())
    assert error.invalid_keys == ("some-parameter",)
    assert error.details == DOCUMENTED
    assert pickle.loads(pickle.dumps(error)).details == DOCUMENTED


@pytest.mark.parametrize("validation", [None, [], {}, {"keys": None}, {"keys": "shots"}])
def test_odd_validation_details_do_no_harm(validation: object) -> None:
    assert error_for(400, {}, json.dumps({"validation": validation}).encode()).invalid_keys == ()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "Bad Gateway"),
        (b"   ", "Bad Gateway (the body, 3 bytes, holds no message)"),
        (b"upstream connect error", "upstream connect error"),
        (b"<html><title>ionq.co | 502:\n Bad gateway</title>", "ionq.co | 502: Bad gateway"),
        (b"<html><body>no title", "Bad Gateway (the body, 20 bytes, holds no message)"),
        (b'{"statusCode":502,"message":"cut \\"off\\" mid', 'cut "off" mid'),
        (b'{"statusCode":502,"message":"broken \\u12', "broken \\u12"),
        (b'{"statusCode":5', "Bad Gateway (the body, 15 bytes, holds no message)"),
        (b"[" * 100_000, "Bad Gateway (the body, 100000 bytes, holds no message)"),
        (b"\xff\xfe\x00", "\ufffd\ufffd"),
    ],
)
def test_a_body_that_is_no_json_still_gives_a_message(body: bytes, message: str) -> None:
    error = error_for(502, {"Content-Type": "text/html"}, body)
    assert error.message == message
    assert error.details == {}


def test_a_byte_order_mark_does_not_hide_the_json() -> None:
    assert error_for(500, {}, b"\xef\xbb\xbf" + b'{"message":"marked"}').message == "marked"


def test_an_unregistered_status_has_a_message_too() -> None:
    assert error_for(529, {}, b"").message


def test_a_huge_body_is_cut_at_64_kib_and_its_message_at_a_line() -> None:
    error = error_for(500, {}, b"x" * 200_000)
    assert len(error.body) == 65_536
    assert len(error.message) == 1000


def test_headers_are_read_in_any_case() -> None:
    error = error_for(429, {"X-Request-ID": "abc", "RETRY-AFTER": "7"}, b"{}", attempts=4)
    assert (error.request_id, error.retry_after, error.attempts) == ("abc", 7.0, 4)
    assert error_for(429, {}, b"{}").request_id is None


def test_the_text_tells_what_support_asks_for() -> None:
    headers = {"x-request-id": "abc", "retry-after": "7"}
    error = error_for(429, headers, b'{"message":"slow"}', attempts=2, method="GET", url=URL)
    assert str(error) == (f"HTTP 429: slow [GET {URL}, request abc, 2 attempts, retry after 7 s]")
    assert str(error_for(404, {}, b'{"message":"none"}')) == "HTTP 404: none"


def test_query_fragment_and_user_part_of_the_url_are_dropped() -> None:
    url = f"https://me:{KEY}@api.ionq.co:8443/v0.4/jobs?apiKey={KEY}#{KEY}"
    for error in (
        error_for(500, {}, b"", url=url),
        ConnectionFailed("refused", url=url),
        RequestTimeout("late", url=url),
    ):
        assert error.url == "https://api.ionq.co:8443/v0.4/jobs"
        assert KEY not in repr(error)


@pytest.mark.parametrize(
    "body",
    [
        f'{{"message":"Invalid key {KEY} provided","headers":{{"Authorization":"apiKey {KEY}"}}}}',
        f"<html><title>denied: {KEY}</title>{KEY}",
        "x" * (65_536 - 12) + KEY,
        json.dumps({"message": "escaped"}).replace("escaped", "\\u0073" + KEY[1:]),
    ],
    ids=["json", "html", "cut in the middle of the key", "escaped"],
)
def test_a_key_that_the_server_echoes_is_removed(body: str) -> None:
    error = error_for(401, {}, body.encode(), secrets=[KEY, ""], url=URL)
    for text in (str(error), repr(error), error.message, error.body):
        assert KEY not in text
    assert not error.body.endswith(KEY[:12])
    assert KEY.encode() not in pickle.dumps(error)


def test_an_authorization_value_that_is_not_known_to_be_one_is_removed_too() -> None:
    error = error_for(401, {}, b'{"message":"got Authorization: apiKey 0123456789abcdef0123"}')
    assert error.message == "got Authorization: apiKey [redacted]"
    kept = error_for(401, {}, b'{"message":"Bearer tokens are not supported"}')
    assert kept.message == "Bearer tokens are not supported"


def test_invalid_job_names_path_value_and_rule() -> None:
    error = InvalidJob(path="$.input.circuit[3].target", value="x" * 500, rule="must be an integer")
    assert error.path in str(error)
    assert error.rule in str(error)
    assert len(str(error)) < 200
    assert error.value == "x" * 500


@pytest.mark.parametrize(
    ("failure", "code", "message"),
    [
        ({"code": "SimulationError", "message": "boom"}, "SimulationError", "boom"),
        ({"code": "internal_error", "error": "boom"}, "internal_error", "boom"),
        ({"code": 7, "message": "", "error": "boom"}, "7", "boom"),
        ({"message": None}, None, "failed without a message"),
        (None, None, "failed without a message"),
    ],
)
def test_a_failed_job_tells_code_and_message_under_either_name(
    failure: dict[str, object] | None, code: str | None, message: str
) -> None:
    error = JobFailed.from_failure("j1", failure)
    assert (error.job_id, error.code, error.message) == ("j1", code, message)
    assert "j1" in str(error)
    assert message in str(error)


def test_a_timed_out_job_tells_how_long_and_what_was_seen_last() -> None:
    assert str(JobTimeout(job_id="j1", status="ready", timeout=2.5)) == (
        "job j1: had not ended after 2.5 s, last seen as ready"
    )
    assert str(JobTimeout(job_id="j1")) == "job j1: had not ended"


def test_an_unknown_submission_tells_how_to_settle_it() -> None:
    error = SubmissionUnknown("tag-7", "the connection dropped")
    assert "the connection dropped" in str(error)
    assert "find_submission('tag-7')" in str(error)


def test_a_decode_error_counts_what_it_does_not_show() -> None:
    assert str(DecodeError(path="$.a", deviations=["x", "y"])) == "$.a: x (and 1 more)"
    assert str(DecodeError("odd", path="$.a")) == "$.a: odd"
    assert str(DecodeError(path="$.a")) == "$.a: strays from the contract"


def test_no_answer_tells_where_it_was_asked_and_how_often() -> None:
    assert str(EXAMPLES[ConnectionFailed]) == f"refused [GET {URL}, 3 attempts]"
    assert str(ConnectionFailed("refused")) == "refused"
