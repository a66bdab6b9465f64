"""The API contract, loaded from the generated package's data, and what each operation answers.

May import: orjson and the packaged documents of ionq_api.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files

import orjson

from ionq_emulator.values import Json

__all__ = ["VERSIONS", "Contract", "Json", "Operation", "load"]

_METHODS = ("get", "put", "post", "delete", "patch")
_PACKAGES = {"v0.4": "ionq_api.v0_4", "v0.3": "ionq_api.v0_3"}
VERSIONS = tuple(_PACKAGES)
"""The versions that have a contract."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the contract.

    Attributes:
        operation_id: The document's `operationId`.
        method: Upper-case HTTP method.
        path: Path template below the version, such as `/jobs/{UUID}`.
        responses: Status code (or `default`) to response object, references resolved.
        public: True when the operation needs no API key (`security: []`).
    """

    operation_id: str
    method: str
    path: str
    responses: dict[str, Json]
    public: bool


@dataclass(frozen=True)
class Contract:
    """An OpenAPI 3.0 document and an index of its operations by `operationId`."""

    document: Json
    operations: dict[str, Operation]

    def resolve(self, node: Json) -> Json:
        """Follow `$ref`s of this document until something else is reached."""
        while "$ref" in node:
            node = functools.reduce(
                lambda value, key: value[key],
                node["$ref"].removeprefix("#/").split("/"),
                self.document,
            )
        return node


@functools.cache
def load(version: str = "v0.4") -> Contract:
    """Read the patched document the client was generated from.

    Args:
        version: `v0.4` or `v0.3`.
    """
    text = (files(_PACKAGES[version]) / "openapi.json").read_bytes()
    return index(orjson.loads(text))


def index(document: Json) -> Contract:
    """Index a document's operations."""
    contract = Contract(document, {})
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                operation = _operation(contract, path, method, item[method])
                contract.operations[operation.operation_id] = operation
    return contract


def _operation(contract: Contract, path: str, method: str, node: Json) -> Operation:
    responses = {str(code): contract.resolve(body) for code, body in node["responses"].items()}
    return Operation(
        operation_id=node["operationId"],
        method=method.upper(),
        path=path,
        responses=responses,
        public=node.get("security") == [],
    )
