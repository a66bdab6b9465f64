"""HTML that is escaped by construction: text becomes HTML in `tag` and nowhere else.

May import: the standard library.
"""

from __future__ import annotations

import html

__all__ = ["NOTHING", "Content", "Html", "fragment", "tag"]

_VOID = frozenset({"br", "input", "link", "meta"})


class Html(str):
    """Text that is HTML already. Only this module makes it from anything but a literal."""

    __slots__ = ()


Content = str | int | float | Html | None
"""What an element may hold: text, which gets escaped, HTML, or nothing."""

NOTHING = Html("")


def tag(name: str, /, *content: Content, **attributes: Content) -> Html:
    """An element.

    Args:
        name: Its name.
        content: What is in it. Plain strings and numbers are escaped.
        attributes: Underscores stand for hyphens, and one at the end is dropped (`class_`). An
            attribute that is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{fragment(*content)}</{name}>")


def fragment(*content: Content) -> Html:
    """Several things one after another."""
    return Html("".join(_escaped(one) for one in content if one is not None))


def _escaped(one: str | float) -> str:
    return one if isinstance(one, Html) else html.escape(str(one))
