"""JSON: the same values and the same bytes with orjson and without."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct import _json

if TYPE_CHECKING:
    from collections.abc import Iterator

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.fixture(params=["orjson", "standard library"], scope="module")
def parser(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "standard library":
            patch.setitem(sys.modules, "orjson", None)
        _json._loads.cache_clear()
        _json._dumps.cache_clear()
        yield
    _json._loads.cache_clear()
    _json._dumps.cache_clear()


@given(value=values)
def test_what_is_written_reads_back(parser: None, value: object) -> None:
    written = _json.dumps(value)
    assert _json.loads(written) == value
    assert written == json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize("text", [b"", b"{", b"[1,]", b"{'a':1}"])
def test_what_is_no_json_is_a_value_error(parser: None, text: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the two parsers word it differently
        _json.loads(text)


def test_what_json_has_no_form_for_is_a_type_error(parser: None) -> None:
    with pytest.raises(TypeError):
        _json.dumps({"a": {1, 2}})
