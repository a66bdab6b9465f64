"""The terminal picture: bars in proportion, labels and numbers aligned, nothing too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct._distribution import Distribution
from ionq_direct._histogram import histogram
from ionq_direct.errors import InvalidDistribution


def test_counts_of_a_bell_pair() -> None:
    picture = histogram({"00": 500, "11": 250}, width=22)
    assert picture.splitlines() == ["00 ███████████████ 500", "11 ███████▌        250"]


def test_decimal_outcomes_are_named_by_their_bits() -> None:
    picture = histogram({"1": 0.5, "2": 0.5}, qubits=2, width=20, ascii_only=True)
    assert picture.splitlines() == ["01 ############# 0.5", "10 ############# 0.5"]
    turned = histogram({"1": 0.25, "2": 0.75}, qubits=2, order="q0_left")
    assert turned.splitlines()[0].startswith("10 ")


def test_a_small_weight_keeps_a_sliver_and_zero_has_none() -> None:
    weights = {"0": 1000, "1": 1, "2": 0}
    _, small, none = histogram(weights, width=30).splitlines()
    assert "▏" in small
    assert none.split() == ["2", "0"]
    _, small, none = histogram(weights, width=30, ascii_only=True).splitlines()
    assert small.split() == ["1", "#", "1"]
    assert none.split() == ["2", "0"]


@pytest.mark.parametrize("dense", [False, True])
def test_beyond_the_rows_the_rest_is_summed_up(dense: bool) -> None:
    weights = {str(key): 0.25 if key in (3, 9) else 0.05 for key in range(12)}
    given_as = Distribution.from_mapping(weights) if dense else weights
    lines = histogram(given_as, rows=2, qubits=4, ascii_only=True).splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["0011", "1001"]
    assert lines[2] == "(10 more: 0.5)"


def test_counts_left_over_stay_whole() -> None:
    lines = histogram({"0": 5, "1": 3, "2": 2}, rows=1).splitlines()
    assert lines[1] == "(2 more: 5)"


def test_nothing_to_draw_is_said() -> None:
    assert histogram({}) == "(no outcomes)"


@given(
    st.dictionaries(st.integers(0, 255).map(str), st.floats(0, 1) | st.integers(0, 9), max_size=9),
    st.integers(30, 100),
    st.booleans(),
)
def test_every_line_has_the_asked_width(
    weights: dict[str, float], width: int, ascii_only: bool
) -> None:
    for line in histogram(weights, qubits=8, width=width, ascii_only=ascii_only).splitlines():
        assert len(line) == width or not weights
        assert not ascii_only or line.isascii()


def test_a_label_wider_than_the_picture_still_gets_a_bar() -> None:
    assert histogram({"0": 1.0}, qubits=36, width=10) == "0" * 36 + " ████████ 1"


def test_a_weight_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidDistribution, match="outcome 1"):
        histogram({"0": 0.5, "1": -0.5})


@pytest.mark.parametrize("arguments", [{"width": 0}, {"rows": 0}, {"qubits": 0}])
def test_an_argument_out_of_range_is_refused(arguments: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(arguments))):
        histogram({"0": 1.0}, **arguments)  # type: ignore[arg-type]
