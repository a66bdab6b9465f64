"""From a cloud that drifts to a client that does not mind: the whole round, on the emulator."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ionq_conformance import session
from ionq_conformance.contract import Contract, load
from ionq_conformance.drift import AnswerReader, Drift, read
from ionq_conformance.findings import Findings
from ionq_conformance.misbehaviour import EVOLUTIONS, MISBEHAVIOURS
from ionq_conformance.patching import propose, to_yaml
from ionq_conformance.profiles import PROFILES
from ionq_conformance.self_check import misbehaving_server
from ionq_conformance.session import Plan, Target
from ionq_conformance.spec.overlay import Overlay, apply, load_overlay
from ionq_conformance.spec_command import main as spec
from scripts import paths
from tests import contract

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:uvicorn")

PROGRAM = Path(__file__).parent / "programs" / "look_at_misbehaving_clouds.py"
KEYS = ("drift-key-0123456789", "another-key-0123456789")
SOON = datetime.date(2026, 11, 21)

Seen = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A way to drift: where it is seen, and what the mended client makes of it.

    Attributes:
        cloud: The emulator's misbehaviour.
        answer: The answer that shows it.
        deviations: What a client notes that knows nothing of it.
        read_as: Type of the body for a client that does.
        fields: What its fields declare and hold then.
    """

    cloud: str
    answer: str
    deviations: list[str]
    read_as: str
    fields: dict[str, str] = field(default_factory=dict)


KINDS = [
    Kind(
        "dropped-required-field",
        "get_job",
        ["missing $.submitter_id"],
        "GetJobResponse",
        {"submitter_id": "str | Unset = UNSET"},
    ),
    Kind(
        "dropped-field-in-a-list",
        "get_jobs",
        ["missing $.jobs[0].backend"],
        "GetJobsResponse",
        {"jobs[0].backend": "str | Unset = UNSET"},
    ),
    Kind(
        "wrong-type",
        "get_backend",
        ["type $.qubits"],
        "Backend",
        {"qubits": "int | str = 29"},
    ),
    Kind(
        "fraction-for-a-whole-number",
        "get_job",
        ["type $.execution_duration_ms"],
        "GetJobResponse",
        {"execution_duration_ms": "float | None = 1.5"},
    ),
    Kind(
        "null-where-none-is-allowed",
        "get_backend",
        ["null $.status"],
        "Backend",
        {"status": "None | str = None"},
    ),
    Kind(
        "status-outside-the-list",
        "get_jobs",
        ["enum $.jobs[0].status"],
        "GetJobsResponse",
        {"jobs[0].status": "JobStatus = running"},
    ),
    Kind(
        "extra-field-in-a-closed-object",
        "get_jobs",
        ["extra $.total"],
        "GetJobsResponse",
        {"total": "int | Unset = 1"},
    ),
    Kind(
        "instant-that-is-none",
        "get_job",
        ["format $.submitted_at"],
        "GetJobResponse",
        {"submitted_at": "None | str = yesterday"},
    ),
    Kind("undocumented-status", "get_jobs", ["status $"], "GetJobsResponse"),
    Kind("text-for-json", "get_backends", ["body $"], "str"),
    Kind("list-for-an-object", "whoami", ["type $"], "list"),
    Kind("page-for-an-error", "get_job of nobody", ["body $"], "str"),
    Kind(
        "new-fields",
        "get_backend",
        [
            "unknown $.region",
            "unknown $.next_maintenance",
            "unknown $.queued_shots",
            "unknown $.connectivity",
            "unknown $.gate_names",
            "unknown $.limits",
            "unknown $.operator",
        ],
        "Backend",
        {
            "region": "str | Unset = us-east",
            "next_maintenance": "datetime.datetime | Unset = 2026-12-24 18:00:00+00:00",
            "queued_shots": "int | Unset = 4000",
            "connectivity": "list[Any] | Unset = [[0, 1], [1, 2]]",
            "gate_names": "list[str] | Unset = ['gpi', 'zz']",
            "operator": "Any | Unset = None",
        },
    ),
    Kind(
        "fields-named-by-ids",
        "whoami",
        ['unknown $["0199f0c4-0000-7000-8000-000000000001"]'],
        "Whoami",
    ),
]
UNPATCHED = Kind("body-is-empty", "whoami", ["body $"], "NoneType")
ids = [kind.cloud for kind in KINDS]


@dataclass(frozen=True)
class Round:
    """What came of it.

    Attributes:
        record: What the program recorded, knowing nothing.
        overlay: The patch that was made of it.
        said: What the command said.
        document: The document with the patch, as the new client holds it.
        before, after: What the program saw, by cloud; `none` is one that does not drift.
    """

    record: Path
    overlay: Path
    said: str
    document: dict[str, Any]
    before: dict[str, Seen]
    after: dict[str, Seen]


