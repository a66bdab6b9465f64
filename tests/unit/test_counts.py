"""Counts, bitstrings, marginals, expectation values: checked by fractions and plain algebra."""

from __future__ import annotations

import json
import math
import random
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ionq_direct._distribution import Distribution
from ionq_direct.counts import (
    bitstring_counts,
    bitstrings,
    counts_from_probabilities,
    expectation_z,
    marginal,
    total_variation,
)
from ionq_direct.errors import InvalidDistribution, IonQError

if TYPE_CHECKING:
    from collections.abc import Callable

QUBITS = 6
outcomes = st.integers(0, 2**QUBITS - 1)


@st.composite
def decimals(draw: st.DrawFn) -> dict[int, Fraction]:
    """Outcomes with decimal fractions that sum to exactly 1."""
    places = draw(st.integers(1, 12))
    cuts = draw(st.lists(st.integers(0, 10**places), max_size=12))
    ends = [0, *sorted(cuts), 10**places]
    parts = [Fraction(b - a, 10**places) for a, b in pairwise(ends)]
    keys = draw(st.lists(outcomes, min_size=len(parts), max_size=len(parts), unique=True))
    return dict(zip(keys, parts, strict=True))


@st.composite
def floats_summing_to_about_one(draw: st.DrawFn) -> dict[str, float]:
    """Outcomes with doubles whose sum is 1 to within rounding."""
    weights = draw(
        st.dictionaries(outcomes, st.floats(1e-9, 1) | st.just(1.0), min_size=1, max_size=40)
    )
    total = math.fsum(weights.values())
    return {str(key): weight / total for key, weight in weights.items()}


def hamilton(shares: dict[int, Fraction], shots: int) -> dict[str, int]:
    """The largest-remainder method as the textbook has it, in fractions."""
    quotas = {key: share * shots for key, share in shares.items()}
    counts = {key: math.floor(quota) for key, quota in quotas.items()}
    left = shots - sum(counts.values())
    for key in sorted(quotas, key=lambda k: (counts[k] - quotas[k], k))[:left]:
        counts[key] += 1
    return {str(key): count for key, count in counts.items() if count}


# --- largest remainder ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("probabilities", "shots", "counts"),
    [
        ({"0": 0.29, "3": 0.71}, 100, {"0": 29, "3": 71}),
        ({"0": 0.333, "1": 0.333, "2": 0.334}, 10, {"0": 3, "1": 3, "2": 4}),
        ({"0": 0.5, "3": 0.5}, 1000, {"0": 500, "3": 500}),
        ({"0": 0.5, "7": 0.499999}, 1234, {"0": 617, "7": 617}),
        ({"000": 0.5, "7": 0.5}, 1233, None),
        ({"0": 0.5, "7": 0.5}, 1233, {"0": 617, "7": 616}),
        ({"1": 1}, 7, {"1": 7}),
        ({1: 1.0}, 7, {"1": 7}),
        ({np.int64(1): np.float64(0.5), np.int64(2): np.float32(0.5)}, 2, {"1": 1, "2": 1}),
        ({"0": 1e-07, "1": 0.9999999}, 1000, {"1": 1000}),
        ({"68719476735": 1.0}, 5, {"68719476735": 5}),
        ({"0": 0.0, "1": 1.0}, 5, {"1": 5}),
        ({"0": -0.0, "1": 1.0}, 5, {"1": 5}),
        ({"0": 0.5, "1": 0.5}, 0, {}),
        ({"0": Fraction(1, 4), "1": Fraction(3, 4)}, 4, {"0": 1, "1": 3}),
    ],
)
def test_known_counts(
    probabilities: dict[str, float], shots: int, counts: dict[str, int] | None
) -> None:
    if counts is None:
        with pytest.raises(InvalidDistribution):
            counts_from_probabilities(probabilities, shots)
    else:
        assert counts_from_probabilities(probabilities, shots) == counts


def test_equal_remainders_go_to_the_smaller_outcome_also_where_doubles_disagree() -> None:
    assert 0.145 * 100 < 14.5  # and 0.855 * 100 is 85.5: a comparison of doubles favours outcome 1
    assert counts_from_probabilities({"1": 0.855, "0": 0.145}, 100) == {"0": 15, "1": 85}


@given(decimals(), st.integers(0, 1_000_000))
def test_decimal_probabilities_give_the_textbooks_counts(
    shares: dict[int, Fraction], shots: int
) -> None:
    probabilities = {str(key): float(share) for key, share in shares.items()}
    assert counts_from_probabilities(probabilities, shots) == hamilton(shares, shots)


