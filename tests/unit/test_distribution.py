"""Large distributions: from JSON to arrays, whatever the JSON looks like; and as a mapping."""

from __future__ import annotations

import json
import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct import _distribution
from ionq_direct._distribution import Distribution, parse_distribution
from ionq_direct.errors import InvalidDistribution

probabilities = st.floats(0, 1) | st.integers(0, 1)
tables = st.dictionaries(st.integers(0, 2**64 - 1).map(str), probabilities, max_size=30)


@pytest.fixture(autouse=True, scope="module")
def small_is_large() -> object:
    """Let short texts take the way of long ones, in many pieces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_distribution, "_LARGE", 1)
        patch.setattr(_distribution, "_PIECE", 20)
        yield


def compact(table: dict[str, float]) -> bytes:
    return json.dumps(table, separators=(",", ":")).encode()


@given(tables, st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : ")]))
def test_parsing_gives_what_the_json_says(
    table: dict[str, float], separators: tuple[str, str]
) -> None:
    parsed = parse_distribution(json.dumps(table, separators=separators).encode())
    assert isinstance(parsed, Distribution)
    assert dict(parsed) == table
    assert [int(key) for key in parsed] == sorted(map(int, table))


@given(tables)
def test_the_usual_form_takes_the_fast_way(table: dict[str, float]) -> None:
    assert _distribution._columns(compact(table)) is not None


@given(tables, st.data())
def test_a_damaged_text_is_read_right_or_not_by_the_fast_way(
    table: dict[str, float], data: st.DataObject
) -> None:
    raw = bytearray(compact(table))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        letter = data.draw(st.sampled_from(b'0123456789+-.eE",:{}[] \n\\u0x'))
        match data.draw(st.sampled_from(["replace", "insert", "delete"])):
            case "replace":
                raw[at] = letter
            case "insert":
                raw.insert(at, letter)
            case _ if len(raw) > 1:
                del raw[at]
    columns = _distribution._columns(bytes(raw))
    if columns is None:
        return
    pairs = json.loads(bytes(raw), object_pairs_hook=list)
    assert [int(key) for key, _ in pairs] == list(columns[0])
    assert [key for key, _ in pairs] == [str(int(key)) for key, _ in pairs]
    assert [float(value) for _, value in pairs] == list(columns[1])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON"),
        ("null", "no JSON object"),
        ("[0.5,0.5]", "no JSON object"),
        ('{"0":0.5', "no JSON"),
        ('{"0":0.5}}', "no JSON"),
        ('{"0":0.5,}', "no JSON"),
        ('{"0"1:0.5}', "no JSON"),
        ('1{"0":0.5}', "no JSON"),
        ('{"0",0.5:"1",0.5}', "no JSON"),
        ('{"0":NaN}', "no JSON|finite"),  # the two JSON parsers differ
        ('{"0":1e999}', "no JSON|finite"),
        ('{"01":0.5}', "'01' is no outcome"),
        ('{"1.5":0.5}', "'1.5' is no outcome"),
        ('{"-1":0.5}', "'-1' is no outcome"),
        ('{"1e2":0.5}', "'1e2' is no outcome"),
        ('{"-0":0.5}', "'-0' is no outcome"),
        ('{"0":-0.5}', "outcome 0: -0.5"),
        ('{"0":"0.5"}', "outcome 0: '0.5' is no number"),
        ('{"0":true}', "outcome 0: True is no number"),
        ('{"0":{"0":1}}', "is no number"),
        ('{"1":0.5,"0":0.25,"1":0.25}', "outcome 1 is given twice"),
    ],
)
def test_what_is_no_distribution_is_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidDistribution, match=said):
        parse_distribution(text.encode())


def test_an_escaped_key_is_read_by_the_slow_way() -> None:
    assert dict(parse_distribution(b'{"\\u0031":1.0}')) == {"1": 1.0}


def test_an_outcome_of_more_than_64_bits_stays_in_a_dict() -> None:
    parsed = parse_distribution(compact({str(2**64): 1.0}))
    assert parsed == {str(2**64): 1.0}
    assert isinstance(parsed, dict)


def test_a_short_text_becomes_a_dict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_distribution, "_LARGE", 1 << 20)
    parsed = parse_distribution(b'{"3": 1, "0": 0.0}')
    assert isinstance(parsed, dict)
    assert parsed == {"0": 0.0, "3": 1.0}
    assert all(type(value) is float for value in parsed.values())


def test_a_distribution_is_a_mapping() -> None:
    dense = Distribution.from_mapping({"7": 0.5, "0": 0.25, "2": 0.25})
    assert list(dense) == ["0", "2", "7"]
    assert list(dense.items()) == [("0", 0.25), ("2", 0.25), ("7", 0.5)]
    assert list(dense.values()) == [0.25, 0.25, 0.5]
    assert dense["7"] == 0.5
    assert type(dense["7"]) is float
    assert "2" in dense
    assert dense == {"0": 0.25, "2": 0.25, "7": 0.5}
    assert len(dense) == 3
    assert repr(dense) == "Distribution(3 outcomes)"
    assert Distribution.from_mapping(dense) is dense


@pytest.mark.parametrize("key", ["1", "8", "007", "a", "-1", str(2**64), str(2**70)])
def test_an_outcome_that_is_not_there_is_a_key_error(key: str) -> None:
    dense = Distribution.from_mapping({"7": 0.5, "0": 0.5})
    assert key not in dense
    with pytest.raises(KeyError, match=key):
        dense[key]


def test_an_empty_distribution_is_an_empty_mapping() -> None:
    assert dict(parse_distribution(b"{}")) == {}


def test_the_arrays_are_read_only() -> None:
    dense = Distribution.from_mapping({"0": 1.0})
    with pytest.raises(ValueError, match="read-only"):
        dense.probabilities[0] = 0.5


@given(st.dictionaries(st.integers(0, 1000), st.floats(0, 1), min_size=1), st.integers(1, 50))
def test_the_largest_are_the_largest(table: dict[int, float], number: int) -> None:
    dense = Distribution.from_mapping(table)
    largest = dense.largest(number)
    expected = sorted(table.values())[-number:]
    assert sorted(largest.values()) == expected
    assert all(table[int(key)] == value for key, value in largest.items())


@pytest.mark.parametrize("value", [-0.1, math.nan, math.inf])
def test_arrays_with_a_weight_that_is_none_are_refused(value: float) -> None:
    with pytest.raises(InvalidDistribution, match="outcome 5") as caught:
        Distribution.from_arrays(np.array([3, 5], np.uint64), np.array([0.5, value]))
    assert caught.value.key == "5"


WITHOUT_EXTRAS = """
import sys
sys.modules["numpy"] = sys.modules["orjson"] = None
from ionq_direct import _distribution, _json, counts
_distribution._LARGE = counts._MANY_OUTCOMES = counts._MANY_SHOTS = 1
table = _distribution.parse_distribution(b'{"0":0.25,"3":0.75}')
assert type(table) is dict
assert counts.counts_from_probabilities(table, 8) == {"0": 2, "3": 6}
drawn = counts.counts_from_probabilities(table, 500, method="sample", seed=7)
assert counts.bitstring_counts(table, 8, 2) == {"00": 2, "11": 6}
assert counts.marginal(table, [1]) == {"0": 0.25, "1": 0.75}
assert _json.dumps({"a": [1, "\\u00e9"]}) == '{"a":[1,"\\u00e9"]}'.encode()
print(drawn)
"""


def test_everything_works_without_the_optional_packages_and_draws_the_same() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRAS], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    from ionq_direct.counts import counts_from_probabilities  # noqa: PLC0415 - here numpy is there

    dense = Distribution.from_mapping({"0": 0.25, "3": 0.75})
    assert str(counts_from_probabilities(dense, 500, method="sample", seed=7)) == ran.stdout.strip()