def python(*arguments: str | Path, generated: Path, cwd: Path = paths.ROOT) -> str:
    path = os.pathsep.join([str(generated), str(paths.ROOT / "overlays")])
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def clouds() -> Iterator[list[str]]:
    """One emulator for each way to drift, and one that does not, as the program takes them."""
    names = [*ids, UNPATCHED.cloud, ""]
    with ThreadPoolExecutor(len(names)) as threads:
        servers = [misbehaving_server(name) for name in names]
        urls = list(threads.map(lambda server: server.__enter__(), servers))
        yield [f"{name or 'none'}={url}" for name, url in zip(names, urls, strict=True)]
        list(threads.map(lambda server: server.__exit__(None, None, None), servers))


@pytest.fixture(scope="module")
def round_(clouds: list[str], tmp_path_factory: pytest.TempPathFactory) -> Round:
    """The program, the command, the patch put in its folder, `generate`, and the program again."""
    root = tmp_path_factory.mktemp("drift")
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("scripts", "openapi", "generated", "overlays/ionq_conformance"):
        shutil.copytree(paths.ROOT / name, root / name, ignore=ignore)
    record, overlay = root / "seen.jsonl", root / "openapi/patches/v0.4/99-seen.yaml"

    before = json.loads(python(PROGRAM, record, *clouds, generated=paths.GENERATED))
    drift = "import sys; from ionq_direct.cli import main; sys.exit(main(sys.argv[1:]) - 1)"
    command = ("-c", drift, "spec", "drift", record, "--write", overlay)
    said = python(*command, generated=paths.GENERATED)
    python("-m", "scripts.generate", generated=root / "generated", cwd=root)
    after = json.loads(python(PROGRAM, root / "left.jsonl", *clouds, generated=root / "generated"))

    document = json.loads((root / "generated/ionq_api/v0_4/openapi.json").read_text("utf-8"))
    return Round(record, overlay, said, document, before, after)


def noted(answer: Seen) -> list[str]:
    return [*answer["deviations"], *(f"unknown {path}" for path in answer["unknown"])]


# -- the round ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*KINDS, UNPATCHED], ids=lambda kind: kind.cloud)
def test_a_client_that_knows_nothing_notes_it(round_: Round, kind: Kind) -> None:
    assert kind.cloud in MISBEHAVIOURS or kind.cloud in EVOLUTIONS
    answers = round_.before[kind.cloud]["answers"]
    assert noted(answers.pop(kind.answer)) == kind.deviations
    assert [noted(answer) for answer in answers.values()] == [[]] * len(answers)


@pytest.mark.parametrize("kind", KINDS, ids=ids)
def test_the_mended_client_reads_it_typed_and_notes_nothing(round_: Round, kind: Kind) -> None:
    cloud = round_.after[kind.cloud]
    assert [noted(answer) for answer in cloud["answers"].values()] == [[]] * len(cloud["answers"])
    answer = cloud["answers"][kind.answer]
    assert answer["read as"] == kind.read_as
    assert contract.same(answer["held"], answer["sent"])
    assert {name: answer["fields"][name] for name in kind.fields} == kind.fields


def test_a_cloud_that_does_not_drift_is_read_without_a_deviation_before_and_after(
    round_: Round,
) -> None:
    for seen in (round_.before["none"], round_.after["none"]):
        assert all(noted(answer) == [] for answer in seen["answers"].values())
        assert all(contract.same(one["held"], one["sent"]) for one in seen["answers"].values())


def test_jobs_run_whatever_drifts_and_what_could_not_be_listed_now_can(round_: Round) -> None:
    assert {seen["shots"] for seen in (*round_.before.values(), *round_.after.values())} == {100}
    assert {name: seen["jobs"] for name, seen in round_.before.items()} == {
        name: "DecodeError" if name == "undocumented-status" else 1 for name in round_.before
    }
    assert {seen["jobs"] for seen in round_.after.values()} == {2}


def test_what_no_patch_can_say_is_said_by_the_command_and_in_the_file(round_: Round) -> None:
    why = "OpenAPI cannot say of a body that it may be absent"
    assert "not patched: get_whoami 200 $: the body is empty: " in round_.said
    assert why in " ".join(round_.said.split())
    assert why in round_.overlay.read_text("utf-8")
    assert noted(round_.after["body-is-empty"]["answers"]["whoami"]) == ["body $"]