@given(floats_summing_to_about_one(), st.integers(0, 1_000_000))
def test_counts_sum_to_shots_and_stay_within_one_of_their_share(
    probabilities: dict[str, float], shots: int
) -> None:
    counts = counts_from_probabilities(probabilities, shots)
    assert sum(counts.values()) == shots
    assert all(counts.values())
    for key, probability in probabilities.items():
        # The slack is the rounding of the probabilities themselves: 64 keys of 1e-15 each.
        assert abs(counts.get(key, 0) - Fraction(probability) * shots) < 1 + shots * 1e-13


@given(floats_summing_to_about_one(), st.integers(0, 10_000))
def test_more_probability_never_means_fewer_counts(
    probabilities: dict[str, float], shots: int
) -> None:
    counts = counts_from_probabilities(probabilities, shots)
    for (left, more), (right, less) in permutations(probabilities.items(), 2):
        if more - less > 2e-15:  # what agrees to fifteen decimals is taken to be equal
            assert counts.get(left, 0) >= counts.get(right, 0)


@given(floats_summing_to_about_one(), st.integers(0, 10_000), st.randoms())
def test_the_order_of_the_keys_does_not_matter(
    probabilities: dict[str, float], shots: int, shuffler: random.Random
) -> None:
    items = list(probabilities.items())
    shuffler.shuffle(items)
    for method in ("largest_remainder", "sample"):
        one = counts_from_probabilities(probabilities, shots, method=method, seed=1)
        other = counts_from_probabilities(dict(items), shots, method=method, seed=1)
        assert one == other
        assert list(one) == sorted(one, key=int)


def test_a_sum_that_is_off_by_rounding_still_gives_every_shot() -> None:
    counts = counts_from_probabilities({"0": 0.500004, "1": 0.500004}, 1_000_000)
    assert counts == {"0": 500_000, "1": 500_000}


# --- sampling ------------------------------------------------------------------------------------


def test_a_sample_is_the_documented_walk_over_the_documented_stream() -> None:
    stream = random.Random(7)
    expected = {"0": 0, "1": 0, "3": 0}
    for _ in range(500):
        u = stream.random()
        expected["0" if u < 0.25 else "1" if u < 0.35 else "3"] += 1
    probabilities = {"3": 0.65, "0": 0.25, "1": 0.1}
    assert counts_from_probabilities(probabilities, 500, method="sample", seed=7) == expected


@given(floats_summing_to_about_one(), st.integers(0, 2000), st.integers(0, 2**31))
def test_a_sample_sums_to_shots_and_repeats_with_its_seed(
    probabilities: dict[str, float], shots: int, seed: int
) -> None:
    counts = counts_from_probabilities(probabilities, shots, method="sample", seed=seed)
    assert sum(counts.values()) == shots
    assert set(counts) <= set(probabilities)
    again = counts_from_probabilities(probabilities, shots, method="sample", seed=seed)
    assert counts == again


def test_an_outcome_of_probability_zero_is_never_drawn() -> None:
    probabilities = {"0": 0.0, "1": 0.5, "2": 0.0, "3": 0.5, "4": 0.0}
    counts = counts_from_probabilities(probabilities, 5000, method="sample", seed=3)
    assert set(counts) == {"1", "3"}


def test_without_a_seed_samples_differ() -> None:
    uniform = {str(key): 1 / 64 for key in range(64)}
    draws = [counts_from_probabilities(uniform, 1000, method="sample") for _ in range(4)]
    assert any(draw != draws[0] for draw in draws)


