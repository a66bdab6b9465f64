"""What `record_deviations` writes of answers: places, types and forms, and nothing of anybody's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ionq_api.v0_4 import _codec
from ionq_api.v0_4.api.backends import get_backend
from ionq_api.v0_4.api.jobs import get_job, get_jobs
from ionq_api.v0_4.api.results import get_job_artifact
from ionq_conformance.contract import load
from ionq_conformance.drift import Drift, read
from ionq_conformance.patching import propose
from ionq_direct import IonQ
from ionq_direct.errors import ConfigurationError
from tests.loopback import serve

KEY = "record-key-0123456789"
EXAMPLES = Path(__file__).parents[1] / "data" / "ionq_v0_4"


def example(name: str) -> Any:
    return json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))["body"]


JOB: dict[str, Any] = example("get_job_completed_simulator")
BACKEND: dict[str, Any] = example("get_backend_simulator")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deviations.jsonl"


def record(path: Path, body: Any, operation: Any = get_job, *, times: int = 1) -> list[Drift]:
    """What is recorded of an answer to an ordinary program."""
    arguments = () if operation is get_jobs else ("an-id",)
    with serve() as server, IonQ(KEY, server.url, record_deviations=path) as ionq:
        if isinstance(body, bytes):
            server.answer(200, body, content_type="text/plain")
        else:
            server.answer_json(200, body)
        for _ in range(times):
            operation.sync_detailed(*arguments, client=ionq.api)
    return read([path]) if path.exists() else []


def test_counts_are_kept_with_few_lines(path: Path) -> None:
    job = {name: value for name, value in JOB.items() if name != "submitter_id"}
    assert [one.count for one in record(path, job, times=64)] == [64]
    assert len(path.read_text().splitlines()) == 7


def test_a_folder_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="record_deviations: no such folder"):
        IonQ(KEY, "http://127.0.0.1:1/v0.4", record_deviations=tmp_path / "no" / "file")


def test_an_answer_without_deviations_writes_no_file(path: Path) -> None:
    assert record(path, JOB) == []
    assert not path.exists()


@pytest.mark.parametrize(
    ("value", "found", "sample"),
    [
        (1, "integer", ""),
        (0.5, "number", ""),
        (True, "boolean", ""),
        (None, "null", ""),
        ({"a": 1}, "object", ""),
        ([], "array", ""),
        ([1, None, "x"], "array of integer or null or string", ""),
        ([[1]], "array of array", ""),
        ("us-east", "string", ""),
        ("2026-11-21T10:00:00Z", "string", "date-time"),
        ("2026-11-21", "string", "date"),
        ("0199f0c4-0000-7000-8000-000000000001", "string", "uuid"),
    ],
)
def test_a_new_field_is_recorded_with_its_type(
    path: Path, value: Any, found: str, sample: str
) -> None:
    (drift,) = record(path, BACKEND | {"region": value}, get_backend)
    seen = (drift.path, drift.kind, drift.found, drift.sample)
    assert seen == ("$.region", "unknown", found, sample)
    (action,) = propose(load(), [drift]).actions
    assert list(action.change["update"]) == ["region"]


def test_a_new_field_is_no_deviation_not_even_for_a_strict_client(path: Path) -> None:
    told: list[Any] = []
    options: dict[str, Any] = {"record_deviations": path, "on_deviations": told.append}
    with serve() as server, IonQ(KEY, server.url, strict=True, **options) as ionq:
        server.answer_json(200, BACKEND | {"region": "us-east"})
        answer = get_backend.sync_detailed("simulator", client=ionq.api)
    assert answer.deviations == ()
    assert answer.parsed is not None
    assert [one.path for one in _codec.unknown_fields(answer.parsed)] == ["$.region"]
    assert told == []
    assert [one.path for one in read([path])] == ["$.region"]


def test_maps_may_hold_what_they_like(path: Path) -> None:
    job = JOB | {
        "metadata": {"my": "note", "another": "one"},
        "output": {"anything": {"at": ["all"]}},
        "registers": {"mine": [0, 1]},
    }
    assert [one for one in record(path, job) if one.kind == "unknown"] == []


# -- nothing of anybody's -------------------------------------------------------------------------

PRIVATE = [
    "jane.doe@example.org",
    "Jane Doe",
    "sk-live-abcdefghij",
    "ghp_aBcDeFgHiJkLmNoP",
    "eyJhbGciOiJIUzI1NiJ9",
    "0123456789abcdef",
    "AKIAIOSFODNN7EXAMPLE",
    "a1b2c3d4e5f6g7h8i9j0",
    "0199f0c4-0000-7000-8000-000000000001",
    "Please call me back, it is urgent",
    KEY,
]


@pytest.mark.parametrize("secret", PRIVATE)
def test_no_key_token_address_or_sentence_is_ever_written(path: Path, secret: str) -> None:
    """Wherever it turns up: as a value of any kind, as the name of a field, deep in a map."""
    for body in (
        JOB | {"status": secret},
        JOB | {"submitted_at": secret},
        JOB | {"dry_run": secret, "stats": [secret], "execution_duration_ms": {secret: secret}},
        JOB | {secret: secret},
        JOB | {"metadata": {secret: 1, "deep": {secret: {secret: secret}}}},
        JOB | {"stats": {secret: {secret: secret}}, "settings": {secret: [secret]}},
        JOB | {"noise": {"model": secret, secret: secret}},
        {"jobs": [JOB | {"backend": {"x": secret}}], "next": {secret: 1}, secret: [secret]},
        secret.encode(),
    ):
        record(path, body, get_jobs if isinstance(body, dict) and "jobs" in body else get_job)
    record(path, BACKEND | {secret: secret, "noise_models": {secret: secret}}, get_backend)
    text = path.read_text("utf-8")
    assert len(text.splitlines()) > 10
    assert secret not in text
    assert secret.casefold() not in text.casefold()


def test_a_users_name_for_a_job_is_no_word_of_a_list(path: Path) -> None:
    """Not even where a document takes it for one."""
    with path.open("w") as file:
        one = Drift("get_job", 200, "$.name", "enum", "one of Names", "string", "Alice", 1)
        file.write(json.dumps({name: getattr(one, name) for name in Drift.__slots__}))
    assert [drift.sample for drift in read([path])] == [""]


@pytest.mark.parametrize("name", ["jane-doe", "jane.doe"])
def test_a_new_field_is_not_named_where_that_could_be_somebody(path: Path, name: str) -> None:
    assert [one.path for one in record(path, BACKEND | {name: 1}, get_backend)] == ["$[*]"]


def test_keys_that_users_chose_are_no_part_of_a_place(path: Path) -> None:
    body = JOB | {"metadata": {"patient": {"name": "x"}}}
    assert [one.path for one in record(path, body)] == ["$.metadata[*]"]


# -- bodies of another kind -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "media_type", "found", "why"),
    [
        (b"", "application/json", "nothing", "may be absent"),
        (b' {"id": ', "application/json", "broken JSON", "a transfer gone wrong"),
        (b'{"id": NaN}', "application/json", "a number that JSON has not", "no JSON, whatever"),
        (b"Gone fishing", "application/json", "text", "says that it is application/json"),
        (b"Gone fishing", "", "text", "does not say what it is"),
    ],
)
def test_what_no_document_can_say_is_left_with_the_reason(
    path: Path, content: bytes, media_type: str, found: str, why: str
) -> None:
    with serve() as server, IonQ(KEY, server.url, record_deviations=path) as ionq:
        server.answer(200, content, **({"content_type": media_type} if media_type else {}))
        get_job.sync_detailed("an-id", client=ionq.api)
    bodies = [one for one in read([path]) if one.kind == "body"]
    assert [(one.found, one.sample) for one in bodies] == [(found, media_type)]
    patch = propose(load(), bodies)
    assert patch.actions == []
    assert [why in reason for _, reason in patch.unsolved] == [True]


def test_json_by_another_name_is_json(path: Path) -> None:
    """A client goes by what a body is: what it says it is matters to the suite's own checks."""
    with serve() as server, IonQ(KEY, server.url, record_deviations=path) as ionq:
        server.answer(200, json.dumps(JOB).encode(), content_type="text/html")
        assert get_job.sync_detailed("an-id", client=ionq.api).parsed is not None
    assert not path.exists()


