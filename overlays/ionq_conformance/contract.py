"""The patched document as the suite reads it: operations, schemas, clauses as JSON pointers.

May import: the generated package's data, jsonschema-rs, the standard library.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, cast

__all__ = ["METHODS", "Contract", "Json", "Operation", "load", "pointer"]

Json = dict[str, Any]
METHODS: Final = ("get", "put", "post", "delete", "patch")


def pointer(*steps: str) -> str:
    """A JSON pointer (RFC 6901), as a fragment: `#/paths/~1jobs/get`."""
    return "#" + "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the document.

    Attributes:
        operation_id: The document's `operationId`.
        method: Upper-case.
        path: Template below the base URL, such as `/jobs/{UUID}`.
        node: The operation object, references as they are.
        public: Whether it needs no key.
        tag: What it is about.
    """

    operation_id: str
    method: str
    path: str
    node: Json
    public: bool
    tag: str

    @property
    def label(self) -> str:
        """Method and path, as reports and schemathesis name it."""
        return f"{self.method} {self.path}"

    @property
    def pointer(self) -> str:
        """Where it stands in the document."""
        return pointer("paths", self.path, self.method.lower())

    def matches(self, path: str) -> bool:
        """Whether a path below the base URL is one of this operation."""
        return _pattern(self.path).fullmatch(path) is not None


@functools.cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{[^}]*\}", template)
    return re.compile("[^/]*".join(map(re.escape, parts)))


class Contract:
    """An OpenAPI 3.0 document with an index of its operations.

    Args:
        document: The document, patches applied.
    """

    def __init__(self, document: Json) -> None:
        self.document = document
        self.operations: dict[str, Operation] = {
            operation.operation_id: operation for operation in _operations(document)
        }
        self._by_text = {_letters(name): name for name in self.operations}

    def find(self, method: str, path: str) -> Operation | None:
        """The operation of a request below the base URL; templates without braces go first."""
        fitting = [
            operation
            for operation in self.operations.values()
            if operation.method == method and operation.matches(path)
        ]
        return min(fitting, key=lambda operation: operation.path.count("{"), default=None)

    def named(self, name: str) -> Operation | None:
        """The operation by its id, however spelled: `GetJobs`, `get_jobs`, `get-jobs`."""
        found = self._by_text.get(_letters(name))
        return None if found is None else self.operations[found]

    def resolve(self, node: Json) -> Json:
        """Follow references until something else is reached."""
        return self.located(node, "")[0]

    def located(self, node: Json, at: str) -> tuple[Json, str]:
        """Follow references; the object reached, and its JSON pointer."""
        while "$ref" in node:
            at = str(node["$ref"])
            found: Any = self.document
            for step in at.removeprefix("#/").split("/"):
                found = found[step.replace("~1", "/").replace("~0", "~")]
            node = cast("Json", found)
        return node, at

    def response(self, operation: Operation, status: int) -> tuple[Json, str] | None:
        """The response object of a status and its JSON pointer; None: it is not documented."""
        responses = cast("Json", operation.node["responses"])
        for key in (str(status), f"{status // 100}XX", "default"):
            if key in responses:
                at = f"{operation.pointer}/responses/{key}"
                return self.located(cast("Json", responses[key]), at)
        return None

    def clause(self, operation: Operation, status: int) -> str:
        """JSON pointer of what the document says of an answer, as deep as it says anything."""
        found = self.response(operation, status)
        if found is None:
            return f"{operation.pointer}/responses"
        response, at = found
        content = cast("Json", response.get("content", {}))
        if "application/json" in content:
            return f"{at}/content/application~1json/schema"
        return at

    def parameters(self, operation: Operation) -> list[Json]:
        """The parameters of an operation, those of its path included, references resolved."""
        item = self.document["paths"][operation.path]
        nodes: Iterable[Json] = [*item.get("parameters", []), *operation.node.get("parameters", [])]
        return [self.resolve(node) for node in nodes]

    def body_schema(self, operation: Operation) -> Json | None:
        """The schema of an operation's JSON body; None: it has none."""
        node = operation.node.get("requestBody")
        if node is None:
            return None
        content = self.resolve(cast("Json", node))["content"]
        return cast("Json", content["application/json"]["schema"])


def _operations(document: Json) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                node = item[method]
                yield Operation(
                    operation_id=node["operationId"],
                    method=method.upper(),
                    path=path,
                    node=node,
                    public=node.get("security", document.get("security")) in ([], None),
                    tag=(node.get("tags") or ["default"])[0],
                )


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


@functools.cache
def load(version: str = "v0.4") -> Contract:
    """The document that the generated package of a version was made from, patches applied."""
    package = f"ionq_api.{version.replace('.', '_')}"
    return Contract(json.loads((files(package) / "openapi.json").read_bytes()))
