"""What jobs cost, as IonQ tells it. May import: _shapes, _times, the standard library.

Values only; public. Money is `Decimal`, made of the digits that the server sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from ionq_direct._shapes import is_number, object_or_none, objects_in, text_or_none
from ionq_direct._times import microseconds, milliseconds, moment_or_none

__all__ = ["Cost", "Estimate", "Money", "Rate"]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount.

    Attributes:
        amount: How much, exactly as the server wrote it.
        unit: Of what: `usd` or `credit`; None where the server does not say.
    """

    amount: Decimal
    unit: str | None

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}" if self.unit else str(self.amount)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one job costs.

    Attributes:
        estimated: What it would cost; None for jobs that are never priced, on the simulator for
            example (facts 1.8).
        charged: What it did cost; None until it has run.
        dry_run: Whether the job was a dry run, which costs nothing.
        data: The answer's JSON, numbers with a fraction as `Decimal`.
    """

    estimated: Money | None
    charged: Money | None
    dry_run: bool
    data: Mapping[str, Any] = field(repr=False)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Cost:
        """Read the answer of `GET /jobs/{id}/cost`."""
        return cls(
            estimated=_money_of(data.get("estimated_cost")),
            charged=_money_of(data.get("cost")),
            dry_run=data.get("dry_run") is True,
            data=data,
        )


@dataclass(frozen=True, slots=True)
class Rate:
    """One line of a price list; amounts in the estimate's unit.

    Attributes:
        sku: What is priced.
        unit: What is counted: `gates`, or `compute_second`.
        unit_cost: Price of one unit.
        one_qubit_gate: Price of a one-qubit gate and shot.
        two_qubit_gate: Price of a two-qubit gate and shot.
        minimum: The least a job costs.
    """

    sku: str | None
    unit: str | None
    unit_cost: Decimal | None
    one_qubit_gate: Decimal | None
    two_qubit_gate: Decimal | None
    minimum: Decimal | None

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Rate:
        """Read an item of `rate_card.rates`, or the older `rate_information`."""
        return cls(
            sku=text_or_none(data.get("sku")),
            unit=text_or_none(data.get("unit")),
            unit_cost=_decimal(data.get("unit_cost")),
            one_qubit_gate=_decimal(data.get("cost_1q_gate")),
            two_qubit_gate=_decimal(data.get("cost_2q_gate")),
            minimum=_decimal(data.get("job_cost_minimum")),
        )


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a job with so many gates and shots would cost, and how long it would take.

    Attributes:
        cost: Price of the job.
        execution_time: How long it would run (ms on the wire).
        queue_time: How long it would wait now (ms on the wire).
        quantum_compute_time: Time on the quantum computer (µs on the wire); the older shape of
            the answer lacks it.
        estimated_at: When this was estimated.
        rates: The price list.
        inputs: What the server made its estimate for.
        data: The answer's JSON, numbers with a fraction as `Decimal`.
    """

    cost: Money | None
    execution_time: timedelta | None
    queue_time: timedelta | None
    quantum_compute_time: timedelta | None
    estimated_at: datetime | None
    rates: tuple[Rate, ...]
    inputs: Mapping[str, Any]
    data: Mapping[str, Any] = field(repr=False)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Estimate:
        """Read the answer of `GET /jobs/estimate`, in the shape served now or the one before it."""
        unit = text_or_none(data.get("estimated_unit")) or text_or_none(data.get("cost_unit"))
        amount = _decimal(data.get("estimated_total_cost"))
        if amount is None:
            amount = _decimal(data.get("estimated_cost"))
        rates = objects_in((object_or_none(data.get("rate_card")) or {}).get("rates"))
        older = object_or_none(data.get("rate_information"))
        inputs = object_or_none(data.get("estimate_context")) or object_or_none(
            data.get("input_values")
        )
        return cls(
            cost=None if amount is None else Money(amount, unit),
            execution_time=milliseconds(data.get("estimated_execution_time")),
            queue_time=milliseconds(data.get("current_predicted_queue_time")),
            quantum_compute_time=microseconds(data.get("estimated_quantum_compute_time_us")),
            estimated_at=moment_or_none(data.get("estimated_at")),
            rates=tuple(Rate.read(rate) for rate in [*rates, *([older] if older else [])]),
            inputs=inputs or {},
            data=data,
        )


def money_of(amount: object, unit: object) -> Money | None:
    """An amount and its unit, from JSON; None if the amount is no number."""
    number = _decimal(amount)
    return None if number is None else Money(number, text_or_none(unit))


def _money_of(value: object) -> Money | None:
    told = object_or_none(value) or {}
    return money_of(told.get("value"), told.get("unit"))


def _decimal(value: object) -> Decimal | None:
    return Decimal(str(value)) if is_number(value) else None