@pytest.mark.parametrize("shots", [5_000, 300_000], ids=["drawn by python", "drawn by numpy"])
def test_samples_follow_the_distribution(shots: int) -> None:
    probabilities = {"0": 0.4, "1": 0.05, "2": 0.15, "5": 0.2, "6": 0.1, "7": 0.1}
    statistics = []
    for seed in range(40):
        counts = counts_from_probabilities(probabilities, shots, method="sample", seed=seed)
        statistics.append(
            sum(
                (counts.get(key, 0) - p * shots) ** 2 / (p * shots)
                for key, p in probabilities.items()
            )
        )
    # Chi-squared with 5 degrees of freedom: mean 5, variance 10; 99.99 % lie below 25.74.
    assert max(statistics) < 25.74
    assert abs(sum(statistics) / 40 - 5) < 4 * math.sqrt(10 / 40)


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("probabilities", "named"),
    [
        ({"0": -0.1, "1": 1.1}, "0"),
        ({"0": math.nan, "1": 1.0}, "0"),
        ({"0": math.inf}, "0"),
        ({"0": 10**400}, "0"),
        ({"0": True}, "0"),
        ({"0": "1"}, "0"),
        ({"0": None}, "0"),
        ({"0": Decimal(1)}, "0"),
        ({"0": 1j}, "0"),
        ({"01": 1.0}, "01"),
        ({"-1": 1.0}, "-1"),
        ({"+1": 1.0}, "+1"),
        ({" 1": 1.0}, " 1"),
        ({"1.0": 1.0}, "1.0"),
        ({"1e0": 1.0}, "1e0"),
        ({"": 1.0}, ""),
        ({"²": 1.0}, "²"),
        ({"٣": 1.0}, "٣"),
        ({"a": 1.0}, "a"),
        ({"9" * 5000: 1.0}, "9" * 5000),
        ({-1: 1.0}, -1),
        ({1.0: 1.0}, 1.0),
        ({True: 1.0}, True),
        ({None: 1.0}, None),
        ({"1": 0.5, 1: 0.5}, 1),
    ],
)
@pytest.mark.parametrize("function", ["counts", "marginal", "expectation", "bits"])
def test_what_is_no_outcome_or_no_weight_is_named(
    probabilities: Any, named: object, function: str
) -> None:
    calls: dict[str, Callable[[], object]] = {
        "counts": lambda: counts_from_probabilities(probabilities, 10),
        "marginal": lambda: marginal(probabilities, [0]),
        "expectation": lambda: expectation_z(probabilities, [0]),
        "bits": lambda: bitstrings(probabilities, 2),
    }
    with pytest.raises(InvalidDistribution) as caught:
        calls[function]()
    assert caught.value.key == named
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, IonQError)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "probabilities", [{}, {"0": 0.0}, {"0": 0.99}, {"0": 1.01}, {"0": 0.5, "1": 0.49998}]
)
@pytest.mark.parametrize("method", ["largest_remainder", "sample"])
def test_what_does_not_sum_to_one_is_refused(probabilities: dict[str, float], method: str) -> None:
    with pytest.raises(InvalidDistribution, match="sum to"):
        counts_from_probabilities(probabilities, 10, method=method)  # type: ignore[arg-type]


def test_the_tolerance_is_an_option() -> None:
    assert counts_from_probabilities({"0": 0.9}, 10, tolerance=0.2) == {"0": 10}
    with pytest.raises(InvalidDistribution, match="1e-12"):
        counts_from_probabilities({"0": 0.999999}, 10, tolerance=1e-12)


@pytest.mark.parametrize(
    "arguments",
    [
        {"shots": -1},
        {"shots": 1.0},
        {"shots": True},
        {"shots": "10"},
        {"shots": None},
        {"shots": 10, "method": "round"},
        {"shots": 10, "method": "sample", "seed": -1},
        {"shots": 10, "method": "sample", "seed": 1.5},
        {"shots": 10, "method": "sample", "seed": True},
        {"shots": 10, "tolerance": 0.6},
        {"shots": 10, "tolerance": math.nan},
    ],
)
def test_an_argument_out_of_range_is_refused_by_name(arguments: dict[str, object]) -> None:
    *_, (name, value) = arguments.items()
    with pytest.raises(ValueError, match=name) as caught:
        counts_from_probabilities({"0": 1.0}, **arguments)  # type: ignore[arg-type]
    assert repr(value) in str(caught.value)


# --- bitstrings ----------------------------------------------------------------------------------


def test_qubit_0_is_rightmost_unless_asked_otherwise() -> None:
    assert bitstrings({"1": 0.25, "6": 0.75}, 3) == {"001": 0.25, "110": 0.75}
    assert bitstrings({"1": 1, "6": 3}, 3, order="q0_left") == {"100": 1, "011": 3}


@given(st.dictionaries(st.integers(0, 2**70), st.integers(0, 100)), st.integers(71, 80))
def test_bitstrings_read_back_as_their_outcomes(counts: dict[int, int], qubits: int) -> None:
    right = bitstrings(counts, qubits)
    left = bitstrings(counts, qubits, order="q0_left")
    assert {int(bits, 2): weight for bits, weight in right.items()} == counts
    assert {int(bits[::-1], 2): weight for bits, weight in left.items()} == counts
    assert all(len(bits) == qubits for bits in [*right, *left])


def test_an_outcome_that_does_not_fit_is_refused() -> None:
    with pytest.raises(InvalidDistribution, match="outcome 4 does not fit in 2 qubits"):
        bitstrings({"0": 0.5, "4": 0.5}, 2)


