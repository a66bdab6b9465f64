"""Where the overlays use an operation, a model or a field, found by reading their code.

Told is only what can be told for sure: imports of generated modules and the functions that use the
imported name; texts equal to an `operationId` or a field, where an operation is used. May import:
the standard library, changes.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

__all__ = ["Overlays", "Use"]

_PACKAGES: Final = ("ionq_direct", "ionq_emulator")
_COMMON: Final = {
    name
    for kind in (dict, list, str, set, bytes, tuple, int, float, BaseException, object)
    for name in dir(kind)
} | set(dir(builtins))

Symbol = tuple[str, str]
"""A module and what is in it: `Class.method`, a function, a constant; "" for the module itself."""


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """One place in the overlays.

    Attributes:
        file: Path below overlays/.
        line: Line number.
        symbol: Function, method or constant.
        how: `imports`, `uses`, `names` or `reads the key`.
    """

    file: str
    line: int
    symbol: str
    how: str

    def as_json(self) -> dict[str, Any]:
        """The place in terms of JSON."""
        return {"file": self.file, "line": self.line, "symbol": self.symbol, "how": self.how}


@dataclass(slots=True)
class _Module:
    name: str
    file: str
    imports: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    names: list[tuple[str, str, int]] = field(default_factory=list[tuple[str, str, int]])
    attributes: list[tuple[str, str, int]] = field(default_factory=list[tuple[str, str, int]])
    texts: list[tuple[str, str, int]] = field(default_factory=list[tuple[str, str, int]])
    symbols: set[str] = field(default_factory=set[str])
    needs: set[str] = field(default_factory=set[str])


class Overlays:
    """The code of the overlays, read once.

    Args:
        root: The folder that holds the packages.
    """

    def __init__(self, root: Path) -> None:
        self.modules: dict[str, _Module] = {}
        for package in _PACKAGES:
            for path in sorted((root / package).rglob("*.py")):
                module = _read(path, root)
                self.modules[module.name] = module
        self._public = _public_names(root / "ionq_direct" / "__init__.py")

    # --- Uses ---

    def of_generated(self, target: str) -> list[Use]:
        """Imports and uses of a generated module or class, `ionq_api.v0_4.api.jobs.get_job`."""
        found = []
        for module in self._own():
            for alias, (origin, line) in module.imports.items():
                if origin == target or origin.startswith(f"{target}."):
                    found.append(Use(module.file, line, alias, "imports"))
                    found += [
                        Use(module.file, at, symbol or alias, "uses")
                        for symbol, name, at in module.names
                        if name == alias
                    ]
        return sorted(set(found))

    def of_text(self, text: str, modules: Iterable[str] | None, how: str) -> list[Use]:
        """The text as a constant; in all modules, or in some."""
        some = None if modules is None else set(modules)
        return sorted(
            {
                Use(module.file, line, symbol or "module", how)
                for module in self._own()
                if some is None or module.name in some
                for symbol, value, line in module.texts
                if value == text
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
            if any(origin.startswith(target) for origin, _ in module.imports.values())
        }

    def naming(self, text: str) -> set[str]:
        """The modules that hold a text as a constant."""
        return {m.name for m in self._own() if any(value == text for _, value, _ in m.texts)}

    def _own(self) -> Iterator[_Module]:
        """The modules that people write."""
        return (m for m in self.modules.values() if "._sync." not in m.name)

    # --- What follows from it ---

    def helpers_of(self, target: str) -> set[str]:
        """Public names, with their methods, that come to a use of a generated module by calls."""
        start: set[Symbol] = set()
        for module in self.modules.values():
            aliases = {a for a, (origin, _) in module.imports.items() if origin == target}
            start |= {(module.name, symbol) for symbol, name, _ in module.names if name in aliases}
        return {name for symbol in self._callers(start) if (name := self._public_name(symbol))}

    def broken_imports(self, target: str) -> set[str]:
        """Public names whose module cannot be imported without a generated module."""
        broken = {
            m.name
            for m in self.modules.values()
            if any(origin.startswith(target) for origin, _ in m.imports.values())
        }
        while True:
            more = {m.name for m in self.modules.values() if m.needs & broken} - broken
            if not more:
                break
            broken |= more
        return {name for name, home in self._public.items() if home in broken}

    def _callers(self, start: set[Symbol]) -> set[Symbol]:
        edges = self._edges()
        seen, waiting = set(start), list(start)
        while waiting:
            for caller in edges.get(waiting.pop(), ()):
                if caller not in seen:
                    seen.add(caller)
                    waiting.append(caller)
        return seen

    def _edges(self) -> dict[Symbol, set[Symbol]]:
        """Who refers to a symbol: by name, by import, by `self.`, or by a method's only name."""
        edges: dict[Symbol, set[Symbol]] = {}
        for module in self.modules.values():
            methods = self._methods(module.name)
            for symbol, name, _ in module.names:
                for target in self._named(module, name):
                    edges.setdefault(target, set()).add((module.name, symbol))
            for symbol, name, _ in module.attributes:
                owner = symbol.partition(".")[0]
                own = f"{owner}.{name}"
                homes = {(module.name, own)} if own in module.symbols else methods.get(name, set())
                if len(homes) == 1 and name not in _COMMON:
                    edges.setdefault(next(iter(homes)), set()).add((module.name, symbol))
        return edges

    def _named(self, module: _Module, name: str) -> Iterator[Symbol]:
        if name in module.symbols:
            yield module.name, name
        origin = module.imports.get(name, ("", 0))[0]
        home, _, inner = origin.rpartition(".")
        if home in self.modules:
            yield home, inner

    def _methods(self, name: str) -> dict[str, set[Symbol]]:
        """Methods by their bare names, of the classes that a module of that flavour meets."""
        other = "._sync." if "._async." in name else "._async."
        found: dict[str, set[Symbol]] = {}
        for module in self.modules.values():
            if other in module.name or module.name.split(".")[0] != name.split(".", maxsplit=1)[0]:
                continue
            for symbol in module.symbols:
                owner, _, method = symbol.partition(".")
                if method and owner:
                    found.setdefault(method, set()).add((module.name, symbol))
        return found

    def _public_name(self, symbol: Symbol) -> str | None:
        module, inner = symbol
        owner, _, method = inner.partition(".")
        if self._public.get(owner) != module or (method.startswith("_")):
            return None
        return f"{owner}.{method}" if method else owner


