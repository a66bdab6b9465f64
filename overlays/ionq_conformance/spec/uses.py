"""Where the overlays use an operation, a model or a field, and which public helpers that reaches.

Told is what the code says for sure: imports of generated modules and the functions that use the
imported name; texts equal to an `operationId` or a field, where an operation is used; what a type
checker finds. May import: code, typed, calls.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ionq_conformance.spec.calls import Calls
from ionq_conformance.spec.code import Module, Symbol, read_package
from ionq_conformance.spec.typed import Program

__all__ = ["Overlays", "TypeFault", "Use"]

_LIBRARY: Final = "ionq_direct"
_PACKAGES: Final = (_LIBRARY, "ionq_emulator")


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """One place in the overlays.

    Attributes:
        file: Path below overlays/.
        line: Line number.
        symbol: Function, method or constant.
        how: `imports`, `uses`, `names`, `passes`, `reads the key` or `needs the key`.
    """

    file: str
    line: int
    symbol: str
    how: str

    def as_json(self) -> dict[str, Any]:
        """The place in terms of JSON."""
        return {"file": self.file, "line": self.line, "symbol": self.symbol, "how": self.how}


@dataclass(frozen=True, slots=True, order=True)
class TypeFault:
    """What a type checker finds in the overlays with the new generated code, and not with the old.

    Attributes:
        file: Path below overlays/.
        line: Line number.
        message: Its words.
        code: Its name for this kind of fault.
    """

    file: str
    line: int
    message: str
    code: str = ""


class Overlays:
    """The code of the overlays, read once.

    Args:
        root: The folder that holds the packages.
    """

    def __init__(self, root: Path) -> None:
        read = [one for package in _PACKAGES for one in read_package(root, package)]
        self.modules = {module.name: module for module in read}
        self._names: dict[Symbol, list[str]] = {}

    @functools.cached_property
    def _program(self) -> Program:
        """The library, whose names are public."""
        return Program({n: m for n, m in self.modules.items() if n.split(".")[0] == _LIBRARY})

    @functools.cached_property
    def _calls(self) -> Calls:
        return Calls(self._program)

    @functools.cached_property
    def _public(self) -> dict[str, Symbol]:
        return dict(self._public_names())

    # --- Uses ---

    def of_generated(self, target: str) -> list[Use]:
        """Imports and uses of a generated module or class, `ionq_api.v0_4.api.jobs.get_job`."""
        found: set[Use] = set()
        for module in self._own():
            for alias, (origin, line) in module.imports.items():
                if _within(origin, target):
                    found.add(Use(module.file, line, alias, "imports"))
                    found |= {
                        Use(module.file, at, symbol or alias, "uses")
                        for symbol, name, at in module.names
                        if name == alias
                    }
        return sorted(found)

    def of_text(self, text: str, modules: Iterable[str] | None) -> list[Use]:
        """The text as a constant; in all modules, or in some."""
        some = None if modules is None else set(modules)
        return sorted(
            {
                Use(module.file, one.line, one.symbol or "module", one.how)
                for module in self._own()
                if some is None or module.name in some
                for one in module.texts
                if one.value == text
            }
        )

    def operation_modules(self, operation: str, package: str) -> set[str]:
        """The generated modules of an operation, as far as they are imported anywhere."""
        return {o for o in self._origins(f"{package}.api.") if _same(o, operation)}

    def model_classes(self, component: str, package: str) -> set[str]:
        """The generated classes of a component, as far as they are imported anywhere."""
        return {o for o in self._origins(f"{package}.models") if _same(o, component)}

    def _origins(self, prefix: str) -> set[str]:
        return {
            origin
            for module in self._own()
            for origin, _ in module.imports.values()
            if origin.startswith(prefix)
        }

    def with_neighbours(self, modules: set[str]) -> set[str]:
        """Modules and those of the overlays that they import."""
        more = {need for name in modules for need in self.modules[name].needs}
        return modules | (more & self.modules.keys())

    def using(self, target: str) -> set[str]:
        """The modules that import a generated module."""
        return {
            module.name
            for module in self._own()
            if any(_within(origin, target) for origin, _ in module.imports.values())
        }

    def naming(self, text: str) -> set[str]:
        """The modules that hold a text as a constant."""
        return {m.name for m in self._own() if any(one.value == text for one in m.texts)}

    def _own(self) -> Iterator[Module]:
        """The modules that people write."""
        return (m for m in self.modules.values() if "._sync." not in m.name)

    # --- Helpers ---

    def helpers_of(self, target: str) -> set[str]:
        """Public names, with their methods, that come to a use of a generated module by calls."""
        return self._helpers(self._users(target))

    def helpers_at(self, fault: TypeFault) -> set[str]:
        """Public names that come to a place where types no longer fit."""
        module = next((m for m in self.modules.values() if m.file == fault.file), None)
        if module is None:
            return set()
        aliases = {
            alias
            for alias, (origin, line) in module.imports.items()
            if line == fault.line and _is_about(fault.message, origin)
        }
        if aliases:
            return self._helpers(
                {(module.name, symbol) for symbol, name, _ in module.names if name in aliases}
            )
        return self._helpers({(module.name, module.symbol_at(fault.line))})

    def helpers_with(self, key: str, targets: Iterable[str], *, sent: bool) -> dict[str, Use]:
        """Public names that come to a text equal to `key` where an operation is used.

        Args:
            key: The name of a field or parameter.
            targets: The generated modules of the operation.
            sent: Whether the name is sent; else it is looked up in the answer.

        Returns:
            By public name: one such place.
        """
        users = {symbol for target in targets for symbol in self._users(target)}
        called = self._calls.called(users)
        near = called | set(self._methods_of(users))
        near |= self._calls.callers(users) if sent else set()
        hows = {"needs the key", "passes", "names"} if sent else {"needs the key", "reads the key"}
        found: dict[str, Use] = {}
        for module in self.modules.values():
            for text in module.texts:
                symbol = (module.name, text.symbol)
                meant = text.how in hows or (text.how == "names" and symbol in called)
                if text.value == key and meant and symbol in near:
                    use = Use(module.file, text.line, text.symbol, text.how)
                    for helper in self._helpers({symbol}):
                        found.setdefault(helper, use)
        return found

    def broken_imports(self, target: str) -> set[str]:
        """Public names whose module cannot be imported without a generated module."""
        broken = {
            m.name for m in self.modules.values() if any(_within(need, target) for need in m.needs)
        }
        while True:
            more = {m.name for m in self.modules.values() if m.needs & broken} - broken
            if not more:
                break
            broken |= more
        return {name for name, (home, _) in self._public.items() if home in broken}

    def _users(self, target: str) -> set[Symbol]:
        users: set[Symbol] = set()
        for module in self.modules.values():
            aliases = {a for a, (origin, _) in module.imports.items() if origin == target}
            users |= {(module.name, symbol) for symbol, name, _ in module.names if name in aliases}
        return users

    def _methods_of(self, users: set[Symbol]) -> Iterator[Symbol]:
        """What can be done with the objects that hold an answer."""
        for module, symbol in users:
            owner = (module, symbol.partition(".")[0])
            for one in self._program.line(owner) if self._program.has(owner) else ():
                for name in self.modules[one[0]].functions:
                    if name.startswith(f"{one[1]}."):
                        yield one[0], name

    def _helpers(self, start: set[Symbol]) -> set[str]:
        known = {one for one in start if one[0] in self._program.modules}
        return {name for one in self._calls.callers(known) for name in self._named(one)}

    def _named(self, symbol: Symbol) -> list[str]:
        if symbol not in self._names:
            self._names[symbol] = list(self._names_of(symbol))
        return self._names[symbol]

    def _names_of(self, symbol: Symbol) -> Iterator[str]:
        """The public names of a function, method or class; a method also by heirs' names."""
        module, inner = symbol
        owner, _, method = inner.partition(".")
        for name, home in self._public.items():
            if not method:
                if home == symbol:
                    yield name
            elif self._program.has(home) and (module, owner) in self._program.line(home):
                if self._program.defines(home, method) != symbol:
                    continue  # the heir does it in its own way
                if method.startswith("__"):
                    yield name
                elif not method.startswith("_"):
                    yield f"{name}.{method}"

    def _public_names(self) -> Iterator[tuple[str, Symbol]]:
        """Public names of the library: of the package, and of its public modules."""
        package = self.modules.get(_LIBRARY)
        homes = _table(package.tree, "_HOMES") if package is not None else {}
        for home, names in homes.items():
            for name in names:
                yield name, (f"{_LIBRARY}.{home}", name)
        told = {name for names in homes.values() for name in names}
        for module in self.modules.values():
            parts = module.name.split(".")
            if parts[0] != _LIBRARY or len(parts) != 2 or parts[1].startswith("_"):
                continue
            for name in _listed(module.tree):
                symbol = self._program.resolve(module, name)
                if name not in told and symbol is not None:
                    yield f"{parts[1]}.{name}", symbol


def _within(origin: str, target: str) -> bool:
    return origin == target or origin.startswith(f"{target}.")


def _is_about(message: str, origin: str) -> bool:
    """Whether a message on an import names what is imported, or the module it is from."""
    home, _, name = origin.rpartition(".")
    return f'"{name}"' in message or (f'"{home}"' in message and "no attribute" not in message)


def _same(origin: str, name: str) -> bool:
    """Whether a Python name is what the generator makes of a name in the document."""
    plain = [re.sub(r"[^a-z0-9]", "", one.lower()) for one in (origin.rpartition(".")[2], name)]
    return plain[0] == plain[1]


def _table(tree: ast.Module, name: str) -> dict[str, tuple[str, ...]]:
    """A table of texts that a module assigns to a name."""
    found = _assigned(tree, name)
    return ast.literal_eval(found) if isinstance(found, ast.Dict) else {}


def _listed(tree: ast.Module) -> list[str]:
    """What `__all__` lists, where it is written out."""
    found = _assigned(tree, "__all__")
    return ast.literal_eval(found) if isinstance(found, ast.List) else []


def _assigned(tree: ast.Module, name: str) -> ast.expr | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(ast.unparse(t) == name for t in node.targets):
            return node.value
    return None
