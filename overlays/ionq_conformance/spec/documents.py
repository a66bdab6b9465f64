"""Read and write OpenAPI and Overlay documents (YAML or JSON) without surprises.

May import: the standard library and ruamel.yaml.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ionq_conformance.spec.shapes import is_array, is_object

JSON = Any
"""A JSON value: what YAML 1.2 with its JSON schema can hold."""

HTTP_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


_MOST_VALUES = 5_000_000


class DocumentError(Exception):
    """A document cannot be used; the message names it and says why."""


def parse(text: str, name: str) -> JSON:
    """Parse YAML or JSON text; JSON first, since every JSON document is also (slow) YAML.

    Raises:
        DocumentError: The text is neither, or holds something JSON cannot (a date, a non-text key).
    """
    try:
        value = _parse(text, name)
        _refuse_what_explodes(value, name)
        return _as_json(value, name, "$")
    except RecursionError as error:
        raise DocumentError(f"{name}: nested too deeply") from error


def _refuse_what_explodes(value: Any, name: str) -> None:
    """A few lines of YAML can stand for more than a machine holds: each alias is one more copy."""
    sizes: dict[int, int] = {}

    def size(node: Any) -> int:
        if not (is_object(node) or is_array(node)):
            return 1
        if sizes.get(id(node)) == 0:
            raise DocumentError(f"{name}: nested too deeply: a part of it holds itself")
        if id(node) not in sizes:
            sizes[id(node)] = 0  # until it is known
            inner = node.values() if is_object(node) else node
            sizes[id(node)] = 1 + sum(map(size, inner))
        return sizes[id(node)]

    if size(value) > _MOST_VALUES:
        raise DocumentError(f"{name}: holds more than {_MOST_VALUES:,} values")


def _parse(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        pass
    # YAML 1.2, where `on`, `no` and `1e3` mean what an OpenAPI author expects.
    reader: Any = YAML(typ="safe", pure=True)  # which carries no types
    try:
        return reader.load(text)
    except YAMLError as error:
        why = " ".join(str(error).split())[:300]
        raise DocumentError(f"{name}: neither JSON nor YAML: {why}") from error
    except ValueError as error:
        raise DocumentError(f"{name}: cannot be read: {error}") from error


def _as_json(value: Any, name: str, at: str) -> JSON:
    """The value with text keys and text timestamps, as JSON would have it."""
    if is_object(value):
        return {_key(k, name, at): _as_json(v, name, f"{at}.{k}") for k, v in value.items()}
    if is_array(value):
        return [_as_json(v, name, f"{at}[{i}]") for i, v in enumerate(value)]
    if isinstance(value, str):
        return _text(value, name, at)
    if isinstance(value, float) and not math.isfinite(value):
        raise DocumentError(f"{name}: {at}: {value} has no JSON form")
    if value is None or isinstance(value, bool | int | float):
        return value
    if hasattr(value, "isoformat"):  # an unquoted timestamp: text in OpenAPI
        return value.isoformat()
    raise DocumentError(f"{name}: {at}: {type(value).__name__} has no JSON form")


def _text(value: str, name: str, at: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(f"{name}: {at}: {value!r} is half a character") from error
    return value


def _key(key: Any, name: str, at: str) -> str:
    if isinstance(key, str):
        return _text(key, name, at)
    if isinstance(key, int) and not isinstance(key, bool):  # `200:` under responses
        return str(key)
    raise DocumentError(f"{name}: {at}: the key {key!r} is not text")


def load(path: Path) -> JSON:
    """Read one document.

    Raises:
        DocumentError: The file cannot be read or parsed.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: cannot be read: {error}") from error
    return parse(text, str(path))


def load_openapi(path: Path) -> dict[str, Any]:
    """Read an OpenAPI 3.x document; anything else (an HTML error page, half a file) is refused.

    Raises:
        DocumentError: It is not one, or it refers to files or hosts outside itself.
    """
    return check_openapi(load(path), str(path))


def check_openapi(document: JSON, path: str) -> dict[str, Any]:
    """The document, if it is one of OpenAPI 3.x; `path` is what errors call it.

    Raises:
        DocumentError: It is not one, or it refers to files or hosts outside itself.
    """
    if not is_object(document):
        raise DocumentError(f"{path}: not an OpenAPI document: the top level is not an object")
    version = document.get("openapi")
    if not isinstance(version, str) or not version.startswith("3."):
        raise DocumentError(f"{path}: not an OpenAPI 3 document: openapi is {version!r}")
    for required in ("info", "paths"):
        if not is_object(document.get(required)):
            raise DocumentError(f"{path}: not an OpenAPI document: {required!r} is missing")
    _refuse_outside_references(document, path, "$")
    return document


def _refuse_outside_references(node: JSON, path: str, at: str) -> None:
    """A document may only refer to itself: what is elsewhere is neither vendored nor reviewed."""
    if is_object(node):
        reference = node.get("$ref")
        if isinstance(reference, str) and not reference.startswith("#/"):
            raise DocumentError(f"{path}: {at}: $ref leaves the document: {reference!r}")
        for key, value in node.items():
            _refuse_outside_references(value, path, f"{at}.{key}")
    elif is_array(node):
        for index, value in enumerate(node):
            _refuse_outside_references(value, path, f"{at}[{index}]")


def dumps(document: JSON) -> str:
    """The one JSON form we write: insertion order, two spaces, a newline at the end."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