def _same(origin: str, name: str) -> bool:
    """Whether a Python name is what the generator makes of a name in the document."""
    plain = [re.sub(r"[^a-z0-9]", "", one.lower()) for one in (origin.rpartition(".")[2], name)]
    return plain[0] == plain[1]


def _read(path: Path, root: Path) -> _Module:
    relative = path.relative_to(root)
    parts = list(relative.with_suffix("").parts)
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    module = _Module(name, relative.as_posix())
    tree = ast.parse(path.read_text(encoding="utf-8"))
    _Reader(module, is_package=parts[-1] == "__init__").visit(tree)
    return module


class _Reader(ast.NodeVisitor):
    """Collects what a module imports, defines and refers to."""

    def __init__(self, module: _Module, *, is_package: bool) -> None:
        self.module = module
        self.is_package = is_package
        self.scope: list[str] = []
        self.for_types = False

    @property
    def symbol(self) -> str:
        return ".".join(self.scope[:2])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        base = node.module or ""
        for alias in node.names:
            self.module.imports[alias.asname or alias.name] = (f"{base}.{alias.name}", node.lineno)
            if not self.for_types and not self.scope:
                self.module.needs |= {base, f"{base}.{alias.name}"}

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.module.imports[alias.asname or alias.name] = (alias.name, node.lineno)
            if not self.for_types and not self.scope:
                self.module.needs.add(alias.name)

    def visit_If(self, node: ast.If) -> None:
        before = self.for_types
        self.for_types = before or ast.unparse(node.test).endswith("TYPE_CHECKING")
        for child in node.body:
            self.visit(child)
        self.for_types = before
        for child in node.orelse:
            self.visit(child)
        self.visit(node.test)

    def _define(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        self.scope.append(node.name)
        self.module.symbols.add(self.symbol)
        self.generic_visit(node)
        self.scope.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._define(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._define(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._define(node)

    def _assign(self, node: ast.Assign | ast.AnnAssign) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [t.id for t in targets if isinstance(t, ast.Name)]
        if self.scope or not names:
            self.generic_visit(node)
            return
        self.scope.append(names[0])
        self.module.symbols.add(names[0])
        self.generic_visit(node)
        self.scope.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        self._assign(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._assign(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring says nothing for sure
            self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.module.names.append((self.symbol, node.id, node.lineno))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.module.attributes.append((self.symbol, node.attr, node.lineno))
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.module.texts.append((self.symbol, node.value, node.lineno))


def _public_names(path: Path) -> dict[str, str]:
    """Public names of ionq_direct and the module each comes from, by its table `_HOMES`."""
    if not path.is_file():
        return {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names = [t.id for t in getattr(node, "targets", []) if isinstance(t, ast.Name)]
        if "_HOMES" in names and isinstance(node, ast.Assign):
            homes: dict[str, tuple[str, ...]] = ast.literal_eval(node.value)
            return {n: f"ionq_direct.{home}" for home, some in homes.items() for n in some}
    return {}
