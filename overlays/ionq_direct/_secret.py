"""Holds an API key so that it shows up nowhere by accident.

May import: the standard library, ionq_direct.errors and _checks.
"""

from __future__ import annotations

import re
from typing import NoReturn

from ionq_direct._checks import require_text
from ionq_direct.errors import ConfigurationError

__all__ = ["Secret"]

# RFC 9110: what a header value may hold, without the space that would end the key.
_PRINTABLE = re.compile(r"[\x21-\x7e]+")


class Secret:
    """An API key whose text, repr and format are masks, and which does not pickle.

    Raises:
        ConfigurationError: The key is empty or holds a character that no header can carry (a
            newline from a file, a space, a quote from another alphabet). The key is not shown.
    """

    __slots__ = ("__value",)

    def __init__(self, value: str) -> None:
        if not _PRINTABLE.fullmatch(require_text("api_key", value)):
            raise ConfigurationError(
                "api_key: must be printable ASCII without spaces or line ends, and not empty"
            )
        self.__value = value

    def reveal(self) -> str:
        """The key itself. Keep it out of variables that outlive the line."""
        return self.__value

    def redact(self, text: str) -> str:
        """The text without the key."""
        return text.replace(self.__value, "[redacted]")

    def redact_bytes(self, content: bytes) -> bytes:
        """The content without the key."""
        return content.replace(self.__value.encode("ascii"), b"[redacted]")

    def __repr__(self) -> str:
        return "Secret(****)"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("an API key does not pickle: give it to the other process in another way")
