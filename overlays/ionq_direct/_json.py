"""JSON by orjson where it is installed, by the standard library otherwise.

May import: the standard library; orjson, when it is there, at the first use.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["dumps", "loads"]


def loads(raw: bytes) -> Any:
    """Parse JSON text.

    Raises:
        ValueError: The text is no JSON.
    """
    return _loads()(raw)


def dumps(value: object) -> bytes:
    """Write compact JSON text.

    The value holds no NaN and no infinity: the two writers disagree on what becomes of them.

    Raises:
        TypeError: The value holds something that JSON has no form for.
    """
    return _dumps()(value)


@cache
def _loads() -> Callable[[bytes], Any]:
    try:
        import orjson  # noqa: PLC0415 - optional, and `import ionq_direct` stays cheap
    except ImportError:
        import json  # noqa: PLC0415

        return json.loads
    return orjson.loads


@cache
def _dumps() -> Callable[[object], bytes]:
    try:
        import orjson  # noqa: PLC0415 - optional, and `import ionq_direct` stays cheap
    except ImportError:
        import json  # noqa: PLC0415

        encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return lambda value: encoder.encode(value).encode()
    return orjson.dumps
