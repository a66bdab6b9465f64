"""The classes of some code and the types of what they have, as annotations and constructors say.

May import: code.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ionq_conformance.spec.code import Function, Module, Symbol

__all__ = ["Names", "Program", "Scope", "Type"]

_COMMON: Final = {
    name
    for kind in (dict, list, str, set, bytes, tuple, int, float, BaseException, object)
    for name in dir(kind)
} | set(dir(builtins))
_WRAPPERS: Final = {"Awaitable", "Coroutine", "Annotated", "Final", "ClassVar", "Type", "type"}
_MOST_STEPS: Final = 8  # of a name through re-exports


@dataclass(frozen=True, slots=True)
class Type:
    """A class, by symbol or by the name of one that is not in these modules; and its arguments."""

    of: Symbol
    arguments: tuple[Type, ...] = ()


Names = dict[str, Type]


class Program:
    """Some modules and the classes in them.

    Args:
        modules: The modules by name.
    """

    def __init__(self, modules: Mapping[str, Module]) -> None:
        self.modules = modules
        classes = [(m.name, name) for m in modules.values() for name in m.classes]
        self._bases = {symbol: list(self._bases_of(symbol)) for symbol in classes}
        self._lines = {symbol: list(self._line(symbol, {symbol})) for symbol in classes}
        self._attributes: dict[Symbol, Names] = {}
        self._methods = self._by_method()

    # --- Classes ---

    def has(self, symbol: Symbol) -> bool:
        """Whether it is a class of these modules."""
        return symbol in self._bases

    def line(self, owner: Symbol) -> list[Symbol]:
        """A class and those it is made from, nearest first."""
        return [owner, *self._lines.get(owner, ())]

    def below(self, owner: Symbol) -> set[Symbol]:
        """A class and those made from it."""
        return {owner, *(one for one, line in self._lines.items() if owner in line)}

    def defines(self, owner: Symbol, member: str) -> Symbol | None:
        """The method that an object of a class has by a name."""
        for module, name in (owner, *self._lines.get(owner, ())):
            if f"{name}.{member}" in self.modules[module].symbols:
                return module, f"{name}.{member}"
        return None

    def dispatched(self, owner: Symbol, name: str) -> Iterator[Symbol]:
        """What may run: the method of the class, and those that stand in for it further down."""
        found = self.defines(owner, name)
        if found is not None:
            yield found
        for one in self.below(owner):
            if f"{one[1]}.{name}" in self.modules[one[0]].symbols:
                yield one[0], f"{one[1]}.{name}"

    def only(self, module: Module, name: str) -> Symbol | None:
        """The only method of a name among the classes that a module defines or imports."""
        origins = [origin for origin, _ in module.imports.values()]
        homes = {
            (home, symbol)
            for home, symbol in self._methods.get(name, ())
            if home == module.name
            or any(one == home or one.startswith(f"{home}.") for one in origins)
        }
        return homes.pop() if len(homes) == 1 and name not in _COMMON else None

    def _bases_of(self, symbol: Symbol) -> Iterator[Symbol]:
        module = self.modules[symbol[0]]
        for base in module.classes[symbol[1]].bases:
            found = self.annotated(base, module, None)
            if found is not None and found.of[0] in self.modules:
                yield found.of

    def _line(self, symbol: Symbol, seen: set[Symbol]) -> Iterator[Symbol]:
        for base in self._bases.get(symbol, ()):
            if base not in seen:
                seen.add(base)
                yield base
                yield from self._line(base, seen)

    def _by_method(self) -> dict[str, set[Symbol]]:
        found: dict[str, set[Symbol]] = {}
        for module in self.modules.values():
            for symbol in module.functions:
                owner, _, method = symbol.partition(".")
                if method and owner:
                    found.setdefault(method, set()).add((module.name, symbol))
        return found

    # --- Names and annotations ---

    def resolve(self, module: Module, name: str) -> Symbol | None:
        """What a name of a module stands for, through re-exports."""
        for _ in range(_MOST_STEPS):
            if name in module.symbols:
                return module.name, name
            if name not in module.imports:
                return None
            home, _, inner = module.imports[name][0].rpartition(".")
            if home not in self.modules:
                return None
            module, name = self.modules[home], inner
        return None

    def annotated(self, node: ast.expr | None, module: Module, owner: Symbol | None) -> Type | None:
        """The type that an annotation names; of several the first that is a class of ours.

        Args:
            node: The annotation.
            module: The module it is in.
            owner: The class it is in, which `Self` is.
        """
        found: Type | None = None
        match _unquoted(node):
            case ast.Name(id="Self") if owner is not None:
                found = Type(owner)
            case ast.Name(id=name):
                found = Type(self.resolve(module, name) or ("", name))
            case ast.Attribute(attr=name):
                found = Type(("", name))
            case ast.BinOp(left=left, right=right):
                sides = [self.annotated(one, module, owner) for one in (left, right)]
                known = [one for one in sides if one is not None]
                found = next((one for one in known if one.of[0]), known[0] if known else None)
            case ast.Subscript() as generic:
                found = self._generic(generic, module, owner)
            case _:
                pass
        return found

    def _generic(self, node: ast.Subscript, module: Module, owner: Symbol | None) -> Type | None:
        outer = self.annotated(node.value, module, owner)
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        found = [self.annotated(one, module, owner) for one in inner]
        arguments = tuple(one for one in found if one is not None)
        if outer is None or (outer.of[1] in _WRAPPERS and not outer.of[0]):
            return arguments[-1] if arguments else None
        return Type(outer.of, arguments)

    # --- Members ---

    def _members(self, owner: Symbol) -> Names:
        """The types of a class's attributes: annotated, or given by its methods."""
        if owner in self._attributes:
            return self._attributes[owner]
        found = self._attributes[owner] = {}
        module = self.modules[owner[0]]
        node = module.classes.get(owner[1])
        for one in node.body if node else ():
            if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
                self._put(found, one.target.id, self.annotated(one.annotation, module, owner))
        for one in node.body if node else ():
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and _gives(one):
                for target, value in Scope(self, module, owner, one).given():
                    self._put(found, target, value)
        return found

    def _put(self, names: Names, name: str, value: Type | None) -> None:
        if value is not None:
            names.setdefault(name, value)

    def member(self, of: Type, name: str) -> Type | None:
        """The type of an attribute: of a property what it gives, of a method nothing."""
        if of.of not in self._bases:
            return None
        found = self.defines(of.of, name)
        if found is not None:
            function = self.modules[found[0]].functions.get(found[1])
            if function is not None and _is_property(function):
                return self.annotated(function.returns, self.modules[found[0]], of.of)
            return None
        for owner in (of.of, *self._lines.get(of.of, ())):
            if name in self._members(owner):
                return self._members(owner)[name]
        return None

    def returned(self, symbol: Symbol, owner: Symbol | None) -> Type | None:
        """What a call of a function or class gives."""
        module = self.modules[symbol[0]]
        if symbol[1] in module.classes:
            return Type(symbol)
        function = module.functions.get(symbol[1])
        return self.annotated(function.returns, module, owner) if function else None


