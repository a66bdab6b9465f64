"""Takes out examples that no longer fit what they are an example of.

May import: views, documents and openapi-schema-validator on use.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ionq_conformance.spec.shapes import is_array, is_object
from ionq_conformance.spec.views import Place, pointer_of

__all__ = ["drop_unfit"]


def drop_unfit(tree: Any) -> list[str]:
    """Take out, in place, each example that does not fit its schema.

    Returns:
        Their pointers.
    """
    from openapi_schema_validator import OAS30Validator

    plain = json.loads(json.dumps(tree))
    components = {"components": plain.get("components", {})}
    dropped: list[str] = []
    for owner, key, value, schema, place in list(_examples(tree, ())):
        wanted = json.loads(json.dumps(schema))
        whole = {**components, "allOf": [wanted]}
        if next(OAS30Validator(whole).iter_errors(json.loads(json.dumps(value))), None) is not None:
            del owner[key]
            dropped.append(pointer_of(place))
    for owner in _emptied(tree):
        del owner["examples"]
    return dropped


def _examples(node: Any, place: Place) -> Iterator[tuple[Any, str, Any, Any, Place]]:
    """Each example with its owner and key, its value and its schema."""
    if is_array(node):
        for index, one in enumerate(node):
            yield from _examples(one, (*place, str(index)))
    if not is_object(node):
        return
    named = place[-1:] == ("properties",)
    schema = node.get("schema", node)
    typed = is_object(schema) and bool(schema.keys() & {"type", "$ref", "allOf", "anyOf", "oneOf"})
    if not named and typed and "example" in node:
        yield node, "example", node["example"], _bare(schema), (*place, "example")
    if not named and "schema" in node and is_object(node.get("examples")):
        for name, one in node["examples"].items():
            if is_object(one) and "value" in one:
                yield node["examples"], name, one["value"], schema, (*place, "examples", name)
    for key, value in node.items():
        if named or key not in {"example", "examples", "enum", "default"}:
            yield from _examples(value, (*place, str(key)))


def _bare(schema: Any) -> Any:
    return {key: value for key, value in schema.items() if key != "example"}


def _emptied(node: Any) -> Iterator[Any]:
    if is_object(node):
        if node.get("examples") == {} and "schema" in node:
            yield node
        for value in list(node.values()):
            yield from _emptied(value)
    elif is_array(node):
        for value in node:
            yield from _emptied(value)
