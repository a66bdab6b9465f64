"""From OpenAPI 3.0 schemas to JSON Schema, and compiled validators over them.

May import: jsonschema-rs and the contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

from ionq_emulator.values import as_list, as_object

if TYPE_CHECKING:
    from ionq_emulator.contract import Contract, Json

__all__ = ["compile_schema", "to_json_schema"]

_INT_BOUNDS = {
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
}
# Annotations, and keywords of OpenAPI alone: validators need none of them.
_DROPPED = {"nullable", "example", "discriminator", "xml", "externalDocs", "deprecated"}


def to_json_schema(schema: Any) -> Any:
    """Turn an OpenAPI 3.0 schema into JSON Schema 2020-12.

    The differences that matter: `nullable`, boolean `exclusiveMinimum`/`exclusiveMaximum`,
    siblings of `$ref` (which OpenAPI 3.0 ignores), and `format: int32`, which validators know
    nothing of and which becomes bounds.

    Args:
        schema: A schema object, or anything inside one.
    """
    entries, fields = as_list(schema), as_object(schema)
    if entries is not None:
        return [to_json_schema(entry) for entry in entries]
    if fields is None:
        return schema
    if isinstance(fields.get("$ref"), str):
        return {"$ref": fields["$ref"]}
    converted = {
        key: _convert_keyword(key, value) for key, value in fields.items() if key not in _DROPPED
    }
    _exclusive_bounds(converted)
    _integer_format(converted)
    return _nullable(converted) if fields.get("nullable") is True else converted


def _convert_keyword(key: str, value: Any) -> Any:
    properties = as_object(value)
    if key == "properties" and properties is not None:
        return {name: to_json_schema(entry) for name, entry in properties.items()}
    if key in {"enum", "default", "required"}:
        return value
    return to_json_schema(value)


def _exclusive_bounds(schema: Json) -> None:
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        flag = schema.get(exclusive)
        if isinstance(flag, bool):
            del schema[exclusive]
            if flag and bound in schema:
                schema[exclusive] = schema.pop(bound)


def _integer_format(schema: Json) -> None:
    if schema.get("type") != "integer" or schema.get("format") not in _INT_BOUNDS:
        return
    low, high = _INT_BOUNDS[schema.pop("format")]
    schema.setdefault("minimum", low)
    schema.setdefault("maximum", high)


def _nullable(schema: Json) -> Json:
    if "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    schema["type"] = [schema["type"], "null"]
    if "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]
    return schema


def compile_schema(contract: Contract, schema: Json) -> jsonschema_rs.Draft202012Validator:
    """Compile a schema that may refer to the contract's components.

    Args:
        contract: The document that `#/components/...` points into.
        schema: The OpenAPI 3.0 schema to compile.
    """
    components = to_json_schema({"properties": contract.document["components"]["schemas"]})
    root = {
        "allOf": [to_json_schema(schema)],
        "components": {"schemas": components["properties"]},
    }
    return jsonschema_rs.Draft202012Validator(root, validate_formats=True)
