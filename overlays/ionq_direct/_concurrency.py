"""What differs between threads and tasks, in pairs of the same shape: `AsyncX` and `X`.

May import: the standard library. See scripts/sync_from_async.py for how the pairs are used.
"""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import os
import threading
import time
import weakref
from collections.abc import Awaitable, Callable, Generator, Iterable, Sized
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Annotated, Any, Final, Generic, ParamSpec, TypeAlias, TypeVar

__all__ = [
    "AsyncClock",
    "AsyncLimiter",
    "AsyncLocal",
    "AsyncLock",
    "AsyncReturn",
    "Clock",
    "ForkSafeLock",
    "Limiter",
    "Local",
    "Lock",
    "Return",
    "async_call",
    "async_deadline",
    "async_in_thread",
    "async_run_many",
    "async_settle_many",
    "call",
    "deadline",
    "in_thread",
    "run_many",
    "seconds_to_deadline",
    "settle_many",
]

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")

AsyncReturn: TypeAlias = Awaitable[T]
"""What an async function gives its caller, as in `Callable[[str], AsyncReturn[int]]`."""
Return: TypeAlias = Annotated[T, "the same, without waiting"]

AsyncLock = asyncio.Lock
"""Held across an `await`. For a few lines without one, `ForkSafeLock` serves both worlds."""
Lock = threading.Lock


# --- Time -------------------------------------------------------------------------------------


class Clock:
    """Time as threads see it. Tests replace it."""

    def monotonic(self) -> float:
        """Seconds from an arbitrary start; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait, without work, for so many seconds."""
        time.sleep(seconds)


class AsyncClock:
    """Time as tasks see it. Tests replace it."""

    def monotonic(self) -> float:
        """Seconds from an arbitrary start; never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait, leaving the event loop to others, for so many seconds."""
        await asyncio.sleep(seconds)


def async_deadline(seconds: float) -> asyncio.Timeout:
    """A context that ends with TimeoutError when it takes longer than so many seconds."""
    return asyncio.timeout(seconds)


class _ThreadDeadline(threading.local):
    at: float | None = None


_thread_deadline: Final = _ThreadDeadline()


@contextmanager
def deadline(seconds: float) -> Generator[None, None, None]:
    """A context in which this thread's network calls end with a timeout after so many seconds.

    A thread cannot be interrupted: what obeys is code that asks `seconds_to_deadline`, and in
    this library that is every read and write of a socket.
    """
    outer = _thread_deadline.at
    at = time.monotonic() + seconds
    _thread_deadline.at = at if outer is None else min(at, outer)
    try:
        yield
    finally:
        _thread_deadline.at = outer


def seconds_to_deadline() -> float | None:
    """Seconds left of the innermost `deadline` of this thread; None outside of any."""
    at = _thread_deadline.at
    return None if at is None else at - time.monotonic()


# --- Locks and limits ---------------------------------------------------------------------------


class ForkSafeLock:
    """A lock for a few lines that never wait. After a fork the child has a fresh one.

    A thread of the parent may hold the lock at the moment of the fork; it does not exist in the
    child and would never release it there.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        _fork_safe_locks.add(self)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def renew(self) -> None:
        """Forget who holds it."""
        self._lock = threading.Lock()


_fork_safe_locks: Final[weakref.WeakSet[ForkSafeLock]] = weakref.WeakSet()


def _renew_locks() -> None:
    for lock in list(_fork_safe_locks):
        lock.renew()


if hasattr(os, "register_at_fork"):  # absent on Windows, which cannot fork
    os.register_at_fork(after_in_child=_renew_locks)


class Limiter:
    """Lets at most `limit` threads in at a time. `None`: any number."""

    def __init__(self, limit: int | None) -> None:
        self._slots = None if limit is None else threading.BoundedSemaphore(limit)

    def acquire(self, timeout: float) -> bool:
        """Take a slot within so many seconds; False: there was none."""
        return self._slots is None or self._slots.acquire(timeout=max(timeout, 0.0))

    def release(self) -> None:
        """Give the slot back."""
        if self._slots is not None:
            self._slots.release()


class AsyncLimiter:
    """Lets at most `limit` tasks in at a time. `None`: any number."""

    def __init__(self, limit: int | None) -> None:
        self._slots = None if limit is None else asyncio.BoundedSemaphore(limit)

    async def acquire(self, timeout: float) -> bool:  # noqa: ASYNC109 - the shape of the pair
        """Take a slot within so many seconds; False: there was none."""
        if self._slots is None:
            return True
        if not self._slots.locked():  # the usual case, without a timer
            return await self._slots.acquire()
        try:
            async with asyncio.timeout(max(timeout, 0.0)):
                return await self._slots.acquire()
        except TimeoutError:
            return False

    def release(self) -> None:
        """Give the slot back."""
        if self._slots is not None:
            self._slots.release()


# --- Things that belong to one process or one event loop -----------------------------------------

# Sockets of the parent, in a forked child. Closing them, or letting them be collected, could end
# the parent's TLS sessions: they are kept, untouched, as long as the child lives.
_inherited: Final[list[object]] = []


class Local(Generic[T]):
    """One `T` per process, built when first asked for; a forked child builds its own."""

    def __init__(self, build: Callable[[], T]) -> None:
        self._build = build
        self._lock = ForkSafeLock()
        self._pid = os.getpid()
        self._held: T | None = None
        self.closed = False

    def get(self) -> T:
        """This process's `T`. Not after `drain`."""
        held = self._held
        if held is not None and self._pid == os.getpid():
            return held
        with self._lock:
            self._forget_parent()
            if self._held is None:
                self._held = self._build()
            return self._held

    def drain(self) -> list[T]:
        """Give up, and hand over for closing, what this process has built."""
        with self._lock:
            self.closed = True
            self._forget_parent()
            drained = [] if self._held is None else [self._held]
            self._held = None
            return drained

    def _forget_parent(self) -> None:
        if self._pid != os.getpid():
            _inherited.append(self._held)
            self._held = None
            self._pid = os.getpid()


