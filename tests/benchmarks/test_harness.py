"""The harness measures and reports; how fast things are is not for tests to say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks import harness
from tests.benchmarks.harness import Row


@pytest.fixture
def trivial(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry with one benchmark, which compares a sum with one ten times as long."""
    monkeypatch.setattr(harness, "REGISTRY", {})
    monkeypatch.setattr(command, "load_all", lambda: None)

    @harness.benchmark("trivial")
    def trivial() -> Iterator[Row]:
        times = harness.interleaved(
            lambda: sum(range(2000)), lambda: sum(range(20_000)), repetitions=5, least=0.001
        )
        yield Row("a sum", *times, aim=2, against="a longer one")


@pytest.mark.usefixtures("trivial")
def test_a_benchmark_is_run_printed_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["trivial", "--json", str(tmp_path / "rows.json")]) == 0
    machine, head, _, row = capsys.readouterr().out.splitlines()
    assert "Python" in machine
    assert "cores" in machine
    assert head.split() == ["what", "ours", "baseline", "ratio", "aim"]
    assert row.startswith("a sum / a longer one")
    (written,) = json.loads((tmp_path / "rows.json").read_text())["rows"]
    assert written["ratio"] == pytest.approx(written["ours"] / written["baseline"])
    assert 0 < written["ratio"] < 1


@pytest.mark.usefixtures("trivial")
def test_a_name_nobody_registered_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["trivia"])
    assert "no such benchmark: trivia" in capsys.readouterr().err


@pytest.mark.usefixtures("trivial")
def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two benchmarks are called 'trivial'"):
        harness.benchmark("trivial")(list)


def test_the_table_shows_units_ratios_and_missed_aims() -> None:
    rows = [
        Row("slow", 3.0, 1.5, aim=1.5),
        Row("quick", 0.0000021, 0.0021, aim=1.5),
        Row("memory", 5, 4, unit="MB"),
        Row("alone", 0.05),
    ]
    assert [line.split() for line in harness.table(rows).splitlines()[2:]] == [
        ["slow", "3.00", "s", "1.50", "s", "2.00!", "1.5"],
        ["quick", "2.10", "us", "2.10", "ms", "0.00", "1.5"],
        ["memory", "5", "MB", "4", "MB", "1.25"],
        ["alone", "50.00", "ms"],
    ]


def test_every_benchmark_here_is_registered_under_a_name_of_its_own() -> None:
    command.load_all()
    assert {"import", "decode", "encode", "generate"} <= harness.REGISTRY.keys()