@pytest.mark.parametrize("qubits", [0, -1, 2.0, True, "2"])
def test_a_width_that_is_none_is_refused(qubits: int) -> None:
    with pytest.raises(ValueError, match="qubits"):
        bitstrings({"0": 1.0}, qubits)


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        bitstrings({"0": 1.0}, 1, order="little")  # type: ignore[arg-type]


@given(floats_summing_to_about_one(), st.integers(0, 1000))
def test_bitstring_counts_are_the_bitstrings_of_the_counts(
    probabilities: dict[str, float], shots: int
) -> None:
    counts = counts_from_probabilities(probabilities, shots)
    assert bitstring_counts(probabilities, shots, QUBITS) == bitstrings(counts, QUBITS)


# --- marginals -----------------------------------------------------------------------------------


def test_known_marginals() -> None:
    assert marginal({"1": 1.0}, [0]) == {"1": 1.0}
    assert marginal({"2": 1.0}, [1]) == {"1": 1.0}
    assert marginal({"1": 1.0}, [1]) == {"0": 1.0}
    assert marginal({"0": 0.5, "3": 0.5}, [1]) == {"0": 0.5, "1": 0.5}
    assert marginal({"1": 0.3, "2": 0.7}, [1, 0]) == {"1": 0.7, "2": 0.3}
    assert marginal({"0": 0.25, "3": 0.75}, []) == {"0": 1.0}
    assert marginal({"1": 1.0}, [0, 99]) == {"1": 1.0}


def test_the_marginal_of_counts_is_counts() -> None:
    reduced = marginal({"0": 3, "1": 4, "2": 5}, [0])
    assert reduced == {"0": 8, "1": 4}
    assert all(type(count) is int for count in reduced.values())


def test_a_marginal_adds_without_losing_bits() -> None:
    tenths = {str(2 * key): 0.1 for key in range(10)}
    assert marginal(tenths, [0]) == {
        "0": 1.0
    }  # adding one after the other gives 0.9999999999999999


@given(
    floats_summing_to_about_one(),
    st.lists(st.integers(0, QUBITS - 1), unique=True, min_size=1),
)
def test_a_marginal_is_a_sum_over_the_axes_of_the_other_qubits(
    probabilities: dict[str, float], qubits: list[int]
) -> None:
    tensor = np.zeros((2,) * QUBITS)  # axis 0 is the highest bit
    for key, probability in probabilities.items():
        tensor[tuple(map(int, f"{int(key):0{QUBITS}b}"))] = probability
    axes = [QUBITS - 1 - qubit for qubit in reversed(qubits)]
    others = [axis for axis in range(QUBITS) if axis not in axes]
    expected = tensor.transpose([*axes, *others]).reshape(2 ** len(qubits), -1).sum(axis=1)
    reduced = marginal(probabilities, qubits)
    for outcome in range(2 ** len(qubits)):
        assert reduced.get(str(outcome), 0.0) == pytest.approx(expected[outcome], abs=1e-12)


@pytest.mark.parametrize("qubits", [[-1], [0, 0], [1.0], [True], ["0"]])
@pytest.mark.parametrize("function", [marginal, expectation_z])
def test_what_is_no_list_of_qubits_is_refused(qubits: list[int], function: object) -> None:
    with pytest.raises(ValueError, match="qubit"):
        function({"0": 1.0}, qubits)  # type: ignore[operator]


# --- expectation values and distance -------------------------------------------------------------


def test_known_expectation_values() -> None:
    bell = {"0": 0.5, "3": 0.5}
    assert expectation_z(bell, [0]) == 0.0
    assert expectation_z(bell, [0, 1]) == 1.0
    assert expectation_z({"1": 1.0}, [0]) == -1.0
    assert expectation_z({"1": 1.0}, [1]) == 1.0
    assert expectation_z({"1": 30, "0": 10}, [0]) == -0.5
    assert expectation_z(bell, []) == 1.0
    assert expectation_z({"1": 1.0}, [0, 99]) == -1.0


@given(floats_summing_to_about_one(), st.sets(st.integers(0, QUBITS - 1)))
def test_an_expectation_value_is_the_trace_with_the_tensor_product(
    probabilities: dict[str, float], qubits: set[int]
) -> None:
    diagonal: Any = np.ones(1)
    for qubit in range(QUBITS):  # qubit 0 varies fastest
        diagonal = np.kron([1, -1] if qubit in qubits else [1, 1], diagonal)
    expected = sum(diagonal[int(key)] * p for key, p in probabilities.items())
    assert expectation_z(probabilities, qubits) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("empty", [{}, {"0": 0.0}, {"0": 0}])
