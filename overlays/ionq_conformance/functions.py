"""The generated functions by the operation of the document that each of them is for.

May import: the generated client, the contract.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ionq_api.v0_4 import api
from ionq_conformance.contract import load

__all__ = ["Function", "functions"]


@dataclass(frozen=True, slots=True)
class Function:
    """The generated module of an operation.

    Attributes:
        module: Has `sync_detailed`, `asyncio_detailed` and the rest.
        hints: Types of the arguments by name; `client` is none of them.
    """

    module: Any
    hints: Mapping[str, Any]


@functools.cache
def functions() -> Mapping[str, Function]:
    """All of them, by `operationId`."""
    contract, found = load(), dict[str, Function]()
    for info in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
        operation = contract.named(info.name.rpartition(".")[2])
        if operation is not None and not info.ispkg:
            found[operation.operation_id] = _function(importlib.import_module(info.name))
    return types.MappingProxyType(found)


def _function(module: Any) -> Function:
    hints = typing.get_type_hints(module.sync_detailed)
    names = [name for name in inspect.signature(module.sync_detailed).parameters if name in hints]
    return Function(module, {name: hints[name] for name in names if name != "client"})