class Scope:
    """One function: the types of its names and expressions.

    Attributes:
        nodes: All that is in it.
    """

    def __init__(
        self, program: Program, module: Module, owner: Symbol | None, function: Function
    ) -> None:
        self._program = program
        self._module = module
        self._owner = owner
        self._function = function
        self.nodes = list(ast.walk(function))
        self._names: Names = {}
        self._bind()

    def given(self) -> Iterator[tuple[str, Type | None]]:
        """The attributes that it gives to `self`, and their types."""
        for node in self.nodes:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Attribute) and _is_self(target.value):
                        yield target.attr, self.type_of(node.value)
            elif isinstance(node, ast.AnnAssign):
                target = node.target
                if isinstance(target, ast.Attribute) and _is_self(target.value):
                    yield target.attr, self._annotation(node.annotation)

    def _annotation(self, node: ast.expr | None) -> Type | None:
        return self._program.annotated(node, self._module, self._owner)

    # --- Types of names ---

    def _bind(self) -> None:
        given = self._function.args
        for one in (*given.posonlyargs, *given.args, *given.kwonlyargs):
            self._put(one.arg, self._annotation(one.annotation))
        if self._owner is not None:
            self._names.setdefault("self", Type(self._owner))
            self._names.setdefault("cls", Type(self._owner))
        for _ in range(2):  # what is bound further down counts, too
            for node in self.nodes:
                self._bind_node(node)

    def _bind_node(self, node: ast.AST) -> None:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            self._put(node.target.id, self._annotation(node.annotation))
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self._put_target(target, self.type_of(node.value))
        elif isinstance(node, ast.NamedExpr):
            self._put(node.target.id, self.type_of(node.value))
        elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
            self._put_target(node.target, self._element(node.iter))
        elif isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                if item.optional_vars is not None:
                    self._put_target(item.optional_vars, self.type_of(item.context_expr))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for one in (*node.args.args, *node.args.kwonlyargs):
                self._put(one.arg, self._annotation(one.annotation))

    def _put_target(self, target: ast.expr, value: Type | None) -> None:
        if isinstance(target, ast.Name):
            self._put(target.id, value)

    def _put(self, name: str, value: Type | None) -> None:
        if value is not None:
            self._names.setdefault(name, value)

    # --- Types of expressions ---

    def type_of(self, node: ast.expr | None) -> Type | None:
        """The type of an expression, as far as it can be told."""
        found: Type | None = None
        match node:
            case ast.Name():
                found = self._names.get(node.id)
            case ast.Await():
                found = self.type_of(node.value)
            case ast.Attribute():
                owner = self.type_of(node.value)
                found = None if owner is None else self._program.member(owner, node.attr)
            case ast.Call():
                found = self._result(node)
            case ast.IfExp():
                found = self.type_of(node.body) or self.type_of(node.orelse)
            case ast.BoolOp():
                sides = (self.type_of(one) for one in node.values)
                found = next((one for one in sides if one is not None), None)
            case ast.Subscript():
                found = self._element(node.value)
            case _:
                pass
        return found

    def _element(self, node: ast.expr) -> Type | None:
        found = self.type_of(node)
        return found.arguments[-1] if found is not None and found.arguments else None

    def class_of(self, node: ast.expr) -> Type | None:
        """A class that is named, not an object of it."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "super" and self._owner is not None:
                return next((Type(b) for b in self._program.line(self._owner)[1:]), None)
            return None
        if not isinstance(node, ast.Name):
            return None
        symbol = self._program.resolve(self._module, node.id)
        return Type(symbol) if symbol is not None and self._program.has(symbol) else None

    def _result(self, call: ast.Call) -> Type | None:
        """What a call gives."""
        function = call.func
        if isinstance(function, ast.Name):
            symbol = self._program.resolve(self._module, function.id)
            if symbol is None:
                return None
            if self._program.has(symbol):
                return Type(symbol, self._parameters(call))
            return self._program.returned(symbol, None)
        if isinstance(function, ast.Attribute):
            return self._returned_by_member(function)
        return None

    def _returned_by_member(self, function: ast.Attribute) -> Type | None:
        owner = self.type_of(function.value) or self.class_of(function.value)
        if owner is None or not self._program.has(owner.of):
            return None
        found = self._program.defines(owner.of, function.attr)
        given = None if found is None else self._program.returned(found, owner.of)
        if given is not None and given.of[0] and not self._program.has(given.of):
            return owner.arguments[-1] if owner.arguments else None  # a type variable
        return given

    def _parameters(self, call: ast.Call) -> tuple[Type, ...]:
        """What a generic class is made of, when it is given a function that makes it."""
        for one in call.args:
            if isinstance(one, ast.Attribute):
                found = self._returned_by_member(one)
            elif isinstance(one, ast.Name):
                symbol = self._program.resolve(self._module, one.id)
                found = None if symbol is None else self._program.returned(symbol, None)
            else:
                found = None
            if found is not None and self._program.has(found.of):
                return (found,)
        return ()


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _unquoted(node: ast.expr | None) -> ast.expr | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return None
    return node


def _gives(function: Function) -> bool:
    """Whether it gives anything to `self`."""
    return any(
        isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_self(node.value)
        for node in ast.walk(function)
    )


def _is_property(function: Function) -> bool:
    names = [ast.unparse(one) for one in function.decorator_list]
    return any(name.endswith("property") for name in names)