def test_an_empty_distribution_has_no_expectation_value(empty: dict[str, float]) -> None:
    with pytest.raises(InvalidDistribution, match="empty"):
        expectation_z(empty, [0])
    with pytest.raises(InvalidDistribution, match="empty"):
        total_variation(empty, {"0": 1.0})


def test_known_distances() -> None:
    assert total_variation({"0": 0.5, "3": 0.5}, {"0": 507, "3": 493}) == pytest.approx(0.007)
    assert total_variation({"0": 1.0}, {"1": 1.0}) == 1.0
    assert total_variation({"0": 10}, {0: 1.0}) == 0.0


# --- the same from arrays ------------------------------------------------------------------------


@given(
    floats_summing_to_about_one(),
    st.integers(0, 1_000_000) | st.integers(2**49, 2**50 - 1),
    st.sampled_from(["q0_right", "q0_left"]),
)
def test_arrays_give_the_same_largest_remainders(
    probabilities: dict[str, float], shots: int, order: str
) -> None:
    dense = Distribution.from_mapping(probabilities)
    counts = counts_from_probabilities(probabilities, shots)
    assert counts_from_probabilities(dense, shots) == counts
    named = bitstring_counts(dense, shots, QUBITS, order=order)  # type: ignore[arg-type]
    assert named == bitstrings(counts, QUBITS, order=order)  # type: ignore[arg-type]


def test_arrays_give_the_same_counts_over_many_blocks_and_ties() -> None:
    rng = np.random.default_rng(5)
    weights = rng.integers(0, 4, 100_000).astype(float)
    weights /= weights.sum()
    keys = rng.permutation(200_000)[:100_000]
    large = dict(zip(map(str, keys.tolist()), weights.tolist(), strict=True))
    pairs = sorted((int(key), weight) for key, weight in large.items())
    from ionq_direct import _apportion  # noqa: PLC0415 - the other implementation, for comparison

    expected = _apportion.largest_remainder(_apportion.weights(w for _, w in pairs), 12_345)
    assert counts_from_probabilities(large, 12_345) == {
        str(key): count for (key, _), count in zip(pairs, expected, strict=True) if count
    }


@given(floats_summing_to_about_one(), st.integers(0, 3000), st.integers(0, 2**40))
def test_arrays_give_the_same_samples(
    probabilities: dict[str, float], shots: int, seed: int
) -> None:
    dense = Distribution.from_mapping(probabilities)
    by_python = counts_from_probabilities(probabilities, shots, method="sample", seed=seed)
    assert counts_from_probabilities(dense, shots, method="sample", seed=seed) == by_python


@settings(max_examples=40)
@given(floats_summing_to_about_one(), st.lists(st.integers(0, 70), unique=True, max_size=5))
def test_arrays_give_the_same_marginals_expectations_and_distances(
    probabilities: dict[str, float], qubits: list[int]
) -> None:
    dense = Distribution.from_mapping(probabilities)
    assert marginal(dense, qubits) == pytest.approx(marginal(probabilities, qubits))
    assert expectation_z(dense, qubits) == pytest.approx(expectation_z(probabilities, qubits))
    assert bitstrings(dense, QUBITS) == bitstrings(probabilities, QUBITS)
    assert total_variation(dense, probabilities) == 0.0


def test_arrays_refuse_what_dicts_refuse() -> None:
    dense = Distribution.from_mapping({"0": 0.5, "4": 0.4})
    with pytest.raises(InvalidDistribution, match="sum to"):
        counts_from_probabilities(dense, 10)
    with pytest.raises(InvalidDistribution, match="does not fit"):
        bitstrings(dense, 2)


def test_where_arrays_end_python_goes_on() -> None:
    dense = Distribution.from_mapping({"0": 0.5, "1": 0.5})
    assert counts_from_probabilities(dense, 2**60) == {"0": 2**59, "1": 2**59}
    assert bitstrings(dense, 70) == {"0" * 70: 0.5, "0" * 69 + "1": 0.5}
    assert bitstring_counts(dense, 2, 70) == {"0" * 70: 1, "0" * 69 + "1": 1}
    assert marginal(dense, range(70)) == {"0": 0.5, "1": 0.5}
    wide = {str(2**64): 0.5, "0": 0.5}
    drawn = counts_from_probabilities(wide, 300_000, method="sample", seed=1)
    assert sum(drawn.values()) == 300_000


def test_json_of_a_server_needs_no_conversion() -> None:
    body = json.loads('{"0": 0.5, "1": 1e-07, "3": 0.4999999}')
    assert counts_from_probabilities(body, 10) == {"0": 5, "3": 5}
