"""The paired primitives: the same promises with threads and with tasks."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import signal
import threading
import time

import pytest

from ionq_direct import _concurrency as pairs
from tests.worlds import until


class Threads:
    """Calls the plain half."""

    Limiter = pairs.Limiter
    run_many = staticmethod(pairs.run_many)
    settle_many = staticmethod(pairs.settle_many)
    call = staticmethod(pairs.call)
    in_thread = staticmethod(pairs.in_thread)

    def run(self, outcome):
        return outcome

    def work(self, function):
        """A function of one item that takes a moment, in this half's form."""

        def moment(item):
            time.sleep(0.002)
            return function(item)

        return moment


class Tasks:
    """Calls the async half."""

    Limiter = pairs.AsyncLimiter
    run_many = staticmethod(pairs.async_run_many)
    settle_many = staticmethod(pairs.async_settle_many)
    call = staticmethod(pairs.async_call)
    in_thread = staticmethod(pairs.async_in_thread)

    def run(self, outcome):
        async def awaited():
            return await outcome

        return asyncio.run(awaited())

    def work(self, function):
        async def moment(item):
            await asyncio.sleep(0.002)
            return function(item)

        return moment


@pytest.fixture(params=[Threads, Tasks], ids=["threads", "tasks"])
def half(request):
    return request.param()


def test_every_async_name_has_a_partner_with_the_same_parameters():
    public = set(pairs.__all__)
    for name in public:
        plain = name.removeprefix("Async").removeprefix("async_")
        if plain == name:
            continue
        assert plain in public
        one, other = getattr(pairs, name), getattr(pairs, plain)
        if inspect.isfunction(one) and inspect.isfunction(other):
            assert list(inspect.signature(one).parameters) == list(
                inspect.signature(other).parameters
            )
        elif inspect.isclass(one) and one.__module__ == pairs.__name__:
            assert public_members(one) == public_members(other)


def public_members(cls):
    return {name for name in vars(cls) if not name.startswith("_")}


# --- Many at once --------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 3, 50])
def test_results_come_in_the_order_of_the_items(half, limit):
    doubled = half.run(half.run_many(half.work(lambda x: 2 * x), range(20), limit=limit))
    assert doubled == [2 * x for x in range(20)]


def test_nothing_to_do_is_done_at_once(half):
    assert half.run(half.run_many(half.work(str), [], limit=5)) == []
    assert half.run(half.settle_many(half.work(str), iter([]), limit=5)) == []


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_no_more_than_the_limit_are_under_way(half, limit):
    lock, full = threading.Lock(), threading.Event()
    now, most = 0, 0

    def enter():
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        if most == limit:
            full.set()

    def leave():
        nonlocal now
        with lock:
            now -= 1

    if isinstance(half, Threads):

        def work(item):
            enter()
            full.wait(10)  # for the others that may come in
            time.sleep(0.003)
            leave()
    else:

        async def work(item):
            enter()
            await asyncio.to_thread(full.wait, 10)
            await asyncio.sleep(0.003)
            leave()

    half.run(half.run_many(work, iter(range(15)), limit=limit))
    assert most == limit


def fail_at(*places):
    def function(item):
        if item in places:
            raise KeyError(item)
        return item

    return function


def test_after_a_failure_nothing_is_begun_and_what_is_under_way_ends(half):
    drawn, done = [], []

    def endless():
        while True:
            drawn.append(len(drawn))
            yield drawn[-1]

    with pytest.raises(KeyError) as caught:
        half.run(
            half.run_many(
                half.work(fail_at(4)),
                endless(),
                limit=3,
                on_done=lambda place, outcome: done.append(place),
            )
        )
    assert caught.value.args == (4,)
    assert len(drawn) < 12
    assert sorted(done) == drawn


def test_of_several_failures_the_first_in_order_is_raised(half):
    def function(item):
        raise KeyError(item)

    with pytest.raises(KeyError) as caught:
        half.run(half.run_many(half.work(function), range(3), limit=3))
    assert caught.value.args == (0,)


def test_settling_goes_on_after_failures(half):
    outcomes = half.run(half.settle_many(half.work(fail_at(1, 3)), range(5), limit=2))
    assert [type(outcome) for outcome in outcomes] == [int, KeyError, int, KeyError, int]


def test_progress_is_told_one_by_one(half):
    told = []
    half.run(
        half.settle_many(
            half.work(fail_at(2)),
            range(6),
            limit=3,
            on_done=lambda place, outcome: told.append((place, type(outcome))),
        )
    )
    assert sorted(told) == [(i, KeyError if i == 2 else int) for i in range(6)]


