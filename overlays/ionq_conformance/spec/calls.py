"""Who calls whom: receivers of calls are resolved by their types.

Told is what can be told from annotations, constructors and imports; a method whose receiver is not
known is taken for the only one of that name that the module can mean. May import: code, typed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ionq_conformance.spec.code import Module, Symbol
from ionq_conformance.spec.typed import Program, Scope

__all__ = ["Calls"]

_MADE: Final = ("__new__", "__init__", "__post_init__")
_OPENED: Final = ("__enter__", "__exit__", "__aenter__", "__aexit__")
_ITERATED: Final = ("__iter__", "__next__", "__aiter__", "__anext__")


class Calls:
    """The calls in a program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._uses: dict[Symbol, set[Symbol]] = {}
        for module in program.modules.values():
            self._read(module)
        self._used_by: dict[Symbol, set[Symbol]] = {}
        for caller, called in self._uses.items():
            for one in called:
                self._used_by.setdefault(one, set()).add(caller)

    def callers(self, start: Iterable[Symbol]) -> set[Symbol]:
        """What comes to one of these by calls, and these."""
        return _closure(start, self._used_by)

    def called(self, start: Iterable[Symbol]) -> set[Symbol]:
        """What these come to by calls, and these."""
        return _closure(start, self._uses)

    def _read(self, module: Module) -> None:
        for symbol, name, _ in module.names:
            found = self._program.resolve(module, name)
            if found is not None:
                self._note((module.name, symbol), found)
        for symbol, function in module.functions.items():
            owner = (module.name, symbol.partition(".")[0]) if "." in symbol else None
            scope = Scope(self._program, module, owner, function)
            for used in self._used(module, scope):
                self._note((module.name, symbol), used)

    def _note(self, caller: Symbol, called: Symbol) -> None:
        uses = self._uses.setdefault(caller, set())
        uses.add(called)
        if self._program.has(called):
            uses |= {one for name in _MADE if (one := self._program.defines(called, name))}
        uses.discard(caller)

    def _used(self, module: Module, scope: Scope) -> Iterator[Symbol]:
        """The methods and properties that a function uses."""
        for node in scope.nodes:
            if isinstance(node, ast.Attribute):
                yield from self._of_attribute(node, module, scope)
            elif isinstance(node, ast.With | ast.AsyncWith):
                for item in node.items:
                    yield from self._of_protocol(item.context_expr, _OPENED, scope)
            elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
                yield from self._of_protocol(node.iter, _ITERATED, scope)

    def _of_attribute(self, node: ast.Attribute, module: Module, scope: Scope) -> Iterator[Symbol]:
        owner = scope.type_of(node.value) or scope.class_of(node.value)
        if owner is None:
            value = node.value
            if isinstance(value, ast.Name) and (
                value.id in module.imports or value.id in module.symbols
            ):
                return  # a logger, a pattern, another module
            only = self._program.only(module, node.attr)
            if only is not None:
                yield only
        elif self._program.has(owner.of):
            yield from self._program.dispatched(owner.of, node.attr)

    def _of_protocol(
        self, node: ast.expr, names: tuple[str, ...], scope: Scope
    ) -> Iterator[Symbol]:
        owner = scope.type_of(node)
        if owner is not None and self._program.has(owner.of):
            for name in names:
                yield from self._program.dispatched(owner.of, name)


def _closure(start: Iterable[Symbol], edges: Mapping[Symbol, set[Symbol]]) -> set[Symbol]:
    seen = set(start)
    waiting = list(seen)
    while waiting:
        more = edges.get(waiting.pop(), set()) - seen
        seen |= more
        waiting += more
    return seen