class AsyncLocal(Generic[T]):
    """One `T` per process and event loop, built when first asked for.

    Connections live on the loop that opened them: a client used in two calls of `asyncio.run`,
    or in two threads with a loop each, needs one set for each.
    """

    def __init__(self, build: Callable[[], T]) -> None:
        self._build = build
        self._lock = ForkSafeLock()
        self._pid = os.getpid()
        self._held: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, T] = (
            weakref.WeakKeyDictionary()
        )
        self.closed = False

    def get(self) -> T:
        """This process's and running loop's `T`. Not after `drain`."""
        loop = asyncio.get_running_loop()
        with self._lock:
            self._forget_parent()
            held = self._held.get(loop)
            if held is None:
                held = self._held[loop] = self._build()
            return held

    def drain(self) -> list[T]:
        """Give up, and hand over for closing, what the running loop has built.

        What other loops built stays theirs: it cannot be closed from here.
        """
        loop = asyncio.get_running_loop()
        with self._lock:
            self.closed = True
            self._forget_parent()
            held = self._held.pop(loop, None)
            return [] if held is None else [held]

    def _forget_parent(self) -> None:
        if self._pid != os.getpid():
            _inherited.append(list(self._held.items()))
            self._held = weakref.WeakKeyDictionary()
            self._pid = os.getpid()


# --- Calls -------------------------------------------------------------------------------------


