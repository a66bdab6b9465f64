"""Keeps arguments that become part of a URL's path from changing where the request goes.

May import: the standard library and ionq_direct.errors.
"""

from __future__ import annotations

import re

from ionq_direct.errors import InvalidArgument

__all__ = ["check_path", "check_path_argument"]

# `%2e` is a dot to every server, `%2f` and `%5c` a separator to some.
_ENCODED_DOT = re.compile(r"%2e", re.IGNORECASE)
_SEPARATOR = re.compile(r"[/\\]|%2f|%5c", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def check_path_argument(name: str, value: object) -> str:
    """Check one argument that fills one segment of a path.

    Args:
        name: The argument's name, for the error.
        value: Its value; its text (`str(value)`) is what would be sent.

    Returns:
        The text, unquoted.

    Raises:
        InvalidArgument: The text is empty, `.` or `..`, or holds a slash, a backslash (encoded
            or not) or a control character: the request would go to another endpoint.
    """
    text = "" if value is None else str(value)
    broken = _broken_rule(text)
    if broken:
        raise InvalidArgument(name=name, value=value, rule=broken)
    return text


def check_path(raw_path: str) -> None:
    """Check the path of a URL as it is about to be sent, segment by segment.

    Args:
        raw_path: The percent-encoded path, starting with a slash, without query.

    Raises:
        InvalidArgument: A segment breaks a rule of `check_path_argument`.
    """
    # One regular expression for the common case: only letters, digits and harmless signs.
    if _PLAIN_PATH.fullmatch(raw_path):
        return
    for segment in raw_path.removeprefix("/").split("/"):
        broken = _broken_rule(segment)
        if broken:
            raise InvalidArgument(name="path", value=raw_path, rule=f"a segment {broken}")


# A segment of dots alone does not match: it needs one sign that is no dot.
_PLAIN_PATH = re.compile(r"(?:/\.*[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+")


def _broken_rule(segment: str) -> str | None:
    if not segment:
        return "must not be empty"
    if _ENCODED_DOT.sub(".", segment) in {".", ".."}:
        return "must not be '.' or '..'"
    if _SEPARATOR.search(segment):
        return "must not hold a slash or backslash"
    if _CONTROL.search(segment):
        return "must not hold a control character"
    return None
