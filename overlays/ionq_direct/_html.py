"""A distribution as a small HTML table with bars, for notebooks. No script, no style sheet.

May import: _histogram and the standard library.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ionq_direct._histogram import number_text

if TYPE_CHECKING:
    from ionq_direct._histogram import Excerpt

__all__ = ["bars", "box"]

_LABEL = "padding:0 .6em 0 0;text-align:left;font-family:monospace;white-space:nowrap"
_TRACK = "padding:0;width:14em;text-align:left"
# Read on light and dark pages alike.
_BAR = "height:.8em;background:#6b7fd7;border-radius:1px"
_NUMBER = "padding:0 0 0 .6em;text-align:right;font-family:monospace"


def box(title: str, *parts: str) -> str:
    """A heading above parts that are HTML.

    Args:
        title: Text, not HTML.
        parts: HTML.
    """
    return f"<div><div><b>{escape(title)}</b></div>{''.join(parts)}</div>"


def bars(shown: Excerpt) -> str:
    """A table with a bar for each outcome.

    Args:
        shown: What to draw; its labels are text, not HTML.
    """
    heaviest = max(shown.weights.values(), default=0) or 1
    rows = [_row(label, weight, weight / heaviest) for label, weight in shown.weights.items()]
    if shown.left_over:
        rows.append(
            f'<tr><td colspan="2" style="{_LABEL}">{shown.left_over} more</td>'
            f'<td style="{_NUMBER}">{number_text(shown.rest)}</td></tr>'
        )
    return f'<table style="border-collapse:collapse">{"".join(rows)}</table>'


def _row(label: str, weight: float, share: float) -> str:
    return (
        f'<tr><td style="{_LABEL}">{escape(str(label))}</td>'
        f'<td style="{_TRACK}"><div style="{_BAR};width:{100 * share:.1f}%"></div></td>'
        f'<td style="{_NUMBER}">{number_text(weight)}</td></tr>'
    )
