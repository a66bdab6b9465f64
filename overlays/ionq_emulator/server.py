"""An emulator that listens: in a thread of this process, on a port of its own.

May import: uvicorn, the application and the cloud.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import itertools
import socket
import threading
from typing import TYPE_CHECKING, Any, Self

import uvicorn

from ionq_emulator.app import build_app
from ionq_emulator.auth import DEFAULT_API_KEY, ApiKey
from ionq_emulator.cloud import Cloud
from ionq_emulator.connection import CuttableProtocol
from ionq_emulator.control import Control
from ionq_emulator.control_routes import control_routes
from ionq_emulator.gate import Gate
from ionq_emulator.local import keep_strangers_out
from ionq_emulator.page import page_routes
from ionq_emulator.project import Project
from ionq_emulator.settings import Progress, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from types import TracebackType

    from starlette.applications import Starlette
    from starlette.routing import BaseRoute

__all__ = ["Emulator", "serve"]

_BACKLOG = 2048
_STOP_SECONDS = 5.0


class Emulator:
    """IonQ's cloud on this machine, for as long as a `with` block lasts.

    ```python
    with Emulator() as emulator:
        key = {"Authorization": f"apiKey {emulator.api_key}"}
        requests.get(f"{emulator.url}/whoami", headers=key)
    ```

    Args:
        host: Address to listen on.
        port: Port to listen on; 0: any that is free.
        api_keys: The only keys to accept; by default any key is, and is its own project.
        progress: `instant`, `time`, `polls:N` or N: when jobs move.
        executor: Where long simulations run: any `concurrent.futures.Executor`, which is left
            running at the end, or `dask://HOST:PORT`; default: worker processes of its own,
            started when first needed.
        control: Serve `/_emulator/` and the page at `/`; default: when `host` is a loopback
            address.
        settings: Further fields of `Settings`: `database`, `seed`, `speed`, `workers`,
            `memory_bytes`, `check_responses`, `estimate_shape`, `compiled_circuits`, `queue_ms`.

    Raises:
        DatabaseInUseError: Another emulator has the database open.
        ExecutorUnavailableError: There is no such Dask cluster, or Dask is not installed.
        OSError: The port is taken.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        api_keys: tuple[ApiKey | str, ...] | list[ApiKey | str] | list[str] = (),
        progress: str | int | Progress = "instant",
        executor: Executor | str | None = None,
        control: bool | None = None,
        **settings: Any,
    ) -> None:
        self._settings = Settings(
            api_keys=tuple(api_keys),
            progress=Progress.parse(progress),
            control=_is_loopback(host) if control is None else control,
            **settings,
        )
        self.host = host
        self.port = port
        self._executor = executor
        self._cloud: Cloud | None = None
        self._gate: Gate
        self._app: Starlette | None = None
        self._server: _Listener | None = None

    @property
    def cloud(self) -> Cloud:
        """The emulated cloud itself; it is opened when first asked for."""
        if self._cloud is None:
            self._cloud = Cloud(self._settings, self._executor)
            self._gate = Gate(self._cloud, check=self._settings.check_responses)
        return self._cloud

    @property
    def app(self) -> Starlette:
        """The ASGI application, to be called in-process without a socket."""
        if self._app is None:
            self._app = build_app(self.cloud, self._gate, self._local_routes())
        return self._app

    def _local_routes(self) -> list[BaseRoute]:
        """What is for whoever sits at this machine: the control surface and the page."""
        cloud = self.cloud
        if not self._settings.control:
            return []
        routes = [*control_routes(self.control), *page_routes(cloud, self._gate)]
        return keep_strangers_out(routes, any_name=not _is_loopback(self.host))

    @property
    def control(self) -> Control:
        """Clock, progress, queues, faults, request log, snapshots and reset."""
        return Control(self.cloud, self._gate)

    def project(self, api_key: str) -> Project:
        """A project on this emulator: the one `api_key` belongs to."""
        return Project(self, api_key)

    @property
    def origin(self) -> str:
        """Scheme, host and port, such as `http://127.0.0.1:40123`."""
        if self._server is None:
            raise RuntimeError("the emulator does not listen: use it in a `with` block")
        return self._server.origin

    @property
    def url(self) -> str:
        """The base URL with the version, such as `http://127.0.0.1:40123/v0.4`."""
        return f"{self.origin}/v0.4"

    @property
    def api_key(self) -> str:
        """A key that is accepted here."""
        if not self._settings.api_keys:
            return DEFAULT_API_KEY
        first = self._settings.api_keys[0]
        return first if isinstance(first, str) else first.key

    def start(self) -> Self:
        """Listen; returns when requests are answered."""
        if self._server is None:
            self._server = _Listener(self.app, self.host, self.port)
        return self

    def stop(self) -> None:
        """Stop listening and end everything; harmless when stopped already."""
        server, self._server = self._server, None
        if server is not None:
            server.stop()
        cloud, self._cloud, self._app = self._cloud, None, None
        if cloud is not None:
            cloud.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=CuttableProtocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=1,
    )


def _origin(listener: socket.socket, host: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio turns Nagle's algorithm off: 40 ms a request otherwise.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


class _Listener:
    """A uvicorn server in a thread."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        self._socket = _listen(host, port)
        self.origin = _origin(self._socket, host)
        self._started = threading.Event()
        self._server = _Server(_config(app), self._started)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="ionq-emulator", daemon=True
        )
        self._thread.start()
        self._started.wait(_STOP_SECONDS)

    def stop(self) -> None:
        self._server.stop_soon()
        self._thread.join(_STOP_SECONDS)
        self._socket.close()


class _Server(uvicorn.Server):
    """Says when it has started, and leaves signals to whoever owns the process."""

    def __init__(self, config: uvicorn.Config, started: threading.Event) -> None:
        super().__init__(config)
        self._started_event = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._started_event.set()

    async def main_loop(self) -> None:
        """Uvicorn's loop looks every 100 ms whether it is to stop; this one is told."""
        for tick in itertools.count():
            if await self.on_tick(tick) or self._stopping.is_set():
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), 0.1)

    def stop_soon(self) -> None:
        """Have the server stop; called from another thread."""
        with contextlib.suppress(RuntimeError):  # its loop has ended
            self._loop.call_soon_threadsafe(self._stopping.set)


def serve(emulator: Emulator, *, announce: Callable[[str], None]) -> None:
    """Serve in this thread until the process is told to stop (SIGINT, SIGTERM).

    Args:
        emulator: What to serve, where it says.
        announce: Told the base URL as soon as connections are accepted.

    Raises:
        OSError: The port is taken.
    """
    with contextlib.closing(_listen(emulator.host, emulator.port)) as listener:
        emulator.cloud.runner.warm()
        announce(f"{_origin(listener, emulator.host)}/v0.4")
        uvicorn.Server(_config(emulator.app)).run([listener])
