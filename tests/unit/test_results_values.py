"""What a result says of itself: counts, marginals, expectation values, arrays, tables, pictures."""

from __future__ import annotations

import json
import math
import pickle
import re
import subprocess
import sys
import tracemalloc
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot
from matplotlib.figure import Figure

from ionq_direct import MultiResult, Result, ShotList
from ionq_direct._distribution import Distribution
from ionq_direct._result_bodies import read_weights
from ionq_direct.errors import (
    InvalidArgument,
    InvalidDistribution,
    MissingExtra,
    NoResults,
    ShotsUnknown,
)

mpl.use("Agg")

Vector = npt.NDArray[np.float64]

# x on qubit 0, h on qubit 2 of three.
LOPSIDED = {"1": 0.5, "5": 0.5}


def result(distribution: Any, qubits: int = 3, shots: int | None = 100, **more: Any) -> Result:
    return Result(distribution, job_id="j1", qubits=qubits, shots=shots, **more)


def both_forms(distribution: dict[str, float], qubits: int, shots: int) -> list[Result]:
    """As a small answer is held, and as a large one is."""
    arrays = Distribution.from_mapping(distribution)
    return [result(form, qubits, shots) for form in (distribution, arrays)]


# --- Counts and probabilities ---------------------------------------------------------------------


def test_bitstrings_have_qubit_0_rightmost_unless_asked_otherwise() -> None:
    made = result(LOPSIDED)
    assert made.distribution == LOPSIDED
    assert made.probabilities == {"001": 0.5, "101": 0.5}
    assert made.get_probabilities(order="q0_left") == {"100": 0.5, "101": 0.5}
    assert made.counts == {"001": 50, "101": 50}
    assert made.get_counts(order="q0_left") == {"100": 50, "101": 50}


def test_counts_sum_to_the_shots_where_rounding_would_not() -> None:
    # qiskit-ionq issue 19: 1233 shots of a GHZ state came back as 616 + 616.
    assert result({"0": 0.5, "7": 0.5}, shots=1233).counts == {"000": 617, "111": 616}


def test_counts_on_request() -> None:
    made = result(LOPSIDED, shots=None)
    with pytest.raises(ShotsUnknown, match="j1"):
        _ = made.counts
    assert made.get_counts(11) == {"001": 6, "101": 5}
    sampled = made.get_counts(1000, method="sample", seed=7)
    assert sum(sampled.values()) == 1000
    assert sampled == made.get_counts(1000, method="sample", seed=7)
    assert sampled != made.get_counts(1000, method="sample", seed=8)
    # Half of 1000 within five standard deviations.
    assert abs(sampled["001"] - 500) < 5 * math.sqrt(250)


def test_a_distribution_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidDistribution, match=r"sum to 1\.5"):
        _ = result({"0": 0.5, "1": 1.0}).counts
    with pytest.raises(InvalidDistribution, match="does not fit"):
        _ = result({"8": 1.0}).probabilities


@st.composite
def histograms(draw: st.DrawFn) -> dict[int, int]:
    """How often each outcome was measured, from one shot to IonQ's limit of a million."""
    shots = draw(st.sampled_from([1, 3, 7, 100, 1000, 99_991, 10**6]) | st.integers(1, 10**6))
    cuts = draw(st.lists(st.integers(0, shots), max_size=40))
    edges = [0, *sorted(cuts), shots]
    counts = [high - low for low, high in pairwise(edges)]
    outcomes = draw(
        st.lists(st.integers(0, 2**29 - 1), min_size=len(counts), max_size=len(counts), unique=True)
    )
    return {key: count for key, count in zip(outcomes, counts, strict=True) if count}


@given(histograms())
@settings(deadline=None)
def test_probabilities_that_are_quotients_of_counts_give_the_counts_back(
    measured: dict[int, int],
) -> None:
    """Each share, in units of 1e-15, is off by less than 1 (rounding 1/2, the double 1/8, its
    product 1/16), so a quota of N shots over M outcomes is off by less than N(M + 1)/1e15, below
    1/1000 for a million shots: rounded down it is the count or one less, its remainder next to 0
    or next to 1, and the missing shots go to those next to 1.
    """
    shots = sum(measured.values())
    sent = json.dumps({str(key): count / shots for key, count in measured.items()})
    truth = {f"{key:029b}": measured[key] for key in sorted(measured)}
    for made in both_forms(json.loads(sent), 29, shots):
        assert made.counts == truth


