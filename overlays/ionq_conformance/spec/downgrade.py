"""Writes an OpenAPI 3.1 document as 3.0, where that loses nothing; says what stands in the way.

May import: documents and the standard library.
"""

from __future__ import annotations

from typing import Any, Final

from ionq_conformance.spec.documents import DocumentError
from ionq_conformance.spec.shapes import is_array, is_object

__all__ = ["downgrade"]

_UNKNOWN_IN_30: Final = {
    *("if", "then", "else", "prefixItems", "contains", "minContains", "maxContains"),
    *("dependentSchemas", "dependentRequired", "patternProperties", "propertyNames"),
    *("unevaluatedItems", "unevaluatedProperties", "$defs", "$dynamicRef", "$dynamicAnchor"),
}
_HARMLESS: Final = ("$schema", "$id", "$comment", "$anchor", "contentMediaType", "contentSchema")
_NAMED: Final = ("schemas", "properties", "parameters", "responses", "headers", "content", "paths")


def downgrade(document: dict[str, Any], name: str) -> tuple[dict[str, Any], list[str]]:
    """The document in OpenAPI 3.0.3, and what was left out.

    Raises:
        DocumentError: It says what 3.0 has no words for.
    """
    version = str(document["openapi"])
    if version.startswith("3.0"):
        return document, []
    if not version.startswith("3.1"):
        raise DocumentError(f"{name}: OpenAPI {version} is not known")
    walk = _Downgrade()
    result = walk.node(document, "$", names=False)
    if walk.problems:
        raise DocumentError(f"{name}: not to be said in OpenAPI 3.0: {'; '.join(walk.problems)}")
    result["openapi"] = "3.0.3"
    result.pop("jsonSchemaDialect", None)
    lost = ["webhooks"] if result.pop("webhooks", None) else []
    return result, lost


class _Downgrade:
    def __init__(self) -> None:
        self.problems: list[str] = []

    def node(self, node: Any, at: str, *, names: bool) -> Any:
        if is_array(node):
            return [self.node(one, f"{at}[{i}]", names=False) for i, one in enumerate(node)]
        if not is_object(node):
            return node
        if not names:
            node = self._keywords(node, at)
        raw = ("enum", "default", "example", "examples", "const")
        return {
            key: value
            if not names and key in raw
            else self.node(
                {} if value is True and names and at.endswith(("properties", "schemas")) else value,
                f"{at}.{key}",
                names=not names and key in _NAMED,
            )
            for key, value in node.items()
        }

    def _keywords(self, node: dict[str, Any], at: str) -> dict[str, Any]:
        self.problems += [f"{at}: {key}" for key in sorted(_UNKNOWN_IN_30 & node.keys())]
        node = {key: value for key, value in node.items() if key not in _HARMLESS}
        if isinstance(node.get("$ref"), str):
            return {"$ref": node["$ref"]}  # beside it only words make sense
        if "const" in node:
            node["enum"] = [node.pop("const")]
        self._types(node, at)
        self._null_form(node)
        for end in ("inimum", "aximum"):
            limit = node.get(f"exclusiveM{end}")
            if isinstance(limit, int | float) and not isinstance(limit, bool):
                node[f"m{end}"], node[f"exclusiveM{end}"] = limit, True
        return node

    def _types(self, node: dict[str, Any], at: str) -> None:
        types = node.get("type")
        if types == "null":
            del node["type"]
            node.update(enum=[None], nullable=True)
        if not is_array(types):
            return
        named = [one for one in types if one != "null"]
        if len(named) < len(types):
            node["nullable"] = True
        if len(named) == 1:
            node["type"] = named[0]
        elif "anyOf" not in node and named:
            del node["type"]
            node["anyOf"] = [{"type": one} for one in named]
        else:
            self.problems.append(f"{at}: type {types}")

    def _null_form(self, node: dict[str, Any]) -> None:
        """A union with null is the union of the others, and nullable."""
        for joiner in ("anyOf", "oneOf"):
            forms = node.get(joiner)
            rest = [one for one in forms if one != {"type": "null"}] if is_array(forms) else []
            if forms and rest and len(rest) < len(forms):
                del node[joiner]
                node["allOf" if len(rest) == 1 else joiner] = rest
                node["nullable"] = True
