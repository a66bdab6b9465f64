"""Reads the bodies of result answers, of both versions, into distributions and lists of shots.

Version 1 is flat, `{"0": 0.5, "3": 0.5}`: bit i of a decimal outcome is qubit i. Version 2 names
registers, `{"probabilities": {"registers": {"output_all": {"100": 1.0}}}}`: character i of a
bitstring is bit i. (IonQ API, October 2026 document, and its page on OpenQASM 3.)

May import: errors and what reads distributions; no I/O.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Final

from ionq_direct._distribution import Distribution, parse_distribution
from ionq_direct._json import loads
from ionq_direct._outcomes import read_outcome, read_weight
from ionq_direct._shapes import list_or_none, object_or_none
from ionq_direct._shot_list import ShotList
from ionq_direct.errors import InvalidDistribution

__all__ = [
    "MAIN_REGISTER",
    "ReadShots",
    "ReadWeights",
    "Register",
    "read_aggregated",
    "read_shots",
    "read_weights",
    "widest",
]

MAIN_REGISTER: Final = "output_all"
"""The register that IonQ adds: the state of all qubits at the end."""

_MANY = 1 << 16
"""Outcomes from which arrays pay, the time to import numpy included."""

_STEP: Final = -1
"""How to read bitstrings of version 2 to get the highest bit first."""

_VERSION_2 = re.compile(rb'\s*\{\s*"(?:probabilities|histogram|shots)"')
_MEMBER = re.compile(rb'\s*"([^"\\{}]+)"\s*:\s*(\{[^{}]*\})\s*([,}])')


@dataclass(frozen=True, slots=True)
class Register:
    """One register's distribution.

    Attributes:
        width: Number of its bits.
        weights: Decimal outcomes, bit 0 least significant, with probabilities or counts.
    """

    width: int
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ReadWeights:
    """What a body of probabilities or counts tells.

    Attributes:
        weights: Decimal outcomes, qubit 0 least significant; None where the body has several
            registers and none for all of the outcome.
        width: Bits of an outcome, where the body tells; None in version 1.
        registers: By name; empty in version 1.
        raw: The body, where it tells more than `weights`; None in version 1.
    """

    weights: Mapping[str, float] | None
    width: int | None = None
    registers: Mapping[str, Register] = field(default_factory=dict[str, Register])
    raw: bytes | None = None


@dataclass(frozen=True, slots=True)
class ReadShots:
    """What a body of shots tells.

    Attributes:
        shots: The outcomes; None where the body has several registers and none for all of it.
        registers: By name; empty in version 1.
    """

    shots: ShotList | None
    registers: Mapping[str, ShotList] = field(default_factory=dict[str, ShotList])


# --- Probabilities and counts ---------------------------------------------------------------------


def read_weights(raw: bytes) -> ReadWeights:
    """Read probabilities or counts.

    Args:
        raw: What `.../results/probabilities`, `.../results/histogram` or an artifact of these
            answers.

    Raises:
        InvalidDistribution: It is something else.
    """
    if not _VERSION_2.match(raw):
        return ReadWeights(parse_distribution(raw))
    body = _loads(raw)
    told = object_or_none(body.get("probabilities")) or object_or_none(body.get("histogram")) or {}
    registers = {
        name: _register(name, weights)
        for name, weights in _objects(told.get("registers"), "the distribution").items()
    }
    main = _main(registers)
    if main is None:
        return ReadWeights(None, registers=registers, raw=raw)
    return ReadWeights(main.weights, main.width, registers, raw)


def read_aggregated(raw: bytes) -> dict[str, Mapping[str, float]]:
    """Read the distributions of a multi-circuit job's parts.

    Args:
        raw: What `.../results/probabilities/aggregated` answers: `{"<part's id>": {"0": 1}}`.

    Returns:
        The distributions by part, in the server's order.

    Raises:
        InvalidDistribution: It is something else.
    """
    members = _members(raw)
    if members is not None:
        return {name: parse_distribution(part) for name, part in members.items()}
    return {
        name: {str(read_outcome(key)): read_weight(key, value) for key, value in part.items()}
        for name, part in _objects(_loads(raw), "the aggregated result").items()
    }


def widest(weights: Mapping[str, float]) -> int:
    """Bits that the largest outcome needs, 1 at least."""
    if isinstance(weights, Distribution):
        largest = int(weights.outcomes[-1]) if len(weights) else 0
    else:
        largest = max(map(read_outcome, weights), default=0)
    return largest.bit_length() or 1


def _members(raw: bytes) -> dict[str, bytes] | None:
    """The flat objects in an object, unread, so that large ones go from bytes to arrays.

    None when the text is anything but such objects side by side.
    """
    end = len(raw) - 1
    if raw[:1] != b"{" or raw[end:] != b"}":
        return None
    members: dict[str, bytes] = {}
    at = 1
    while at <= end:
        found = _MEMBER.match(raw, at)
        if found is None:
            return None
        name = found[1].decode("utf-8", "replace")
        if name in members:
            raise InvalidDistribution(f"{name} is given twice", key=name)
        members[name] = found[2]
        at = found.end()
        if (found[3] == b"}") != (at > end):
            return None
    return members


def _register(name: str, weights: Mapping[str, Any]) -> Register:
    width = len(next(iter(weights), "0"))
    if not width or any(len(bits) != width for bits in weights):
        raise InvalidDistribution(
            f"register {name}: its bitstrings are empty or differ in length", key=name
        )
    if len(weights) >= _MANY and width <= Distribution.MAX_QUBITS and find_spec("numpy"):
        return Register(width, Distribution.from_bitstrings(weights, width, _STEP))
    read = {_outcome(bits): read_weight(bits, weight) for bits, weight in weights.items()}
    return Register(width, {str(outcome): read[outcome] for outcome in sorted(read)})


def _outcome(bits: str) -> int:
    """Read a bitstring of version 2: bit 0 is leftmost, as in the lists of shots.

    A three-qubit circuit `x q[0]` reads `{"100": 1.0}` (IonQ docs, API v0.4, OpenQASM 3, "Reading
    results"). `Distribution.from_bitstrings` does the same for many.
    """
    if not bits or bits.strip("01"):
        raise InvalidDistribution(f"{bits!r:.80} is no bitstring", key=bits)
    return int(bits[::_STEP], 2)


def _main(registers: Mapping[str, Any]) -> Any:
    """The register that holds the whole outcome: the one for it, or the only one."""
    if len(registers) == 1:
        return next(iter(registers.values()))
    return registers.get(MAIN_REGISTER)


# --- Shots ----------------------------------------------------------------------------------------


def read_shots(raw: bytes, qubits: int | None = None) -> ReadShots:
    """Read outcomes shot by shot.

    Args:
        raw: What `.../results/shots` or an artifact of shots answers.
        qubits: Width of outcomes, for version 1, which does not tell.

    Raises:
        InvalidDistribution: It is something else.
    """
    if _VERSION_2.match(raw):
        return _registers_of_shots(_loads(raw).get("shots"))
    outcomes = _flat_shots(raw)
    width = max(max(outcomes, default=0).bit_length(), qubits or 1)
    return ReadShots(ShotList(outcomes, width=width))


def _flat_shots(raw: bytes) -> list[int]:
    """Read `["3", "0", 3]`."""
    try:
        outcomes: object = loads(raw)
    except ValueError as error:
        raise InvalidDistribution(f"the shots are no JSON: {error}") from None
    listed = list_or_none(outcomes)
    if listed is None:
        raise InvalidDistribution("the shots are no JSON array", value=outcomes)
    # The texts are few and the shots many.
    read = {outcome: read_outcome(outcome) for outcome in _distinct(listed)}
    return [read[outcome] for outcome in listed]


def _distinct(listed: list[Any]) -> set[Any]:
    try:
        return set(listed)
    except TypeError as error:
        raise InvalidDistribution(f"the shots hold what is no outcome: {error}") from None


def _registers_of_shots(shots: object) -> ReadShots:
    """Read `[{"registers": {"c": [1, 0]}, "leakage_bits": ...}]`: bit i of a list is bit i."""
    items = list_or_none(shots)
    if items is None:
        raise InvalidDistribution("the shots are no JSON array", value=shots)
    outcomes: dict[str, list[int]] = {}
    widths: dict[str, int] = {}
    leaked: dict[int, Any] = {}
    known: dict[bytes, int] = {}  # few outcomes are many shots
    for place, item in enumerate(items):
        shot = _object(item, f"shot {place}")
        for name, bits in _object(shot.get("registers"), f"shot {place}: its registers").items():
            key = _bits(bits, place, name)
            if key not in known:
                known[key] = sum(bit << i for i, bit in enumerate(key))
            outcomes.setdefault(name, []).append(known[key])
            if widths.setdefault(name, len(key)) != len(key):
                raise InvalidDistribution(f"register {name}: its shots differ in length", key=name)
        if _tells_leakage(shot.get("leakage_bits")):
            leaked[place] = shot["leakage_bits"]
    registers: dict[str, ShotList] = {}
    for name, listed in outcomes.items():
        if len(listed) != len(items):
            raise InvalidDistribution(f"register {name}: some shots lack it", key=name)
        registers[name] = ShotList(listed, width=widths[name], leaked=leaked)
    return ReadShots(_main(registers), registers)


def _bits(told: object, place: int, name: str) -> bytes:
    """A list of bits: index 0 is bit 0 (as qiskit-ionq reads it, too)."""
    try:
        bits = bytes(list_or_none(told) or ())
    except (TypeError, ValueError):
        bits = b""
    if not bits or bits.strip(b"\0\1"):
        raise InvalidDistribution(
            f"shot {place}: register {name} is no list of bits", key=name, value=told
        )
    return bits


def _tells_leakage(mask: object) -> bool:
    """Whether a mask marks anything: it is sparse, so that its presence does, unless all zeros."""
    by_register = object_or_none(mask)
    if by_register is not None:
        return any(map(_tells_leakage, by_register.values()))
    bits = list_or_none(mask)
    if bits is None:
        return bool(mask)
    # A list of one is taken for the place of a bit rather than for a mask of one bit.
    return len(bits) == 1 or any(bits)


# --- JSON of an expected kind ---------------------------------------------------------------------


def _loads(raw: bytes) -> Mapping[str, Any]:
    try:
        return _object(loads(raw), "the result")
    except ValueError as error:
        if isinstance(error, InvalidDistribution):
            raise
        raise InvalidDistribution(f"the result is no JSON: {error}") from None


def _object(value: object, what: str) -> Mapping[str, Any]:
    read = object_or_none(value)
    if read is None:
        raise InvalidDistribution(f"{what} is no JSON object", value=value)
    return read


def _objects(value: object, what: str) -> dict[str, Mapping[str, Any]]:
    return {name: _object(item, f"{what}: {name}") for name, item in _object(value, what).items()}
