"""What a person and a CI system read of a run: tables, pages, the baseline, the proposed patch."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console
from ruamel.yaml import YAML

from ionq_conformance import baseline, reports, terminal
from ionq_conformance.command import main
from ionq_conformance.findings import Failure, Findings, Proposal
from ionq_conformance.self_check import misbehaving_server
from ionq_emulator import Emulator

KEY = "a-key-to-be-kept-out"
ODD = "<script>alert(1)</script> & 'quotes' \x00 \ud800"
ACCEPTED = ("GET /whoami", "content_type_conformance", "Undocumented Content-Type")


def failure(operation: str, check: str, title: str, **rest: str) -> Failure:
    given = {"message": "seen", "clause": "#/paths", "curl": "curl http://server"} | rest
    return Failure(operation, check, title, **given)


@pytest.fixture
def findings() -> Findings:
    found = Findings([ACCEPTED, ("GET /jobs", "filters", "of old")])
    found.secrets = (KEY,)
    found.case("GET /jobs")
    found.timed("GET /jobs", 0.25)
    found.passed("GET /jobs", "lists_all")
    found.failed(failure("GET /jobs", "filters", ODD, message=f"{ODD} {KEY}", curl=f"curl {KEY}"))
    found.failed(failure(*ACCEPTED))
    found.patch = Proposal(3, ("$.jobs: text",), ("get_jobs $: status",), "overlay: 1.1.0\n")
    return found


class Page(HTMLParser):
    """The elements and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.rows: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        self.words += data
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip("\n")


def test_the_page_holds_operations_by_checks_and_no_mark_up_of_the_servers(
    findings: Findings,
) -> None:
    text = reports.as_html(findings, "http://server/v0.4", "full")
    page = Page(text)
    assert "script" not in page.tags
    assert "alert(1)" in page.words
    assert "1 failure" in page.words
    assert "overlay: 1.1.0" in page.words
    assert "No patch mends get_jobs $: status" in page.words
    assert "Accepted, and no longer seen: GET /jobs: filters: of old" in page.words
    heading, *rows = page.rows
    row = dict(zip(heading, next(one for one in rows if one[0] == "GET /jobs"), strict=True))
    assert row["Cases"] == row["Failures"] == "1"
    assert row["p50\xa0ms"] == "250.0"
    assert row["filters"].strip() == "1\xa0of\xa01"
    assert row["lists_all"] == "1"
    assert row["content_type_conformance"] == "·"
    text.encode("utf-8")  # servers may say what cannot be written


def test_ci_reads_failures_and_what_is_accepted(findings: Findings) -> None:
    findings.error("left behind: a job")
    root = ET.fromstring(reports.as_junit(findings))
    counts = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "4", "failures": "1", "errors": "1", "skipped": "1"}
    for suite in root:
        assert suite.get("tests") == str(len(suite.findall("testcase")))
    case = next(one for one in root.iter("testcase") if one.get("name") == "filters")
    told = case.findtext("failure") or ""
    assert "violates #/paths" in told
    assert "curl" in told
    skipped = next(root.iter("skipped")).get("message") or ""
    assert "accepted by the baseline" in skipped


def test_programs_read_everything(findings: Findings) -> None:
    told = json.loads(reports.as_json(findings, "http://server/v0.4", "full"))
    assert [one["check"] for one in told["failures"]] == ["filters"]
    assert [one["check"] for one in told["accepted"]] == ["content_type_conformance"]
    assert told["accepted_and_not_seen"][0]["title"] == "of old"
    assert told["deviations"] == 3
    assert told["patch"]["actions"] == ["$.jobs: text"]


def test_no_report_holds_a_key(findings: Findings) -> None:
    out = io.StringIO()
    terminal.summary(Console(file=out, width=120), findings)
    texts = [out.getvalue(), reports.as_junit(findings)]
    texts += [
        make(findings, "http://server", "full") for make in (reports.as_html, reports.as_json)
    ]
    for text in texts:
        assert KEY not in text
        assert "[REDACTED]" in text


def test_of_several_requests_that_show_a_failure_the_smallest_is_kept() -> None:
    found = Findings()
    for size in (30, 3, 300):
        found.failed(failure("GET /jobs", "filters", "same", curl=f"curl {'x' * size}"))
    assert [one.curl for one in found.failures] == ["curl xxx"]
    assert found.operations["GET /jobs"].failed["filters"] == 3


# -- the baseline ---------------------------------------------------------------------------------