def call(function: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Call a function of the user's, for its effect.

    Raises:
        TypeError: It is an async function; nothing here could await it.
    """
    outcome = function(*args, **kwargs)
    if inspect.isawaitable(outcome):
        if inspect.iscoroutine(outcome):
            outcome.close()
        raise TypeError(f"{function!r} is async; the synchronous client needs a plain function")


async def async_call(function: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Call a function of the user's, async or not, for its effect."""
    outcome = function(*args, **kwargs)
    if inspect.isawaitable(outcome):
        await outcome


def in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function that blocks (on a file, a database): here, blocking is fine."""
    return function(*args, **kwargs)


async def async_in_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function that blocks (on a file, a database) without blocking the event loop."""
    return await asyncio.to_thread(function, *args, **kwargs)


# --- Many at once --------------------------------------------------------------------------------


class _Batch(Generic[Item, T]):
    """The items that workers draw from, and what became of each. Shared by threads or tasks."""

    def __init__(
        self,
        items: Iterable[Item],
        on_done: Callable[[int, T | Exception], object] | None,
        *,
        stop_at_failure: bool,
    ) -> None:
        self._items = enumerate(items)
        self._on_done = on_done
        self._stop_at_failure = stop_at_failure
        self._lock = threading.Lock()
        self._outcomes: dict[int, T | Exception] = {}
        self._stopped = False
        self._broken: Exception | None = None

    def stop(self) -> None:
        self._stopped = True

    def draw(self) -> tuple[int, Item] | None:
        """The next item with its place; None when there is none or a failure has stopped it all."""
        with self._lock:  # a generator refuses to be advanced by two threads at once
            if self._stopped:
                return None
            try:
                return next(self._items, None)
            except Exception as error:  # noqa: BLE001 - the caller's iterable may raise anything
                self._break(error)
                return None

    def settle(self, place: int, outcome: T | Exception) -> None:
        with self._lock:
            self._outcomes[place] = outcome
            if self._stop_at_failure and isinstance(outcome, Exception):
                self._stopped = True
            if self._on_done is not None:
                try:
                    self._on_done(place, outcome)
                except Exception as error:  # noqa: BLE001 - the caller's function may raise anything
                    self._break(error)

    def _break(self, error: Exception) -> None:
        self._stopped = True
        self._broken = self._broken or error

    def settled(self) -> list[T | Exception]:
        if self._broken is not None:
            raise self._broken
        return [self._outcomes[place] for place in sorted(self._outcomes)]

    def values(self) -> list[T]:
        """Results in order; raises the failure of the first item, by place, that failed."""
        values: list[T] = []
        for outcome in self.settled():
            if isinstance(outcome, Exception):
                raise outcome
            values.append(outcome)
        return values


def _workers(limit: int, items: Iterable[Any]) -> int:
    if limit < 1:
        raise ValueError(f"limit: must be 1 or more (got {limit!r})")
    return min(limit, len(items)) if isinstance(items, Sized) else limit


def run_many(
    function: Callable[[Item], T],
    items: Iterable[Item],
    *,
    limit: int,
    on_done: Callable[[int, T | Exception], object] | None = None,
) -> list[T]:
    """Call the function for each item, at most `limit` at a time, each in a thread.

    After a failure no further item is begun; those under way are let finish, since what they do
    may cost money. An interrupt (Ctrl-C) does the same.

    Args:
        function: What to do with an item.
        items: Drawn one by one, as late as possible, so it may be endless until a failure.
        limit: How many at a time.
        on_done: Called with the place and the outcome of each item as it finishes, never by two
            threads at once. If it raises, that ends the run as a failure does.

    Returns:
        The results, in the order of the items.

    Raises:
        Exception: What the function raised for the first item, by place, that failed.
    """
    batch = _Batch[Item, T](items, on_done, stop_at_failure=True)
    _drive(function, batch, _workers(limit, items))
    return batch.values()


def settle_many(
    function: Callable[[Item], T],
    items: Iterable[Item],
    *,
    limit: int,
    on_done: Callable[[int, T | Exception], object] | None = None,
    on_interrupt: Callable[[], object] | None = None,
) -> list[T | Exception]:
    """Like `run_many`, but goes on after a failure and returns it in the place of the result.

    `on_interrupt` is called when an interrupt (Ctrl-C) comes, before what is under way is let
    finish: it may tell the function to be quick.
    """
    batch = _Batch[Item, T](items, on_done, stop_at_failure=False)
    _drive(function, batch, _workers(limit, items), on_interrupt)
    return batch.settled()


def _drive(
    function: Callable[[Item], T],
    batch: _Batch[Item, T],
    workers: int,
    on_interrupt: Callable[[], object] | None = None,
) -> None:
    def work() -> None:
        while (drawn := batch.draw()) is not None:
            place, item = drawn
            try:
                outcome: T | Exception = function(item)
            except Exception as error:  # noqa: BLE001 - handed to the caller by values() or settled()
                outcome = error
            batch.settle(place, outcome)

    if workers <= 1:
        work()
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="ionq-direct") as pool:
        try:
            # Each thread in a copy of the context, so that a trace's parent span carries over.
            for done in [pool.submit(contextvars.copy_context().run, work) for _ in range(workers)]:
                done.result()
        except BaseException:
            batch.stop()
            if on_interrupt is not None:
                on_interrupt()
            raise


async def async_run_many(
    function: Callable[[Item], Awaitable[T]],
    items: Iterable[Item],
    *,
    limit: int,
    on_done: Callable[[int, T | Exception], object] | None = None,
) -> list[T]:
    """Call the function for each item, at most `limit` at a time, each in a task.

    After a failure no further item is begun; those under way are let finish, since what they do
    may cost money. Cancellation of the caller cancels them.

    Args:
        function: What to do with an item.
        items: Drawn one by one, as late as possible, so it may be endless until a failure.
        limit: How many at a time.
        on_done: Called with the place and the outcome of each item as it finishes. If it raises,
            that ends the run as a failure does.

    Returns:
        The results, in the order of the items.

    Raises:
        Exception: What the function raised for the first item, by place, that failed.
    """
    batch = _Batch[Item, T](items, on_done, stop_at_failure=True)
    await _async_drive(function, batch, _workers(limit, items))
    return batch.values()


async def async_settle_many(
    function: Callable[[Item], Awaitable[T]],
    items: Iterable[Item],
    *,
    limit: int,
    on_done: Callable[[int, T | Exception], object] | None = None,
    on_interrupt: Callable[[], object] | None = None,
) -> list[T | Exception]:
    """Like `async_run_many`, but goes on after a failure and returns it in the result's place.

    `on_interrupt` is called when the caller is canceled, and with it what is under way.
    """
    batch = _Batch[Item, T](items, on_done, stop_at_failure=False)
    try:
        await _async_drive(function, batch, _workers(limit, items))
    except asyncio.CancelledError:
        if on_interrupt is not None:
            on_interrupt()
        raise
    return batch.settled()


async def _async_drive(
    function: Callable[[Item], Awaitable[T]], batch: _Batch[Item, T], workers: int
) -> None:
    async def work() -> None:
        while (drawn := batch.draw()) is not None:
            place, item = drawn
            try:
                outcome: T | Exception = await function(item)
            except Exception as error:  # noqa: BLE001 - handed to the caller by values() or settled()
                outcome = error
            batch.settle(place, outcome)

    if workers <= 1:
        await work()
        return
    async with asyncio.TaskGroup() as group:
        for _ in range(workers):
            group.create_task(work())