def test_each_action_says_what_was_seen_how_often_and_where(round_: Round) -> None:
    overlay = load_overlay(round_.overlay)
    assert all(" answered " in action["x-evidence"] for action in overlay.actions)
    assert any(
        action["update"] == ["running"]
        and action["target"] == "$.components.schemas.JobStatus.enum"
        and "get_jobs answered 200, $.jobs[*].status: enum" in action["x-evidence"]
        for action in overlay.actions
        if "update" in action
    )


def test_the_record_holds_nothing_of_the_users(round_: Round) -> None:
    text = round_.record.read_text("utf-8") + round_.overlay.read_text("utf-8") + round_.said
    for secret in (*KEYS, "Jane", "patient", "example.org", "0199f0c4", "0197379a", "yesterday"):
        assert secret not in text


def test_with_the_patch_in_place_the_same_record_asks_for_nothing_more(round_: Round) -> None:
    again = propose(Contract(round_.document), read([round_.record]))
    assert again.actions == []
    assert len(again.settled) + len(again.unsolved) == len(read([round_.record]))
    assert {one.path for one, _ in again.unsolved} == {"$"}


def test_a_patch_applied_twice_changes_nothing_it_removed_or_replaced(round_: Round) -> None:
    overlay = load_overlay(round_.overlay)
    once, dead = apply(load().document, [overlay])
    assert dead == []
    assert once == round_.document
    twice = propose(Contract(once), read([round_.record]))
    assert twice.actions == []


def test_two_files_make_the_patch_of_both(round_: Round, tmp_path: Path) -> None:
    lines = round_.record.read_text("utf-8").splitlines(keepends=True)
    halves = [tmp_path / "odd.jsonl", tmp_path / "even.jsonl"]
    for number, half in enumerate(halves):
        half.write_text("".join(lines[number::2]), "utf-8")
    assert read(halves) == read(reversed(halves)) == read([round_.record])
    doubled = read([round_.record, round_.record])
    assert [one.count for one in doubled] == [2 * one.count for one in read([round_.record])]
    assert propose(load(), read(halves)) == propose(load(), read([round_.record]))


def test_two_patches_made_apart_go_one_after_the_other(round_: Round) -> None:
    drifts = read([round_.record])
    first = propose(load(), drifts[::2])
    document, dead = apply(load().document, [overlay_of(first.actions)])
    second = propose(Contract(document), drifts)
    both, dead_too = apply(document, [overlay_of(second.actions)])
    assert (dead, dead_too) == ([], [])
    assert propose(Contract(both), drifts).actions == []


def overlay_of(actions: Any) -> Any:
    return Overlay("x", "x", tuple({"target": one.target, **one.change} for one in actions))


# -- the suite ------------------------------------------------------------------------------------


def test_deviations_of_a_misbehaving_cloud_are_seen_by_the_suite(tmp_path: Path) -> None:
    path = tmp_path / "deviations.jsonl"
    reader = AnswerReader(path)
    for name in ("dropped-required-field", "status-outside-the-list", "new-fields"):
        with misbehaving_server(name) as url:
            plan = Plan(PROFILES["full"], None, wait=3)
            session.run(Target(url, *KEYS), plan, Findings(), on_answer=reader.read)
    found = {(one.path, one.kind) for one in read([path])}
    assert {
        ("$.submitter_id", "missing"),
        ("$.jobs[*].status", "enum"),
        ("$.region", "unknown"),
    } <= found
    assert reader.count > 0


def test_a_cloud_that_behaves_shows_none(tmp_path: Path) -> None:
    reader = AnswerReader(tmp_path / "deviations.jsonl")
    with misbehaving_server("") as url:
        plan = Plan(PROFILES["full"], None, wait=3)
        session.run(Target(url, *KEYS), plan, Findings(), on_answer=reader.read)
    assert reader.count == 0


# -- files that anybody could have written --------------------------------------------------------


def line(**changes: Any) -> str:
    good = Drift("get_backend", 200, "$.x", "unknown", "no such field yet", "string", "", 1)
    record = {name: getattr(good, name) for name in Drift.__slots__}
    return json.dumps(record | changes) + "\n"


def test_a_file_that_is_no_record_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(line() + "hello\n")
    assert spec(["drift", str(path)]) == 4
    assert f"{path}:2" in capsys.readouterr().err


