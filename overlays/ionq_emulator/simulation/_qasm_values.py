"""Constant expressions of OpenQASM 3: angles, sizes, indices. Imports the parser's tree."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING

from openqasm3 import ast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["CONSTANTS", "ValueProblem", "evaluate", "whole"]

Number = int | float

CONSTANTS: dict[str, Number] = {
    "pi": math.pi,
    "π": math.pi,
    "tau": math.tau,
    "τ": math.tau,
    "euler": math.e,
    "ℇ": math.e,
}


def _divided(left: Number, right: Number) -> Number:
    return left / right


def _power(base: Number, exponent: Number) -> Number:
    """In floating point, so that no exponent makes a number of a million digits."""
    return math.pow(base, exponent)


_UNARY: dict[str, Callable[[Number], Number]] = {"-": operator.neg}
_BINARY: dict[str, Callable[[Number, Number], Number]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divided,
    "%": operator.mod,
    "**": _power,
}
_FUNCTIONS: dict[str, tuple[int, Callable[..., Number]]] = {
    "arccos": (1, math.acos),
    "arcsin": (1, math.asin),
    "arctan": (1, math.atan),
    "ceiling": (1, math.ceil),
    "cos": (1, math.cos),
    "exp": (1, math.exp),
    "floor": (1, math.floor),
    "log": (1, math.log),
    "mod": (2, operator.mod),
    "sin": (1, math.sin),
    "sqrt": (1, math.sqrt),
    "tan": (1, math.tan),
}


class ValueProblem(Exception):  # noqa: N818  (becomes a failure with a line)
    """An expression has no constant value; the argument says why."""


def evaluate(expression: ast.Expression, names: Mapping[str, Number]) -> Number:
    """The value of an expression; division is that of real numbers, so 1/2 is a half.

    Raises:
        ValueProblem: It is not a constant, or not a finite real number.
    """
    try:
        value = _evaluate(expression, names)
    except (ArithmeticError, ValueError) as problem:
        raise ValueProblem(f"an expression has no value: {problem}") from problem
    if not math.isfinite(value):
        raise ValueProblem(f"an expression is {value}, not a finite real number")
    return value


def whole(expression: ast.Expression, names: Mapping[str, Number]) -> int:
    """The value of an expression that must be a whole number, such as a size or an index."""
    value = evaluate(expression, names)
    if value != int(value):
        raise ValueProblem(f"{value} is not a whole number")
    return int(value)


def _evaluate(expression: ast.Expression, names: Mapping[str, Number]) -> Number:
    match expression:
        case ast.IntegerLiteral() | ast.FloatLiteral():
            value: Number = expression.value
        case ast.Identifier(name=name):
            if name not in names and name not in CONSTANTS:
                raise ValueProblem(f"{name} is not a constant")
            value = names[name] if name in names else CONSTANTS[name]
        case ast.UnaryExpression(op=op, expression=inner) if op.name in _UNARY:
            value = _UNARY[op.name](_evaluate(inner, names))
        case ast.BinaryExpression(op=op, lhs=lhs, rhs=rhs) if op.name in _BINARY:
            value = _BINARY[op.name](_evaluate(lhs, names), _evaluate(rhs, names))
        case ast.FunctionCall(name=ast.Identifier(name=name), arguments=arguments):
            value = _called(name, [_evaluate(argument, names) for argument in arguments])
        case ast.Cast(type=ast.IntType() | ast.UintType(), argument=inner):
            value = int(_evaluate(inner, names))
        case ast.Cast(type=ast.FloatType() | ast.AngleType(), argument=inner):
            value = _evaluate(inner, names)
        case _:
            raise ValueProblem("only constants, arithmetic and functions of them are evaluated")
    return value


def _called(name: str, arguments: list[Number]) -> Number:
    if name not in _FUNCTIONS or _FUNCTIONS[name][0] != len(arguments):
        raise ValueProblem(f"{name} with {len(arguments)} arguments is not a known function")
    return _FUNCTIONS[name][1](*arguments)
