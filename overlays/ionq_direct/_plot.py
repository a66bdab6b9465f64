"""A distribution as a bar chart. May import: _histogram; matplotlib, when a chart is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ionq_direct._extras import load
from ionq_direct._histogram import number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ionq_direct._histogram import Excerpt

__all__ = ["bar_chart"]

_INCHES_PER_BAR = 0.45
_LEAST_INCHES, _MOST_INCHES = 4.0, 16.0
_UPRIGHT_LABEL = 4  # letters that fit under a bar


def bar_chart(
    shown: Excerpt, *, axes: Axes | None, title: str | None, label: str, unit: str
) -> Axes:
    """Draw bars.

    Args:
        shown: What to draw.
        axes: Where; None makes a new figure.
        title: Text above.
        label: What an outcome is.
        unit: What the bars measure.

    Raises:
        MissingExtra: matplotlib is not installed.
    """
    if axes is None:
        pyplot = load("matplotlib.pyplot", "plot()")
        inches = min(max(_INCHES_PER_BAR * len(shown.weights), _LEAST_INCHES), _MOST_INCHES)
        _, axes = pyplot.subplots(figsize=(inches, 3.5), layout="constrained")
    canvas = cast("Any", axes)  # its methods are typed in part
    names = list(shown.weights)
    places = range(len(names))
    canvas.bar(places, list(shown.weights.values()))
    long = any(len(name) > _UPRIGHT_LABEL for name in names)
    slant = {"rotation": 60, "ha": "right"} if long else {}
    canvas.set_xticks(list(places), names, **slant)
    canvas.set_xlabel(label)
    canvas.set_ylabel(unit)
    canvas.margins(y=0.1)
    if shown.left_over:
        left_over = f"{shown.left_over} more outcomes: {number_text(shown.rest)}"
        canvas.text(1, 1, left_over, ha="right", va="top", transform=canvas.transAxes)
    if title is not None:
        canvas.set_title(title)
    return cast("Axes", canvas)