def test_a_million_shots_without_two_alike_give_the_counts_back() -> None:
    """The most outcomes that a job can have."""
    shots = 10**6
    counts = np.ones(shots - 1, np.int64)
    counts[4711] = 2  # all shots, spread as far as they go but for one
    made = Distribution.from_arrays(np.arange(shots - 1, dtype=np.uint64), counts / shots)
    outcomes, numbers = made.counts(shots, method="largest_remainder", seed=None, tolerance=1e-5)
    assert np.array_equal(outcomes, np.arange(shots - 1))
    assert np.array_equal(numbers, counts)


@pytest.mark.parametrize("decimals", [8, 10, 12])
def test_quotients_cut_to_some_decimals_still_give_the_counts_back(decimals: int) -> None:
    draw = np.random.default_rng(3)
    counts = draw.multinomial(10_000, draw.dirichlet(np.full(64, 0.3)))
    sent = {str(k): round(int(n) / 10_000, decimals) for k, n in enumerate(counts) if n}
    truth = {f"{k:06b}": int(n) for k, n in enumerate(counts) if n}
    assert result(sent, 6, 10_000).counts == truth


def test_a_histogram_is_the_counts() -> None:
    measured = {"0": 500, "1": 250, "3": 251, "2": 0}
    made = result(
        {k: n / 1001 for k, n in measured.items()}, qubits=2, shots=1001, histogram=measured
    )
    assert made.counts == {"00": 500, "01": 250, "11": 251}
    assert made.get_counts(order="q0_left") == {"00": 500, "10": 250, "11": 251}
    assert made.get_counts(10) == {"00": 5, "01": 2, "11": 3}  # of 4.995, 2.498 and 2.507
    resampled = made.get_counts(method="sample", seed=1)
    assert sum(resampled.values()) == 1001
    assert resampled != made.counts
    arrays = Distribution.from_mapping(measured)
    large = result(made.distribution, qubits=2, shots=1001, histogram=arrays)
    assert large.counts == made.counts
    assert {type(count) for count in large.counts.values()} == {int}


def test_a_large_result_takes_less_than_twice_its_arrays() -> None:
    """Twice the arrays of outcomes and probabilities, besides the answer's bytes: 32 MiB."""
    size = 1 << 20
    body = b"{%s}" % b",".join(b'"%d":%r' % (key, 2.0**-20) for key in range(size))
    tracemalloc.start()
    try:
        read = read_weights(body)
        counts = Result(read.weights, job_id="j", qubits=20, shots=1000).counts
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # All are alike: the shots go to the smallest outcomes.
    assert counts == {f"{key:020b}": 1 for key in range(1000)}
    assert peak < 2 * 16 * size


# --- Marginals and expectation values, against dense linear algebra -------------------------------


@st.composite
def dense(draw: st.DrawFn) -> tuple[int, Vector]:
    """Probabilities of all outcomes of a few qubits."""
    qubits = draw(st.integers(1, 5))
    weights = draw(st.lists(st.integers(0, 20), min_size=2**qubits, max_size=2**qubits).filter(any))
    return qubits, np.array(weights, np.float64) / sum(weights)


def sparse(vector: Vector) -> dict[str, float]:
    return {str(k): float(p) for k, p in enumerate(vector) if p}


@given(dense(), st.data())
def test_a_marginal_sums_over_the_axes_left_out(
    case: tuple[int, Vector], data: st.DataObject
) -> None:
    qubits, vector = case
    kept = data.draw(st.lists(st.integers(0, qubits - 1), min_size=1, max_size=qubits, unique=True))
    tensor = vector.reshape((2,) * qubits)  # axis a is qubit (qubits - 1 - a)
    axes = [qubits - 1 - qubit for qubit in reversed(kept)]  # the last one kept is the highest
    expected = np.einsum(tensor, list(range(qubits)), axes).ravel()
    for made in both_forms(sparse(vector), qubits, 100):
        reduced = made.marginal(kept)
        assert reduced.qubits == len(kept)
        assert reduced.to_numpy() == pytest.approx(expected)
        assert sum(reduced.counts.values()) == 100


