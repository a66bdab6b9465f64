"""Bodies of results: version 1 and 2, whole, damaged and large."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct import ShotList, _distribution, _result_bodies
from ionq_direct._distribution import Distribution
from ionq_direct._result_bodies import (
    read_aggregated,
    read_shots,
    read_weights,
    widest,
)
from ionq_direct.errors import InvalidDistribution
from tests.routes import example


def raw(value: object) -> bytes:
    return json.dumps(value).encode()


def version_2(kind: str, **registers: object) -> bytes:
    return raw({kind: {"registers": registers}})


# --- Probabilities and counts ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["probabilities", "probabilities_certain", "probabilities_tiny", "artifact_probabilities_v1"],
)
def test_version_1_is_read_as_it_is(name: str) -> None:
    read = read_weights(raw(example(name)))
    assert read.weights == example(name)
    assert (read.width, dict(read.registers), read.raw) == (None, {}, None)


@pytest.mark.parametrize("name", ["artifact_probabilities_v2", "artifact_histogram_v2"])
def test_version_2_names_registers(name: str) -> None:
    body = raw(example(name))
    read = read_weights(body)
    half = 0.5 if "probabilities" in name else 500
    assert read.weights == {"0": half, "3": half}
    assert read.width == 2
    assert read.registers["output_all"].weights == read.weights
    assert read.raw == body


def test_character_i_of_version_2_is_bit_i() -> None:
    # IonQ's page on OpenQASM 3: x q[0] on three qubits reads "100".
    read = read_weights(version_2("probabilities", output_all={"100": 0.75, "110": 0.25}))
    assert read.weights == {"1": 0.75, "3": 0.25}


def test_the_whole_outcome_is_the_register_for_it_or_the_only_one() -> None:
    both = read_weights(version_2("probabilities", c={"1": 1}, output_all={"01": 1}))
    assert (both.weights, both.width) == ({"2": 1}, 2)
    assert both.registers["c"].weights == {"1": 1}
    assert both.registers["c"].width == 1
    alone = read_weights(version_2("probabilities", c={"10": 1}))
    assert (alone.weights, alone.width) == ({"1": 1}, 2)
    neither = read_weights(version_2("probabilities", c={"1": 1}, d={"01": 1}))
    assert (neither.weights, neither.width) == (None, None)
    assert list(neither.registers) == ["c", "d"]


bits = st.text(st.sampled_from("01"), min_size=3, max_size=3)


@given(st.dictionaries(bits, st.integers(0, 100) | st.floats(0, 1), min_size=1))
def test_few_and_many_outcomes_of_version_2_are_read_alike(weights: dict[str, float]) -> None:
    body = version_2("probabilities", output_all=weights)
    few = read_weights(body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_result_bodies, "_MANY", 1)
        many = read_weights(body)
    assert isinstance(many.weights, Distribution)
    assert few.weights == dict(many.weights)
    assert few.weights == {
        str(sum(1 << i for i, bit in enumerate(key) if bit == "1")): weight
        for key, weight in weights.items()
    }


def test_registers_of_more_than_64_bits() -> None:
    key = "1" + "0" * 98 + "1"
    read = read_weights(version_2("histogram", output_all={key: 7}))
    assert read.weights == {str(1 + (1 << 99)): 7}
    assert read.width == 100


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    "weights",
    [
        {"0": 0.5, "12": 0.5},
        {"02": 1},
        {"0x": 1},
        {"+1": 1},
        {"²²": 1},
        {"": 1},
        {"00": -0.5, "11": 1.5},
        {"00": "1"},
        {"00": True},
        {"00": None},
    ],
)
def test_what_is_no_register_is_refused(
    weights: dict[str, Any], many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_result_bodies, "_MANY", 1 if many else 1 << 30)
    with pytest.raises(InvalidDistribution):
        read_weights(version_2("probabilities", c=weights))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"<html>502</html>",
        b'{"0": 0.5',
        b'{"probabilities":',
        b'{"probabilities": null}',
        b'{"probabilities": {"registers": []}}',
        b'{"probabilities": {"registers": {"c": 1}}}',
        b'{"shots": []}',
        b'{"0.5": 1}',
        b'{"00": 1}',
    ],
)
def test_what_is_no_result_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidDistribution):
        read_weights(body)


def test_the_widest_outcome() -> None:
    assert widest({}) == 1
    assert widest({"0": 1}) == 1
    assert widest({"1": 1, "8": 1, "3": 1}) == 4
    assert widest(Distribution.from_mapping({"1": 1, "8": 1})) == 4
    assert widest(Distribution.from_mapping({})) == 1


# --- Parts of multi-circuit jobs ------------------------------------------------------------------


def test_the_parts_keep_the_order_of_the_server() -> None:
    body = example("probabilities_aggregated")
    read = read_aggregated(raw(body))
    assert read == body
    assert list(read) == list(body)


parts = st.dictionaries(
    st.text(max_size=8),
    st.dictionaries(st.integers(0, 100).map(str), st.floats(0, 1), max_size=4),
    max_size=4,
)


@given(parts, st.sampled_from([None, 2]), st.booleans())
def test_parts_are_read_whatever_their_spelling(
    table: dict[str, dict[str, float]], indent: int | None, ascii_only: bool
) -> None:
    body = json.dumps(table, indent=indent, ensure_ascii=ascii_only).encode()
    assert read_aggregated(body) == table


def test_large_parts_become_arrays_without_a_detour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_distribution, "_LARGE", 1)
    read = read_aggregated(b'{"a":{"0":0.25,"7":0.75},"b":{"1":1.0}}')
    assert all(isinstance(part, Distribution) for part in read.values())
    assert {name: dict(part) for name, part in read.items()} == {
        "a": {"0": 0.25, "7": 0.75},
        "b": {"1": 1.0},
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"a": {"0": 1}',
        b'{"a": {"0": 1},}',
        b'{"a": {"0": 1}}}',
        b'{"a": {"0": 1}} {}',
        b'{"a": {"0": 1} "b": {"0": 1}}',
        b'{"a": {"0": 1}, "a": {"0": 1}}',
        b'{"a": {"x": 1}}',
        b'{"a": 1}',
        b'{"a": {"0": {"0": 1}}}',
    ],
)
def test_what_are_no_parts_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidDistribution):
        read_aggregated(body)


@given(parts, st.data())
def test_a_damaged_text_is_refused_or_means_the_same_to_a_json_parser(
    table: dict[str, dict[str, float]], data: st.DataObject
) -> None:
    body = bytearray(json.dumps(table).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at : at + data.draw(st.integers(0, 1))] = bytes(
            [data.draw(st.sampled_from(b'{}[]",:01 .e\\a'))]
        )
    try:
        read = read_aggregated(bytes(body))
    except InvalidDistribution:
        return
    judged = json.loads(body)
    assert {name: dict(part) for name, part in read.items()} == judged


# --- Shots ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "outcomes"),
    [
        ("shots", [3, 3, 0, 3]),
        ("shots_integers", [3, 0, 0]),
        ("variant_shots", [0, 3]),
        ("artifact_shots_v1", [3, 0]),
    ],
)
def test_shots_of_version_1_are_decimals_in_order(name: str, outcomes: list[int]) -> None:
    read = read_shots(raw(example(name)), qubits=2)
    assert read.shots == outcomes
    assert read.shots is not None
    assert read.shots.width == 2
    assert not read.registers


def test_shots_of_version_2_tell_bits_and_what_leaked() -> None:
    read = read_shots(raw(example("artifact_shots_v2")))
    assert read.shots is not None
    # [1, 0]: bit 0 is 1.
    assert list(read.shots) == [1, 0]
    assert read.shots.width == 2
    assert read.shots.leaked == {1: {"output_all": [0, 1]}}
    assert read.shots.histogram() == {"1": 1}
    assert read.registers == {"output_all": read.shots}


def test_the_width_of_version_1_is_what_is_told_or_needed() -> None:
    assert read_shots(b"[]").shots == []
    assert [read_shots(b'["4"]', qubits).shots.width for qubits in (None, 2, 5)] == [3, 3, 5]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("mask", "leaks"),
    [
        (None, False),
        ([], False),
        ({}, False),
        ([0, 0], False),
        ({"output_all": [0, 0]}, False),
        (0, False),
        ([0, 1], True),
        ({"a": [0, 0], "b": [1, 0]}, True),
        ([0], True),  # sparse: the place of the bit
        ({"output_all": [0]}, True),
        (2, True),
        ("10", True),
    ],
)
def test_which_masks_mark_a_leak(mask: object, leaks: bool) -> None:
    body = raw({"shots": [{"registers": {"c": [1]}, "leakage_bits": mask}]})
    shots = read_shots(body).shots
    assert shots is not None
    assert dict(shots.leaked) == ({0: mask} if leaks else {})


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 1), st.booleans()), min_size=1, max_size=9)
)
def test_registers_of_shots(told: list[tuple[int, int, bool]]) -> None:
    body = raw(
        {
            "shots": [
                {
                    "registers": {"c": [c & 1, c >> 1 & 1, c >> 2 & 1], "d": [d]},
                    **({"leakage_bits": [1, 0]} if leaked else {}),
                }
                for c, d, leaked in told
            ]
        }
    )
    read = read_shots(body)
    assert read.shots is None  # which of the two would it be?
    assert read.registers["c"] == [c for c, _, _ in told]
    assert read.registers["d"] == [d for _, d, _ in told]
    kept = Counter(str(c) for c, _, leaked in told if not leaked)
    assert read.registers["c"].histogram() == dict(sorted(kept.items()))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"7",
        b'["3", "0"',
        b'["3" "0"]',
        b'["00"]',
        b'["-1"]',
        b"[-1]",
        b"[0.5]",
        b"[true]",
        b"[null]",
        b'[{"0": 1}]',
        b'{"shots": {}}',
        b'{"shots": [3]}',
        b'{"shots": [{"registers": {"c": "10"}}]}',
        b'{"shots": [{"registers": {"c": [2]}}]}',
        b'{"shots": [{"registers": {"c": ["1"]}}]}',
        b'{"shots": [{"registers": {"c": [0, 0.5]}}]}',
        b'{"shots": [{"registers": {"c": []}}]}',
        b'{"shots": [{"registers": {"c": [[0]]}}]}',
        b'{"shots": [{"registers": {"c": [0]}}, {"registers": {"c": [0, 1]}}]}',
        b'{"shots": [{"registers": {"c": [0]}}, {"registers": {}}]}',
    ],
)
def test_what_are_no_shots_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidDistribution):
        read_shots(body)


def test_no_shots_at_all() -> None:
    assert read_shots(b'{"shots": []}').shots is None


def test_many_shots_are_lean() -> None:
    draw = random.Random(5)
    outcomes = draw.choices(range(1 << 20), k=1 << 17)
    shots = read_shots(raw([str(outcome) for outcome in outcomes]), qubits=20).shots
    assert shots is not None
    assert shots == outcomes
    assert shots._outcomes.__sizeof__() < 9 * len(outcomes)
    assert shots.histogram() == {str(k): n for k, n in sorted(Counter(outcomes).items())}


# --- The list of shots ----------------------------------------------------------------------------


@pytest.fixture
def shots() -> ShotList:
    return ShotList([3, 0, 2, 3], width=2, leaked={2: [0, 1]})


def test_a_list_of_shots_is_a_sequence_of_integers(shots: ShotList) -> None:
    assert (len(shots), shots[0], shots[-2], list(shots)) == (4, 3, 2, [3, 0, 2, 3])
    assert 2 in shots
    assert shots.index(2) == 2
    assert shots == [3, 0, 2, 3]
    assert shots == (3, 0, 2, 3)
    assert shots != [3]
    assert shots != "3023"
    assert hash(shots) == hash((3, 0, 2, 3))
    assert shots.bitstrings() == ["11", "00", "10", "11"]
    assert repr(shots) == "ShotList([3, 0, 2, 3], shots=4, width=2, leaked=1)"


def test_a_slice_keeps_what_leaked(shots: ShotList) -> None:
    assert shots[1:] == ShotList([0, 2, 3], width=2, leaked={1: [0, 1]})
    assert shots[::-1] == ShotList([3, 2, 0, 3], width=2, leaked={1: [0, 1]})
    assert shots[:2] == ShotList([3, 0], width=2)
    assert shots[:2] != ShotList([3, 0], width=3)


def test_leaked_shots_are_in_the_list_and_not_in_the_histogram(shots: ShotList) -> None:
    assert shots.histogram() == {"0": 1, "3": 2}


def test_outcomes_of_more_than_64_bits_are_kept_too() -> None:
    wide = ShotList([1 << 70, 0], width=71)
    assert list(wide) == [1 << 70, 0]
    assert wide.bitstrings() == ["1" + "0" * 70, "0" * 71]