def test_a_progress_function_that_fails_ends_the_run(half):
    def on_done(place, outcome):
        raise ZeroDivisionError

    for many in (half.run_many, half.settle_many):
        with pytest.raises(ZeroDivisionError):
            half.run(many(half.work(str), range(100), limit=2, on_done=on_done))


def test_an_iterable_that_fails_ends_the_run(half):
    def items():
        yield 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half.run(half.run_many(half.work(str), items(), limit=2))


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_refused(half, limit):
    with pytest.raises(ValueError, match="limit"):
        half.run(half.run_many(half.work(str), [1], limit=limit))


def test_the_callers_context_is_there(half):
    where = contextvars.ContextVar("where", default="nowhere")
    where.set("here")
    seen = half.run(half.run_many(half.work(lambda item: where.get()), range(4), limit=2))
    assert seen == ["here"] * 4


def test_cancelling_the_caller_cancels_what_is_under_way():
    begun, ended = [], []

    async def work(item):
        begun.append(item)
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(item)

    async def main():
        task = asyncio.create_task(pairs.async_run_many(work, range(100), limit=3))
        await until(lambda: len(begun) == 3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert begun == sorted(ended) == [0, 1, 2]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no interval timer")
def test_ctrl_c_begins_nothing_more_and_lets_the_rest_end():
    begun, ended = [], []
    both_at_work = threading.Barrier(2, lambda: signal.setitimer(signal.ITIMER_REAL, 0.05))

    def work(item):
        begun.append(item)
        if item < 2:
            both_at_work.wait(30)
        time.sleep(0.02)
        ended.append(item)

    def interrupt(*_):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        with pytest.raises(KeyboardInterrupt):
            pairs.run_many(work, range(1000), limit=2)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert sorted(begun) == sorted(ended)
    assert len(begun) < 500  # a slow machine may take its time to interrupt; all would be 1000


# --- Limiter -------------------------------------------------------------------------------------


def test_a_slot_is_had_given_back_and_had_again(half):
    async def steps(limiter, acquire):
        got = [await acquire(0), await acquire(0.001), await acquire(0)]
        limiter.release()
        return [*got, await acquire(0.5)]

    def limited(limiter):
        async def acquire(seconds):
            outcome = limiter.acquire(seconds)
            return await outcome if inspect.isawaitable(outcome) else outcome

        return asyncio.run(steps(limiter, acquire))

    assert limited(half.Limiter(2)) == [True, True, False, True]
    assert limited(half.Limiter(None)) == [True] * 4


def test_a_slot_is_handed_to_who_waits(half):
    if isinstance(half, Threads):
        limiter = half.Limiter(1)
        limiter.acquire(0)
        threading.Timer(0.01, limiter.release).start()
        assert limiter.acquire(5)
        return

    async def main():
        limiter = half.Limiter(1)
        await limiter.acquire(0)
        asyncio.get_running_loop().call_later(0.01, limiter.release)
        return await limiter.acquire(5)

    assert asyncio.run(main())


# --- Calls and time ------------------------------------------------------------------------------


def test_a_plain_function_is_called(half):
    seen = []
    half.run(half.call(seen.append, 1))
    assert seen == [1]


def test_an_async_function_is_awaited_or_refused_without_a_trace(half):
    seen = []

    async def function(value, *, twice):
        seen.append(value)

    if isinstance(half, Tasks):
        half.run(half.call(function, 1, twice=True))
        assert seen == [1]
    else:
        with pytest.raises(TypeError, match="is async"):
            half.call(function, 1, twice=True)
        assert seen == []


def test_an_awaitable_that_is_no_coroutine_is_refused_too():
    class Awaitable:
        def __await__(self):
            yield

    with pytest.raises(TypeError, match="is async"):
        pairs.call(Awaitable)


def test_blocking_work_gives_its_result(half):
    def add(a, *, b):
        return a + b, threading.current_thread() is threading.main_thread()

    total, here = half.run(half.in_thread(add, 1, b=2))
    assert total == 3
    assert here == isinstance(half, Threads)


def test_clocks_measure_and_wait():
    clock = pairs.Clock()
    begun = clock.monotonic()
    clock.sleep(0.01)
    assert clock.monotonic() - begun >= 0.01

    async def main():
        clock = pairs.AsyncClock()
        begun = clock.monotonic()
        await clock.sleep(0.01)
        return clock.monotonic() - begun

    assert asyncio.run(main()) >= 0.009


def test_an_async_deadline_ends_what_takes_longer():
    async def main():
        async with pairs.async_deadline(0.01):
            await asyncio.sleep(5)

    with pytest.raises(TimeoutError):
        asyncio.run(main())