@given(dense(), st.data())
def test_an_expectation_value_is_a_trace_with_pauli_z(
    case: tuple[int, Vector], data: st.DataObject
) -> None:
    qubits, vector = case
    under = data.draw(st.lists(st.integers(0, qubits - 1), unique=True))
    diagonal = np.ones(1)
    for qubit in reversed(range(qubits)):  # the highest qubit is the leftmost factor
        diagonal = np.kron(diagonal, [1.0, -1.0] if qubit in under else [1.0, 1.0])
    for made in both_forms(sparse(vector), qubits, 100):
        assert made.expectation_z(under) == pytest.approx(float(diagonal @ vector))


def test_marginals_of_measured_counts_are_sums_of_them() -> None:
    measured = {"0": 3, "1": 4, "2": 5, "7": 1}
    made = result({k: n / 13 for k, n in measured.items()}, shots=13, histogram=measured)
    assert made.marginal([1]).counts == {"0": 7, "1": 6}
    assert made.marginal([2, 0]).counts == {"00": 8, "10": 4, "11": 1}


def test_marginals_of_probabilities_are_not_made_of_rounded_counts() -> None:
    # 100 shots over 1024 outcomes of 1/1024: rounded, they would all be among the first hundred.
    flat = result({str(k): 1 / 1024 for k in range(1024)}, qubits=10, shots=100)
    assert flat.marginal([9]).counts == {"0": 50, "1": 50}


def test_qubits_that_are_not_there_are_refused() -> None:
    made = result(LOPSIDED)
    for call in (made.marginal, made.expectation_z):
        with pytest.raises(InvalidArgument, match="from 0 to 2"):
            call([0, 3])
        with pytest.raises(InvalidArgument, match="twice"):
            call([0, 0])
        with pytest.raises(InvalidArgument, match="qubits: must be an integer from 0"):
            call([-1])
    with pytest.raises(InvalidArgument, match="must name a qubit"):
        made.marginal([])
    assert made.expectation_z([]) == 1


# --- Other forms ----------------------------------------------------------------------------------


def test_arrays() -> None:
    for made in both_forms(LOPSIDED, 3, 100):
        vector = made.to_numpy()
        assert vector.dtype == np.float64
        assert vector.tolist() == [0, 0.5, 0, 0, 0, 0.5, 0, 0]
        outcomes, probabilities = made.to_arrays()
        assert outcomes.tolist() == [1, 5]
        assert probabilities.tolist() == [0.5, 0.5]


def test_what_does_not_fit_in_arrays_is_said_so() -> None:
    with pytest.raises(InvalidArgument, match="at most 26"):
        result({"0": 1.0}, qubits=27).to_numpy()
    assert result({"0": 1.0}, qubits=27).to_arrays()[0].tolist() == [0]
    with pytest.raises(InvalidArgument, match="at most 64"):
        result({str(1 << 70): 1.0}, qubits=71).to_arrays()


def test_a_table() -> None:
    for made in both_forms({"5": 0.25, "1": 0.75}, 3, 3):
        table = made.to_pandas()
        assert table.index.name == "bitstring"
        assert table.reset_index().to_dict("records") == [
            {"bitstring": "001", "outcome": 1, "probability": 0.75, "count": 2},
            {"bitstring": "101", "outcome": 5, "probability": 0.25, "count": 1},
        ]
        turned = made.to_pandas(order="q0_left")
        assert turned["count"].to_dict() == {"100": 2, "101": 1}
    assert list(result(LOPSIDED, shots=None).to_pandas()) == ["outcome", "probability"]


@pytest.mark.parametrize(
    ("module", "call", "extra"),
    [
        ("numpy", lambda made: made.to_numpy(), "fast"),
        ("numpy", lambda made: made.to_arrays(), "fast"),
        ("pandas", lambda made: made.to_pandas(), "pandas"),
        ("matplotlib", lambda made: made.plot(), "plot"),
    ],
)
def test_a_missing_extra_is_named(
    module: str, call: Any, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)  # the import fails as if it were not there
    with pytest.raises(MissingExtra, match=rf"pip install ionq-direct\[{extra}\]") as caught:
        call(result(LOPSIDED))
    assert (caught.value.extra, caught.value.module) == (extra, module)
    assert isinstance(caught.value, ImportError)


def test_a_broken_extra_is_not_called_missing(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pandas.py").write_text("import no_such_module_for_certain\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "pandas", raising=False)
    with pytest.raises(ModuleNotFoundError, match="no_such_module_for_certain") as caught:
        result(LOPSIDED).to_pandas()
    assert not isinstance(caught.value, MissingExtra)


