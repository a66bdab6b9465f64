"""From an answer that deviates to a client that does not mind: the whole round."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ionq_conformance import session
from ionq_conformance.drift import AnswerReader, read
from ionq_conformance.findings import Findings
from ionq_conformance.profiles import PROFILES
from ionq_conformance.self_check import misbehaving_server
from ionq_conformance.session import Plan, Target
from ionq_conformance.spec_command import main as spec
from ionq_direct import IonQ
from ionq_direct.errors import ConfigurationError
from scripts import paths
from scripts.generate import main as generate
from tests.loopback import serve

KEY = "drift-key"
PACKAGE = "ionq_patched"


@dataclass(frozen=True)
class Kind:
    """A kind of deviation: where it is seen, and what the patch must do."""

    operation: str
    arguments: dict[str, Any]
    body: Callable[[dict[str, Any]], Any]
    sample: str
    path: str
    kind: str


def job(change: dict[str, Any], *drop: str) -> Callable[[dict[str, Any]], Any]:
    return lambda samples: {k: v for k, v in samples["job"].items() if k not in drop} | change


def backend(change: dict[str, Any]) -> Callable[[dict[str, Any]], Any]:
    return lambda samples: samples["backend"] | change


def in_list(change: dict[str, Any], *drop: str) -> Callable[[dict[str, Any]], Any]:
    def body(samples: dict[str, Any]) -> Any:
        kept = {k: v for k, v in samples["listed"].items() if k not in drop}
        return {"jobs": [samples["listed"], kept | change], "next": None}

    return body


ONE = {"uuid": "0197379a-0000-7000-8000-000000000001"}
MACHINE = {"backend": "simulator"}
KINDS = [
    Kind("get_job", ONE, job({}, "submitter_id"), "", "$.submitter_id", "missing"),
    Kind("get_jobs", {}, in_list({}, "backend"), "", "$.jobs[*].backend", "missing"),
    Kind("get_job", ONE, job({"dry_run": None}), "", "$.dry_run", "null"),
    Kind("get_backend", MACHINE, backend({"last_updated": None}), "", "$.last_updated", "null"),
    Kind("get_backend", MACHINE, backend({"qubits": "36"}), "", "$.qubits", "type"),
    Kind(
        "get_job", ONE, job({"execution_duration_ms": 1.5}), "", "$.execution_duration_ms", "type"
    ),
    Kind("get_job", ONE, job({"stats": [1]}), "", "$.stats", "type"),
    Kind("get_job", ONE, job({"status": "running"}), "running", "$.status", "enum"),
    Kind("get_jobs", {}, in_list({"status": "paused"}), "paused", "$.jobs[*].status", "enum"),
    Kind("get_jobs", {}, in_list({"priority": 3}), "", "$.jobs[*].priority", "extra"),
    Kind(
        "get_job",
        ONE,
        job({"submitted_at": "2026/11/21"}),
        "9999/99/99",
        "$.submitted_at",
        "format",
    ),
    Kind("get_job", ONE, job({"backend": 7}), "", "$.backend", "type"),
]


@pytest.fixture(scope="module")
def samples() -> dict[str, Any]:
    """Answers without deviations."""
    folder = Path(__file__).parents[1] / "data" / "ionq_v0_4"

    def load(name: str) -> Any:
        document = json.loads((folder / f"{name}.json").read_text())
        return document.get("body", document)

    job = load("get_job_completed_simulator")
    listed = {name: value for name, value in job.items() if name != "child_job_ids"}
    return {"job": job, "listed": listed, "backend": load("get_backend_simulator")}


@pytest.fixture(scope="module")
def recorded(samples: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an ordinary program records: a client with `record_deviations`."""
    path = tmp_path_factory.mktemp("drift") / "deviations.jsonl"
    with serve() as server, IonQ(KEY, server.url, record_deviations=path) as ionq:
        for kind in KINDS:
            server.answer_json(200, kind.body(samples))
            call("ionq_api.v0_4", kind, ionq.api)
    return path


