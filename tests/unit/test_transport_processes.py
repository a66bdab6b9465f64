"""Forks and event loops: connections belong to the process and the loop that opened them."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import subprocess
import sys
import threading
import time
import warnings

import pytest

from ionq_direct._concurrency import AsyncLocal, ForkSafeLock, Local
from ionq_direct._http import Request
from ionq_direct.errors import IonQError
from ionq_direct.options import Throttle
from tests.servers import ScriptedServer, silent
from tests.worlds import AsyncWorld, SyncWorld

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork")


def in_child(work):
    """Run in a forked child; its exit status is 0 when the work returned True."""
    with warnings.catch_warnings():
        # Python 3.12 warns about a fork with threads, which is what these tests are about.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        status = 1
        try:
            status = 0 if work() is True else 2
        finally:
            os._exit(status)
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return "hung"


@needs_fork
def test_a_forked_child_opens_connections_of_its_own_and_the_parents_live_on():
    world = SyncWorld()
    with ScriptedServer() as server:
        client = world.client(server.url)
        assert client.get("/jobs").status_code == 200

        def child():
            fine = client.get("/backends").status_code == 200
            client.close()
            return fine

        assert in_child(child) == 0
        assert client.get("/jobs").status_code == 200
        world.end()
    by_target = {seen.target: seen.connection for seen in server.seen}
    assert by_target == {"/v0.4/jobs": 1, "/v0.4/backends": 2}
    assert [seen.connection for seen in server.seen] == [1, 2, 1]


@needs_fork
def test_a_forked_child_can_use_the_async_client():
    world = AsyncWorld()
    with ScriptedServer() as server:
        client = world.client(server.url)
        assert world.request(client, "GET", "/jobs").status_code == 200

        def child():
            async def call():
                response = await client.get("/backends")
                await client.aclose()
                return response.status_code == 200

            return asyncio.new_event_loop().run_until_complete(call())

        assert in_child(child) == 0
        assert world.request(client, "GET", "/jobs").status_code == 200
        world.end()
    assert [seen.connection for seen in server.seen] == [1, 2, 1]


@needs_fork
def test_a_lock_that_another_thread_held_at_the_fork_is_free_in_the_child():
    lock = ForkSafeLock()
    held, release = threading.Event(), threading.Event()

    def hold():
        with lock:
            held.set()
            release.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()

    def child():
        with lock:
            return True

    assert in_child(child) == 0
    release.set()
    thread.join()


@needs_fork
def test_slots_taken_in_the_parent_are_free_in_the_child():
    world = SyncWorld()
    with ScriptedServer(silent) as server:
        client = world.client(server.url, throttle=Throttle(concurrency=1))
        thread = threading.Thread(target=lambda: swallow(client.get, "/jobs"))
        thread.start()
        while not server.seen:
            time.sleep(0.001)
        assert in_child(lambda: client.get("/backends").status_code == 200) == 0
        server.ending.set()
        thread.join()
        world.end()


def swallow(function, *arguments):
    with contextlib.suppress(IonQError):
        function(*arguments)


def test_a_thing_is_built_once_however_many_threads_ask():
    built = []

    def build():
        time.sleep(0.005)
        built.append(object())
        return built[-1]

    local = Local(build)
    got = []
    threads = [threading.Thread(target=lambda: got.append(local.get())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1
    assert set(map(id, got)) == {id(built[0])}
    assert local.drain() == built
    assert local.drain() == []
    assert local.closed


def test_each_event_loop_has_its_own_and_they_go_with_it():
    local = AsyncLocal(lambda: [object()])

    async def twice():
        return local.get() is local.get(), local.get()

    (same, first), (_, second) = asyncio.run(twice()), asyncio.run(twice())
    assert same
    assert first is not second

    async def drained():
        mine = local.get()
        return local.drain() == [mine], local.drain()

    assert asyncio.run(drained()) == (True, [])


def test_one_client_works_in_one_event_loop_after_another():
    with ScriptedServer() as server:
        transport = AsyncWorld().transport(server.url)

        async def call():
            request = Request("GET", f"{server.url}/jobs")
            response = await transport.handle_async_request(request)
            for wire in list(transport._wires._held.values()):
                await wire.transport.aclose()
            return response.status_code

        assert [asyncio.run(call()) for _ in range(3)] == [200] * 3


@pytest.mark.parametrize("make", [SyncWorld, AsyncWorld], ids=["sync", "async"])
def test_a_closed_client_gives_no_resource_warning(make):
    world = make()
    gc.collect()  # what other tests left is theirs
    with ScriptedServer() as server, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        client = world.client(server.url)
        world.many(client, "GET", ["/jobs"] * 3)
        world.end()
        del client, world
        gc.collect()
    assert [str(warning.message) for warning in caught] == []


def test_importing_the_library_does_not_load_the_http_library():
    code = (
        "import sys; import ionq_direct, ionq_direct.options, ionq_direct.hooks, "
        "ionq_direct.errors; print([m for m in ('httpx', 'asyncio', 'ssl') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"