def test_everything_but_arrays_works_without_numpy_and_orjson() -> None:
    code = """
import sys
for absent in ("numpy", "orjson", "pandas", "matplotlib"):
    sys.modules[absent] = None
import json
from ionq_direct import Result
from ionq_direct._result_bodies import read_shots, read_weights
size = 1 << 16
read = read_weights(json.dumps({str(k): 1 / size for k in range(size)}).encode())
made = Result(read.weights, job_id="j", qubits=16, shots=size)
assert made.counts == {f"{k:016b}": 1 for k in range(size)}
assert made.marginal([15, 0]).counts == {b: size // 4 for b in ("00", "01", "10", "11")}
assert made.expectation_z([3, 5]) == 0
assert made.draw(rows=2) and made.to_html()
keys = {f"{k:016b}": 1 for k in range(size)}
named = read_weights(json.dumps({"histogram": {"registers": {"c": keys}}}).encode())
assert len(named.weights) == size and named.weights["65535"] == 1
assert read_shots(b'["3", "0"]', 2).shots == [3, 0]
"""
    subprocess.run([sys.executable, "-c", code], check=True)


# --- What else the server told --------------------------------------------------------------------


def test_a_job_that_gives_values_has_them_and_no_distribution() -> None:
    made = result(None, qubits=0, raw={"value": -1.119, "variance": 31.2})
    assert made.raw == {"value": -1.119, "variance": 31.2}
    for ask in (
        lambda: made.distribution,
        lambda: made.probabilities,
        lambda: made.counts,
        made.to_numpy,
        made.draw,
        lambda: made.expectation_z([]),
    ):
        with pytest.raises(NoResults, match=r"result\.raw"):
            ask()
    assert "outcomes=none" in repr(made)
    assert "-1.119" in made.to_html()


def test_a_job_that_tells_registers_only_says_which() -> None:
    named = {"c": result({"1": 1.0}, qubits=1, name="c"), "d": result({"2": 1.0}, name="d")}
    made = result(None, registers=named)
    with pytest.raises(NoResults, match="'c', 'd'"):
        _ = made.counts
    assert made.registers["d"].counts == {"010": 100}
    assert "010" in made.to_html()


def test_raw_is_what_was_sent() -> None:
    assert result(LOPSIDED).raw == LOPSIDED
    body = b'{"probabilities": {"registers": {"c": {"1": 1}}, "new": 7}}'
    assert result({"1": 1}, qubits=1, raw=body).raw == json.loads(body)


def test_a_result_pickles() -> None:
    made = result(
        LOPSIDED,
        name="a",
        histogram={"1": 50, "5": 50},
        registers={"c": result({"1": 1.0}, qubits=1)},
        shots_list=ShotList([1, 5], width=3, leaked={1: [1, 0, 0]}),
        variant_id="v1",
        qubit_map=[2, 0, 1],
    )
    other = pickle.loads(pickle.dumps(made))
    assert other.counts == made.counts
    assert other.registers["c"].probabilities == {"1": 1.0}
    assert other.shots_list == made.shots_list
    assert (other.name, other.variant_id, other.qubit_map) == ("a", "v1", (2, 0, 1))
    large = pickle.loads(pickle.dumps(both_forms(LOPSIDED, 3, 100)[1]))
    assert large.counts == {"001": 50, "101": 50}


# --- Pictures -------------------------------------------------------------------------------------


def test_a_terminal_histogram() -> None:
    made = result({"1": 0.75, "5": 0.25}, shots=4)
    assert made.draw(width=20, ascii_only=True).splitlines() == [
        "001 ########### 0.75",
        "101 ####        0.25",
    ]
    assert made.draw(counts=True, width=20, ascii_only=True).splitlines() == [
        "001 ############## 3",
        "101 #####          1",
    ]
    assert made.draw(order="q0_left").splitlines()[0].startswith("100 ")
    assert "(1 more: 0.25)" in made.draw(rows=1)