@pytest.mark.parametrize("text", ["OPENQASM 3.0;", "12", "null", '"quoted"', "[broken", "true"])
def test_text_is_read_where_the_document_has_it_beside_json(path: Path, text: str) -> None:
    with serve() as server, IonQ(KEY, server.url, record_deviations=path) as ionq:
        server.answer(200, text.encode(), content_type="text/plain; charset=utf-8")
        answer = get_job_artifact.sync_detailed("an-id", "an-artifact", client=ionq.api)
    assert answer.parsed == text
    assert not path.exists()


@pytest.mark.parametrize(
    ("status", "content", "media_type", "schema"),
    [
        (202, json.dumps(JOB).encode(), "application/json", "GetJobResponse"),
        (202, b'{"later": true}', "application/json", '{"type": "object"}'),
        (203, b"[1]", "application/json", '"items": {"type": "integer"}'),
        (206, b"half", "text/plain", '"text/plain"'),
        (204, b"", "", '{"204": {"description": "Seen in answers."}}'),
        (304, b"", "", '{"304": {"description": "Seen in answers."}}'),
    ],
)
def test_a_status_is_documented_with_the_body_it_came_with(
    path: Path, status: int, content: bytes, media_type: str, schema: str
) -> None:
    with serve() as server, IonQ(KEY, server.url, record_deviations=path) as ionq:
        server.answer(status, content, **({"content_type": media_type} if media_type else {}))
        get_job.sync_detailed("an-id", client=ionq.api)
    patch = propose(load(), read([path]))
    (action,) = patch.actions
    assert patch.unsolved == []
    assert action.target == "$.paths['/jobs/{UUID}'].get.responses"
    assert schema in json.dumps(action.change["update"])