def test_reasons_that_a_person_wrote_stay(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    first, second = failure("GET /a", "c", "t"), failure("GET /b", "c", "t")
    baseline.write(path, [first])
    path.write_text(path.read_text().replace('"reason": ""', '"reason": "IonQ knows"'))
    baseline.write(path, [first, second])
    reasons = {one["operation"]: one["reason"] for one in json.loads(path.read_text())["accepted"]}
    assert reasons == {"GET /a": "IonQ knows", "GET /b": ""}
    assert baseline.read(path) == [first.key, second.key]


@pytest.mark.parametrize("text", ["", "[]", '{"accepted": [{"operation": "GET /a"}]}'])
def test_a_file_that_is_no_baseline_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(baseline.BaselineError, match=r"baseline\.json"):
        baseline.read(path)


# -- the command ----------------------------------------------------------------------------------


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    monkeypatch.setenv("IONQ_API_KEY", KEY)
    with Emulator() as running:
        yield running


SHORT = ("--rate", "0", "--phase", "scenarios")


def test_a_run_that_was_not_complete_leaves_the_baseline_alone(
    emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "baseline.json"
    path.write_text('{"accepted": []}')

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ionq_conformance.scenarios.run", interrupted)
    options = ("--baseline", str(path), "--update-baseline")
    assert main(["--base-url", emulator.url, *SHORT, *options]) == 130
    assert path.read_text() == '{"accepted": []}'


@pytest.mark.parametrize("option", ["--report-html", "--junit", "--json", "--patch"])
def test_a_report_that_cannot_be_written_is_told_before_anything_is_sent(
    emulator: Emulator, tmp_path: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    emulator.control.clear_requests()
    for path in (tmp_path, tmp_path / "file" / "below"):
        assert main(["--base-url", emulator.url, *SHORT, option, str(path)]) == 3
        assert str(path) in capsys.readouterr().err
    asked = {entry.path for entry in emulator.control.requests()}
    assert asked <= {"/v0.4/backends"}  # whether it is there at all


def test_a_run_ends_with_the_patch_that_would_make_the_document_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IONQ_API_KEY", KEY)
    patch, record, page = (tmp_path / name for name in ("p.yaml", "d.jsonl", "run.html"))
    # What another run has recorded is not this one's.
    old = {"operation": "get_jobs", "status": 200, "path": "$.jobs[*].old", "kind": "extra"}
    rest = {"expected": "no such field", "found": "integer", "sample": "", "count": 1}
    record.write_text(json.dumps(old | rest) + "\n")
    with misbehaving_server("wrong-type") as url:
        command = ["--base-url", url, *SHORT, "--report-html", str(page)]
        assert main([*command, "--record-deviations", str(record)]) == 1
        first = capsys.readouterr().out
        assert main([*command, "--patch", str(patch)]) == 1
        second = capsys.readouterr().out
    assert "answers deviated from the document" in first
    assert "properties.qubits" in first
    assert ".old" not in first
    assert f"ionq-direct spec drift {record} --write" in first
    assert f"written to {patch}" in second
    overlay = YAML(typ="safe").load(patch)
    assert all("qubits" in action["target"] for action in overlay["actions"])
    assert "What would make the document agree" in Page(page.read_text()).words


def test_a_run_without_deviations_proposes_nothing(
    emulator: Emulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    patch = tmp_path / "p.yaml"
    assert main(["--base-url", emulator.url, *SHORT, "--patch", str(patch)]) == 0
    assert "deviated" not in capsys.readouterr().out
    assert not patch.exists()


def test_tables_fit_where_there_is_no_screen(
    emulator: Emulator, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not sys.stdout.isatty()
    assert main(["--base-url", emulator.url, *SHORT]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 130
    assert any(line.startswith("check ") for line in lines)
    assert os.linesep.join(lines).count("GET /whoami") == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--operation", "GetNothing"), "--operation GetNothing"),
        (("--rate", "-1"), "--rate"),
        (("--rate", "nan"), "--rate"),
        (("--max-examples", "0"), "--max-examples"),
        (("--max-jobs", "-3"), "--max-jobs"),
    ],
)
def test_options_that_make_no_sense_are_named(
    emulator: Emulator, options: tuple[str, str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = main(["--base-url", emulator.url, *options])
    except SystemExit as error:  # argparse's way
        code = error.code
    assert code == 2
    assert told in capsys.readouterr().err


def test_a_run_that_tests_nothing_is_no_success(
    emulator: Emulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """Links begin with what a POST has made: without POST there are none to follow."""
    options = ("--profile", "read-only", "--phase", "stateful")
    assert main(["--base-url", emulator.url, *options]) == 15
    assert "nothing was tested" in capsys.readouterr().out
