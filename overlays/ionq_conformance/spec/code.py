"""What a module of Python imports, defines and refers to, read from its text and never run.

May import: the standard library.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

__all__ = ["Function", "Module", "Symbol", "read_module", "read_package"]

Symbol: TypeAlias = tuple[str, str]
"""A module and what is in it: `Class.method`, a function, a constant; "" for the module itself."""

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

_LOOKING_UP: Final = {"get", "pop", "setdefault"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the code.

    Attributes:
        symbol: Where it is.
        value: The text.
        line: Line number.
        how: `needs the key` for `x["key"]`, `reads the key` for `x.get("key")`, `passes` for the
            name of a keyword argument, else `names`.
    """

    symbol: str
    value: str
    line: int
    how: str


@dataclass(slots=True)
class Module:
    """One module.

    Attributes:
        name: Its dotted name.
        file: Its path below the root.
        tree: Its code.
        imports: Alias to dotted origin and line.
        names: Symbol, name and line of each name that is looked up.
        texts: Its texts, without docstrings.
        functions: Functions and methods by symbol.
        classes: Classes by name.
        symbols: All that is defined, `Class.method` for methods.
        spans: First and last line of each symbol.
        needs: The modules that are imported when it is; also names in them.
    """

    name: str
    file: str
    tree: ast.Module
    imports: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    names: list[tuple[str, str, int]] = field(default_factory=list[tuple[str, str, int]])
    texts: list[Text] = field(default_factory=list[Text])
    functions: dict[str, Function] = field(default_factory=dict[str, Function])
    classes: dict[str, ast.ClassDef] = field(default_factory=dict[str, ast.ClassDef])
    symbols: set[str] = field(default_factory=set[str])
    spans: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    needs: set[str] = field(default_factory=set[str])

    def symbol_at(self, line: int) -> str:
        """The innermost symbol that a line is in; "" for the module itself."""
        inside = [(end - start, name) for start, end, name in self.spans if start <= line <= end]
        return min(inside)[1] if inside else ""


def read_package(root: Path, package: str) -> list[Module]:
    """The modules of a package in the folder `root`."""
    return [read_module(path, root) for path in sorted((root / package).rglob("*.py"))]


def read_module(path: Path, root: Path) -> Module:
    """One module, whose name is its path below `root`."""
    relative = path.relative_to(root)
    parts = list(relative.with_suffix("").parts)
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    module = Module(name, relative.as_posix(), ast.parse(path.read_text(encoding="utf-8")))
    _Reader(module).visit(module.tree)
    return module


def _is_overload(node: Function) -> bool:
    return any(ast.unparse(one).endswith("overload") for one in node.decorator_list)


class _Reader(ast.NodeVisitor):
    def __init__(self, module: Module) -> None:
        self.module = module
        self.scope: list[tuple[str, bool]] = []  # a name, and whether it is a class
        self.for_types = False

    @property
    def symbol(self) -> str:
        """`Class.method`, or a function; what is nested in these belongs to them."""
        if len(self.scope) > 1 and self.scope[0][1]:
            return f"{self.scope[0][0]}.{self.scope[1][0]}"
        return self.scope[0][0] if self.scope else ""

    # --- Imports ---

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """`from a import b`."""
        base = node.module or ""
        for alias in node.names:
            self.module.imports[alias.asname or alias.name] = (f"{base}.{alias.name}", node.lineno)
            if not self.for_types and not self.scope:
                self.module.needs |= {base, f"{base}.{alias.name}"}

    def visit_Import(self, node: ast.Import) -> None:
        """`import a`."""
        for alias in node.names:
            self.module.imports[alias.asname or alias.name] = (alias.name, node.lineno)
            if not self.for_types and not self.scope:
                self.module.needs.add(alias.name)

    def visit_If(self, node: ast.If) -> None:
        """What is below `if TYPE_CHECKING` is not imported."""
        before = self.for_types
        self.for_types = before or ast.unparse(node.test).endswith("TYPE_CHECKING")
        for child in node.body:
            self.visit(child)
        self.for_types = before
        for child in node.orelse:
            self.visit(child)
        self.visit(node.test)

    # --- Definitions ---

    def _define(self, node: Function | ast.ClassDef) -> None:
        for decorator in node.decorator_list:
            self.visit(decorator)
        self.scope.append((node.name, isinstance(node, ast.ClassDef)))
        first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        self.module.spans.append((first, node.end_lineno or node.lineno, self.symbol))
        self.module.symbols.add(self.symbol)
        if isinstance(node, ast.ClassDef):
            self.module.classes.setdefault(self.symbol, node)
        elif len(self.scope) == self.symbol.count(".") + 1 and not _is_overload(node):
            self.module.functions.setdefault(self.symbol, node)
        for child in ast.iter_child_nodes(node):
            if child not in node.decorator_list:
                self.visit(child)
        self.scope.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A function."""
        self._define(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """A coroutine function."""
        self._define(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """A class."""
        self._define(node)

    def _assign(self, node: ast.Assign | ast.AnnAssign) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [t.id for t in targets if isinstance(t, ast.Name)]
        if self.scope or not names:
            self.generic_visit(node)
            return
        self.scope.append((names[0], False))
        self.module.symbols.add(names[0])
        self.module.spans.append((node.lineno, node.end_lineno or node.lineno, names[0]))
        self.generic_visit(node)
        self.scope.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        """A constant of the module is a symbol."""
        self._assign(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """A constant of the module is a symbol."""
        self._assign(node)

    # --- References ---

    def visit_Expr(self, node: ast.Expr) -> None:
        """A docstring says nothing for sure."""
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """A name that is looked up."""
        if isinstance(node.ctx, ast.Load):
            self.module.names.append((self.symbol, node.id, node.lineno))

    def _text(self, node: ast.expr, how: str) -> bool:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self.module.texts.append(Text(self.symbol, node.value, node.lineno, how))
            return True
        return False

    def visit_Constant(self, node: ast.Constant) -> None:
        """A text."""
        self._text(node, "names")

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """`x["key"]`."""
        self.visit(node.value)
        needed = isinstance(node.ctx, ast.Load)
        if not self._text(node.slice, "needs the key" if needed else "names"):
            self.visit(node.slice)

    def visit_Call(self, node: ast.Call) -> None:
        """`x.get("key")`, and the names of arguments."""
        self.visit(node.func)
        looking = isinstance(node.func, ast.Attribute) and node.func.attr in _LOOKING_UP
        for number, argument in enumerate(node.args):
            if not (looking and number == 0 and self._text(argument, "reads the key")):
                self.visit(argument)
        for keyword in node.keywords:
            if keyword.arg is not None:
                text = Text(self.symbol, keyword.arg, keyword.value.lineno, "passes")
                self.module.texts.append(text)
            self.visit(keyword.value)