class Reader(HTMLParser):
    """Collects the text, and what could fetch or run something."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.active: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.active += [tag] if tag in {"script", "link", "img", "iframe", "style"} else []
        self.active += [
            name for name, _ in attrs if name.startswith("on") or name in {"src", "href"}
        ]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read_html(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    assert reader.active == []
    return reader


def test_a_notebook_shows_a_small_histogram() -> None:
    made = result({"1": 0.75, "5": 0.25}, name="ghz")
    page = made._repr_html_()
    assert page == made.to_html()
    assert read_html(page).text == [
        "ghz, job j1, 3 qubits, 100 shots",
        "001",
        "0.75",
        "101",
        "0.25",
    ]
    assert re.findall(r"width:([\d.]+)%", page) == ["100.0", "33.3"]
    many = result({str(k): 1 / 1024 for k in range(1024)}, qubits=10)
    assert "1008 more" in read_html(many.to_html()).text
    assert len(many.to_html()) < 8000


NASTY = '<script>alert("&amp;")</script>'


def test_names_and_values_are_escaped() -> None:
    made = Result({"0": 1.0}, job_id=NASTY, qubits=1, shots=1, name=NASTY, variant_id=NASTY)
    values = Result(None, job_id="j", qubits=0, shots=None, raw={"value": NASTY})
    named = result(None, registers={NASTY: result({"1": 1.0}, qubits=1, name=NASTY)})
    for each in (made, values, named, MultiResult([made, values], job_id=NASTY)):
        text = "".join(read_html(each.to_html()).text)
        assert NASTY in text


def test_a_bar_chart() -> None:
    made = result({"1": 0.75, "5": 0.25}, shots=4, name="ghz")
    axes = made.plot()
    try:
        assert [bar.get_height() for bar in axes.patches] == [0.75, 0.25]
        assert [label.get_text() for label in axes.get_xticklabels()] == ["001", "101"]
        assert (axes.get_title(), axes.get_ylabel()) == ("ghz", "probability")
        axes.figure.canvas.draw()
    finally:
        pyplot.close(axes.figure)


def test_a_bar_chart_on_axes_of_ones_own() -> None:
    axes = Figure().subplots()
    made = result({str(k): p / 10 for k, p in enumerate([1, 2, 3, 4])}, qubits=2, shots=10)
    assert made.plot(axes=axes, counts=True, bars=2, order="q0_left", title="t") is axes
    assert [bar.get_height() for bar in axes.patches] == [3, 4]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["01", "11"]
    assert (axes.get_title(), axes.get_ylabel()) == ("t", "counts")
    assert [text.get_text() for text in axes.texts] == ["2 more outcomes: 3"]
    axes.figure.canvas.draw()
    with pytest.raises(InvalidArgument, match="bars"):
        made.plot(axes=axes, bars=0)


def test_repr_names_what_it_is_of() -> None:
    assert repr(result(LOPSIDED, name="a")) == (
        "Result(name='a', job_id='j1', qubits=3, shots=100, outcomes=2)"
    )
    assert repr(result(LOPSIDED)).startswith("Result(job_id='j1'")


# --- Several --------------------------------------------------------------------------------------


@pytest.fixture
def several() -> MultiResult:
    def part(number: int, name: str | None) -> Result:
        return Result({str(number): 1.0}, job_id=f"c{number}", qubits=2, shots=5, name=name)

    return MultiResult([part(0, "a"), part(1, "b"), part(2, None), part(3, "a")], job_id="p")


def test_several_results_are_a_sequence(several: MultiResult) -> None:
    assert len(several) == 4
    assert [each.job_id for each in several] == ["c0", "c1", "c2", "c3"]
    assert several[-1].counts == {"11": 5}
    assert several.child_ids == ("c0", "c1", "c2", "c3")
    assert several.names == ("a", "b", None, "a")
    assert several.counts == [{"00": 5}, {"01": 5}, {"10": 5}, {"11": 5}]
    assert several.probabilities[2] == {"10": 1.0}
    assert several[1:3].child_ids == ("c1", "c2")
    assert several[1:3].job_id == "p"
    assert repr(several) == "MultiResult(job_id='p', circuits=4)"
    with pytest.raises(IndexError):
        _ = several[4]


def test_a_result_by_its_circuits_name(several: MultiResult) -> None:
    assert several.named("b").job_id == "c1"
    for name, number in (("a", 2), ("x", 0)):
        with pytest.raises(KeyError, match=f"{number} circuits"):
            several.named(name)


def test_pictures_of_several(several: MultiResult) -> None:
    assert several[:2].draw(ascii_only=True, width=20) == (
        "0: a\n00 ############### 1\n\n1: b\n01 ############### 1"
    )
    assert "2: c2" in several.draw()
    assert read_html(several._repr_html_()).text[0] == "job p, 4 circuits"
    many = MultiResult([several[0]] * 20, job_id="p")
    assert "12 more" in read_html(many.to_html()).text
