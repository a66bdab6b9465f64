"""The option types accept what makes sense and name the field, the value and the rule otherwise."""

from __future__ import annotations

import dataclasses
import math
import pickle

import pytest

from ionq_direct.errors import ConfigurationError
from ionq_direct.options import Connection, RetryPolicy, Throttle, Timeouts


@pytest.mark.parametrize("options", [Timeouts(), RetryPolicy(), Throttle(), Connection()])
def test_defaults_are_valid_frozen_and_portable(options):
    assert pickle.loads(pickle.dumps(options)) == options
    field = dataclasses.fields(options)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(options, field, 1)


@pytest.mark.parametrize(
    ("options", "values"),
    [
        (Timeouts, {"connect": 0.001, "read": 3600, "total": 1e6}),
        (RetryPolicy, {"attempts": 1, "base": 0, "cap": 0.0, "budget": 0}),
        (Throttle, {"concurrency": 1, "rate": 0.1, "burst": 100}),
        (Connection, {"max_connections": 1, "keepalive_expiry": 0, "max_response_bytes": 1}),
    ],
)
def test_values_at_the_edge_are_accepted(options, values):
    made = options(**values)
    assert {name: getattr(made, name) for name in values} == values


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        *[
            (Timeouts, field, value)
            for field in ("connect", "read", "write", "pool", "total")
            for value in (0, -1, math.inf, math.nan, None, "3", True)
        ],
        (RetryPolicy, "attempts", 0),
        (RetryPolicy, "attempts", 2.0),
        (RetryPolicy, "attempts", True),
        (RetryPolicy, "budget", -1),
        (RetryPolicy, "base", -0.1),
        (RetryPolicy, "base", math.nan),
        (RetryPolicy, "cap", math.inf),
        (Throttle, "concurrency", 0),
        (Throttle, "rate", 0),
        (Throttle, "rate", math.inf),
        (Throttle, "burst", 0),
        (Connection, "max_connections", 0),
        (Connection, "max_response_bytes", 0),
        (Connection, "keepalive_expiry", -1),
    ],
)
def test_values_out_of_range_are_refused_by_name(options, field, value):
    with pytest.raises(ConfigurationError) as caught:
        options(**{field: value})
    assert f".{field}: must be" in str(caught.value)
    assert repr(value) in str(caught.value)


def test_a_proxy_password_is_not_shown():
    assert "s3cret" not in repr(Connection(proxy="http://me:s3cret@proxy:3128"))
