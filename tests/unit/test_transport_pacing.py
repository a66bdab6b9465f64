"""Shared state of a client: the retry budget, the cool-down and the request rate."""

from __future__ import annotations

import math
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionq_direct._pacing import CoolDown, Pacing, Rate, RetryBudget
from ionq_direct.options import Throttle


def test_a_budget_is_taken_until_it_is_empty():
    budget = RetryBudget(12)
    assert [budget.take(5) for _ in range(3)] == [True, True, False]
    assert budget.left == 2


def test_what_is_given_back_never_exceeds_the_capacity():
    budget = RetryBudget(12)
    budget.take(5)
    budget.give(3)
    assert budget.left == 10
    budget.give(100)
    assert budget.left == 12
    budget.give(1)
    assert budget.left == 12


def test_an_empty_budget_allows_nothing():
    assert not RetryBudget(0).take(1)


def test_threads_never_take_more_than_there_is():
    budget = RetryBudget(1000)
    taken: list[int] = []

    def work():
        while budget.take(3):
            taken.append(3)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 999
    assert budget.left == 1


def test_a_cool_down_lasts_and_is_never_shortened():
    rest = CoolDown()
    assert rest.remaining(100.0) == 0
    rest.extend(100.0, 10)
    rest.extend(101.0, 2)
    assert rest.remaining(103.0) == 7
    rest.extend(103.0, 20)
    assert rest.remaining(103.0) == 20
    assert rest.remaining(124.0) == 0


def test_without_a_rate_nobody_waits():
    rate = Rate(None, 1)
    assert [rate.reserve(1.0, math.inf) for _ in range(5)] == [0.0] * 5


def test_a_rate_spreads_requests_evenly():
    rate = Rate(10.0, 1)
    assert [rate.reserve(5.0, math.inf) for _ in range(4)] == pytest.approx([0, 0.1, 0.2, 0.3])


def test_a_burst_goes_at_once_and_is_earned_again_by_pausing():
    rate = Rate(10.0, 3)
    assert [rate.reserve(5.0, math.inf) for _ in range(5)] == pytest.approx([0, 0, 0, 0.1, 0.2])
    assert [rate.reserve(9.0, math.inf) for _ in range(4)] == pytest.approx([0, 0, 0, 0.1])


def test_a_slot_too_far_off_is_not_reserved():
    rate = Rate(1.0, 1)
    rate.reserve(0.0, math.inf)
    assert rate.reserve(0.0, 0.5) == math.inf
    assert rate.reserve(0.0, 1.0) == math.inf
    assert rate.reserve(0.0, 1.5) == 1.0


@given(
    rate=st.floats(0.5, 100),
    burst=st.integers(1, 10),
    gaps=st.lists(st.floats(0, 1), min_size=1, max_size=60),
)
def test_in_no_window_go_more_than_rate_and_burst_allow(rate, burst, gaps):
    limiter = Rate(rate, burst)
    now, sent = 0.0, []
    for gap in gaps:
        now += gap
        sent.append(now + limiter.reserve(now, math.inf))
    for first, start in enumerate(sent):
        for last in range(first, len(sent)):
            allowed = burst + rate * (sent[last] - start)
            assert last - first + 1 <= allowed + 1e-6


def test_the_first_use_is_told_once():
    pacing = Pacing(budget=1, throttle=Throttle())
    assert [pacing.first_use() for _ in range(3)] == [True, False, False]