@pytest.fixture(scope="module")
def patched(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A client generated anew with the patch in the folder of patches."""
    root = tmp_path_factory.mktemp("generated")
    shutil.copytree(paths.ROOT / "openapi/patches/v0.4", root / "patches")
    assert spec(["drift", str(recorded), "--write", str(root / "patches/99-seen.yaml")]) == 0
    made = generate(
        [
            *("--spec", str(paths.ROOT / "openapi/v0.4.yaml")),
            *("--patches", str(root / "patches")),
            *("--out", str(root / PACKAGE)),
        ]
    )
    assert made == 0
    sys.path.insert(0, str(root))
    yield PACKAGE
    sys.path.remove(str(root))


def call(package: str, kind: Kind, client: Any) -> Any:
    tag = "backends" if kind.operation == "get_backend" else "jobs"
    module = importlib.import_module(f"{package}.api.{tag}.{kind.operation}")
    return module.sync_detailed(**kind.arguments, client=client)


def test_each_kind_is_recorded_by_place_with_no_value_of_the_users(recorded: Path) -> None:
    drifts = {(one.operation, one.path, one.kind): one for one in read([recorded])}
    for kind in KINDS:
        assert drifts[kind.operation, kind.path, kind.kind].sample == kind.sample
    assert len(drifts) == len(KINDS)
    assert KEY not in recorded.read_text()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.kind}-{kind.path[2:]}")
def test_the_patched_client_does_not_deviate(
    patched: str, kind: Kind, samples: dict[str, Any]
) -> None:
    client_module = importlib.import_module(f"{patched}.client")
    with serve() as server:
        body = kind.body(samples)
        server.answer_json(200, body)
        with client_module.AuthenticatedClient(server.url, token=KEY, prefix="apiKey") as client:
            response = call(patched, kind, client)
    assert response.deviations == ()
    # An instant is written with its offset: the same moment, spelled differently.
    written = json.dumps(response.parsed.to_dict(), sort_keys=True).replace("+00:00", "Z")
    assert written == json.dumps(body, sort_keys=True)


def test_deviations_of_a_misbehaving_cloud_are_seen_by_the_suite(tmp_path: Path) -> None:
    path = tmp_path / "deviations.jsonl"
    reader = AnswerReader(path)
    for name in ("dropped-required-field", "status-outside-the-list"):
        with misbehaving_server(name) as url:
            plan = Plan(PROFILES["full"], None, wait=3)
            session.run(Target(url, KEY, "another"), plan, Findings(), on_answer=reader.read)
    assert {(one.path, one.kind) for one in read([path])} == {
        ("$.submitter_id", "missing"),
        ("$.jobs[*].status", "enum"),
    }


def test_a_cloud_that_behaves_shows_none(tmp_path: Path) -> None:
    reader = AnswerReader(tmp_path / "deviations.jsonl")
    with misbehaving_server("") as url:
        plan = Plan(PROFILES["full"], None, wait=3)
        session.run(Target(url, KEY, "another"), plan, Findings(), on_answer=reader.read)
    assert reader.count == 0


def test_metadata_and_ids_stay_out_of_the_record(tmp_path: Path, samples: dict[str, Any]) -> None:
    path = tmp_path / "deviations.jsonl"
    secret = "patient-4711"
    body = job({"metadata": {secret: {"name": secret}}, "status": "0123456789abcdef"})(samples)
    with serve() as server, IonQ(KEY, server.url, record_deviations=path) as ionq:
        server.answer_json(200, body)
        call("ionq_api.v0_4", KINDS[0], ionq.api)
    text = path.read_text()
    assert '"$.metadata[*]"' in text
    assert secret not in text
    assert "0123456789abcdef" not in text


def test_counts_are_kept_with_few_lines(tmp_path: Path, samples: dict[str, Any]) -> None:
    path = tmp_path / "deviations.jsonl"
    with serve() as server, IonQ(KEY, server.url, record_deviations=path) as ionq:
        server.answer_json(200, KINDS[0].body(samples))
        for _ in range(64):
            call("ionq_api.v0_4", KINDS[0], ionq.api)
    assert [one.count for one in read([path])] == [64]
    assert len(path.read_text().splitlines()) == 7


def test_an_answer_of_another_kind_is_left_to_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "deviations.jsonl"
    with serve() as server, IonQ(KEY, server.url, record_deviations=path) as ionq:
        server.answer_json(299, {})
        call("ionq_api.v0_4", KINDS[0], ionq.api)
    assert spec(["drift", str(path), "--write", str(tmp_path / "patch.yaml")]) == 1
    assert "not patched: get_job $" in capsys.readouterr().out
    assert not (tmp_path / "patch.yaml").exists()


def test_a_folder_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="record_deviations: no such folder"):
        IonQ(KEY, "http://127.0.0.1:1/v0.4", record_deviations=tmp_path / "no" / "file")


def test_a_file_that_is_no_record_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello\n")
    assert spec(["drift", str(path)]) == 4
    assert f"{path}:1" in capsys.readouterr().err
