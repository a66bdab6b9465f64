"""The client of a command, and what files bring. May import: the library."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any, cast

from ionq_direct import IonQ
from ionq_direct.errors import ConfigurationError, InvalidJob

__all__ = ["client_of", "payload_from"]


def client_of(options: Namespace, **changes: Any) -> IonQ:
    """The client that the options and the environment describe.

    Raises:
        ConfigurationError: There is no key, or something is no setting.
    """
    if options.timeout_request is not None:
        changes["timeout"] = options.timeout_request
    return IonQ(_key_from(options.api_key_file), options.base_url, **changes)


def _key_from(file: str | None) -> str | None:
    """The key in a file; None: the environment's. The error names the file and nothing in it.

    Raises:
        ConfigurationError: The file cannot be read.
    """
    if file is None:
        return None
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ConfigurationError(f"--api-key-file: {file}: {reason}") from None
    return text.strip()


def payload_from(file: str) -> dict[str, Any]:
    """A job as JSON, from a file or stdin.

    Raises:
        InvalidJob: The file cannot be read, or holds no JSON object.
    """
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        found: object = json.loads(text)
    except OSError as error:
        raise InvalidJob(path="$", value=file, rule=f"cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise InvalidJob(path="$", value=file, rule=f"is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise InvalidJob(path="$", value=file, rule="must hold a JSON object")
    return cast("dict[str, Any]", found)