@pytest.mark.parametrize(
    "change",
    [
        {"operation": "get_backend\x1b[31m"},
        {"operation": "x" * 100},
        {"path": "$.x\ny"},
        {"path": "$['x']"},
        {"path": "x"},
        {"kind": "rm -rf"},
        {"found": "{{ 7*7 }}"},
        {"status": "200"},
        {"status": 7},
        {"count": 0},
        {"count": True},
        {"sample": None},
        {"sk-live-key": "sk-live-key"},
    ],
    ids=str,
)
def test_a_line_that_our_recorder_would_not_have_written_is_refused_and_not_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any]
) -> None:
    path = tmp_path / "hostile.jsonl"
    path.write_text(line(**change))
    wanted = 0 if change == {"path": "$.x\ny"} else 4
    assert spec(["drift", str(path)]) == wanted
    said = capsys.readouterr()
    for value in change.values():
        assert str(value) == "x" or len(str(value)) < 5 or str(value) not in said.out + said.err


HOSTILE = [
    'a"b',
    "a'b",
    "a\\b",
    "a\nimport os",
    "{{ 7*7 }}",
    "{% raw %}",
    '"""',
    "$ref",
    "a]b",
    "x" * 5_000,
    "jane.doe@example.org",
    "Jane O'Doe",
    "sk-live-0123456789abcdef",
    "\x1b[31mred",
    "[bold]",
    "\u202egnp",
    "eyJhbGciOiJIUzI1NiJ9",
]
AWKWARD = [
    "class",
    "None",
    "to_dict",
    "_codec",
    "lastUpdated",
    "additional_properties",
    "1q",
    "self",
]


def test_hostile_names_and_values_end_inert(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Quotes, templates, escapes, keys: in the overlay, the code made of it, and the terminal."""
    record, patches, package = tmp_path / "seen.jsonl", tmp_path / "patches", tmp_path / "ionq_odd"
    shutil.copytree(paths.ROOT / "openapi/patches/v0.4", patches)
    texts = [line(path=f"$[{json.dumps(name)}]") for name in HOSTILE]
    texts += [line(path=f"$[{json.dumps(name)}]") for name in AWKWARD]
    # What was expected is in the document's own words: two plain ones tell nothing of anybody.
    for text in HOSTILE:
        texts += [
            line(operation="get_job", path="$.status", kind="enum", sample=text),
            line(operation="get_job", path="$.backend", kind="type", expected=f"{text}'"),
            line(operation="get_job", path="$.submitted_at", kind="format", sample=text),
            line(operation="get_jobs", status=202, path="$", kind="status", sample=text),
            line(operation="get_jobs", path=f"$.jobs[*][{json.dumps(text)}]", kind="extra"),
            line(operation="get_job", path=f"$.metadata[{json.dumps(text)}]", kind="type"),
        ]
    record.write_text("".join(texts))
    assert spec(["drift", str(record), "--write", str(patches / "99-seen.yaml")]) in {0, 1}
    said = capsys.readouterr().out
    python(
        *("-m", "scripts.generate", "--spec", paths.ROOT / "openapi/v0.4.yaml"),
        *("--patches", patches, "--out", package),
        generated=paths.GENERATED,
    )
    overlay = (patches / "99-seen.yaml").read_text("utf-8")
    made = "".join(path.read_text("utf-8") for path in package.rglob("*.py"))
    document = (package / "openapi.json").read_text("utf-8")
    assert all(part.isprintable() for part in [*said.splitlines(), *overlay.splitlines()])
    for hidden in (text for text in HOSTILE if text not in {"$ref", '"""', "{{ 7*7 }}", "[bold]"}):
        assert hidden not in overlay + said + made + document
    assert "7*7" not in overlay + said + made + document
    assert "bold" not in overlay + said
    python("-c", READ_AWKWARD, json.dumps(AWKWARD), generated=tmp_path)


READ_AWKWARD = """
import json, sys
from ionq_odd.models import Backend, JobStatus

names = json.loads(sys.argv[1])
body = {name: f"value of {name}" for name in names} | {"backend": "x", "status": "available"}
deviations = []
backend = Backend.from_dict(body, deviations)
assert backend.additional_properties == {}, backend
assert backend.to_dict() == body
assert backend.class_ == "value of class"
assert JobStatus.READY.is_known
assert not [one for one in deviations if one.kind != "missing"], deviations
"""


def test_a_record_that_asks_for_much_is_done_quickly_enough_to_be_read(tmp_path: Path) -> None:
    path = tmp_path / "much.jsonl"
    words = ["".join(chr(97 + (number // 26**k) % 26) for k in range(3)) for number in range(300)]
    path.write_text("".join(line(path=f"$.{word}") for word in words))
    patch = propose(load(), read([path]))
    fields = [one for one in patch.actions if one.target.endswith(".properties")]
    assert len(fields) + len(patch.settled) == 300
    assert to_yaml(patch, today=SOON).count("x-evidence") == len(patch.actions)
