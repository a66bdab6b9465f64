"""The suite against the emulator: the short cut of what `make conformance` does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from ionq_conformance.command import main
from ionq_direct.cli import main as ionq_direct
from ionq_emulator import Emulator


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All phases, few examples; in a process of its own, as a person runs it."""
    folder = tmp_path_factory.mktemp("run")
    command = "import sys; from ionq_direct.cli import main; sys.exit(main())"
    options = ["conformance", "--emulator", "--profile", "full", "--seed", "5"]
    options += ["--max-examples", "5", "--json", str(folder / "run.json")]
    options += ["--junit", str(folder / "run.xml"), "--report-html", str(folder / "run.html")]
    done = subprocess.run(
        [sys.executable, "-c", command, *options], capture_output=True, text=True, check=False
    )
    report: dict[str, Any] = json.loads((folder / "run.json").read_text())
    return {"code": done.returncode, "output": done.stdout, "report": report, "folder": folder}


def test_nothing_fails_in_any_phase(run: dict[str, Any]) -> None:
    report = run["report"]
    assert report["failures"] == []
    assert report["errors"] == []
    phases = ["scenarios", "client", "examples", "coverage", "fuzzing", "stateful"]
    assert report["phases"] == phases
    assert run["code"] == 0


def test_every_operation_is_reached_many_times(run: dict[str, Any]) -> None:
    report = run["report"]
    assert len(report["operations"]) == 30
    assert min(one["cases"] for one in report["operations"].values()) >= 5
    assert report["cases"] > 1000


def test_the_reports_say_the_same(run: dict[str, Any]) -> None:
    suites = ET.parse(run["folder"] / "run.xml").getroot()
    assert {suite.get("name") for suite in suites} == run["report"]["operations"].keys()
    assert sum(int(suite.get("failures", 0)) for suite in suites) == 0
    page = (run["folder"] / "run.html").read_text()
    assert "no failures" in page
    assert "http" not in page.replace(run["report"]["target"], "")  # it needs nothing else
    assert "0 failures" in run["output"]
    assert "p99 ms" in run["output"]


def test_a_failure_is_told_with_a_curl_and_a_clause_and_can_be_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IONQ_API_KEY", "baseline-key")
    baseline = tmp_path / "baseline.json"
    with Emulator() as emulator:
        emulator.control.add_fault("status", operation="getWhoami", status=299)
        options = ["--base-url", emulator.url, "--phase", "scenarios", "--rate", "0"]
        options += ["--baseline", str(baseline)]
        assert main([*options, "--update-baseline"]) == 0
        assert main(options) == 0
        accepted = json.loads(baseline.read_text())["accepted"]
        baseline.write_text('{"accepted": []}')
        capsys.readouterr()
        assert main(options) == 1
    output = capsys.readouterr().out
    assert {one["operation"] for one in accepted} == {"GET /whoami"}
    assert f'curl -H "Authorization: apiKey $IONQ_API_KEY" {emulator_url(output)}/whoami' in output
    assert "violates #/paths/~1whoami/get/responses" in output
    assert "baseline-key" not in output


def emulator_url(output: str) -> str:
    return output.split(":  profile", maxsplit=1)[0].split(": profile", maxsplit=1)[0]


def test_a_server_that_is_not_there_has_an_exit_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IONQ_API_KEY", "some-key")
    assert ionq_direct(["conformance", "--base-url", "http://127.0.0.1:9/v0.4"]) == 9
    monkeypatch.delenv("IONQ_API_KEY")
    assert ionq_direct(["conformance", "--base-url", "http://127.0.0.1:9/v0.4"]) == 3
    monkeypatch.delenv("IONQ_API_URL", raising=False)
    assert ionq_direct(["conformance"]) == 3
    assert "--emulator" in capsys.readouterr().err
