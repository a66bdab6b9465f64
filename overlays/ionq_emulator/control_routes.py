"""The control surface over HTTP: `/_emulator/`, JSON in and out, no key.

May import: starlette, control, request log, faults.
"""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from typing import TYPE_CHECKING, Any

import orjson
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ionq_emulator.faults import Fault
from ionq_emulator.values import as_object

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from ionq_emulator.control import Control

__all__ = ["control_routes"]

_FIELDS = {field.name for field in dataclasses.fields(Fault)} - {"id", "matched", "applied"}


def control_routes(control: Control) -> list[BaseRoute]:
    """The routes of the control surface."""
    api = _Routes(control)
    table: list[tuple[str, str, Callable[[Request, dict[str, Any]], Any]]] = [
        ("GET", "/state", api.state),
        ("POST", "/clock/freeze", api.freeze),
        ("POST", "/clock/resume", api.resume),
        ("POST", "/clock/advance", api.advance),
        ("POST", "/clock/speed", api.speed),
        ("PUT", "/progress", api.progress),
        ("PUT", "/queue", api.queue),
        ("PUT", "/backends/{backend}", api.backend),
        ("POST", "/settle", api.settle),
        ("GET", "/faults", api.faults),
        ("POST", "/faults", api.add_fault),
        ("DELETE", "/faults", api.clear_faults),
        ("DELETE", "/faults/{number:int}", api.remove_fault),
        ("GET", "/requests", api.requests),
        ("DELETE", "/requests", api.clear_requests),
        ("POST", "/snapshots", api.snapshot),
        ("GET", "/snapshots/{name}", api.download),
        ("POST", "/snapshots/{name}/restore", api.restore),
        ("POST", "/reset", api.reset),
    ]
    index = sorted({f"{method} /_emulator{path}" for method, path, _ in table})
    table.append(("GET", "/", lambda _request, _body: {"operations": index}))
    return [
        Route(f"/_emulator{path}", _endpoint(handler), methods=[method])
        for method, path, handler in table
    ]


def _endpoint(handler: Callable[[Request, dict[str, Any]], Any]) -> Any:
    async def endpoint(request: Request) -> Response:
        try:
            text = await request.body()
            body = as_object(orjson.loads(text) if text else {})
            if body is None:
                raise TypeError("the body must be a JSON object")
            # In a thread: advancing the clock waits for simulations.
            value = await asyncio.to_thread(handler, request, body)
        except (ValueError, TypeError, TimeoutError) as error:
            return _json({"error": str(error)}, 400)
        except KeyError as error:
            return _json({"error": f"there is no {error}"}, 404)
        return value if isinstance(value, Response) else _json(value, 200)

    return endpoint


def _json(value: Any, status: int) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")


class _Routes:
    def __init__(self, control: Control) -> None:
        self._control = control
        self._snapshots: dict[str, bytes] = {}
        self._names = itertools.count(1)

    def state(self, _request: Request, _body: dict[str, Any]) -> Any:
        return self._control.state()

    # -- time and jobs --------------------------------------------------------------------------

    def freeze(self, request: Request, body: dict[str, Any]) -> Any:
        self._control.freeze()
        return self.state(request, body)

    def resume(self, request: Request, body: dict[str, Any]) -> Any:
        self._control.resume()
        return self.state(request, body)

    def advance(self, request: Request, body: dict[str, Any]) -> Any:
        self._control.advance(float(_field(body, "seconds")))
        return self.state(request, body)

    def speed(self, request: Request, body: dict[str, Any]) -> Any:
        self._control.set_speed(float(_field(body, "speed")))
        return self.state(request, body)

    def settle(self, request: Request, body: dict[str, Any]) -> Any:
        self._control.settle(float(body.get("seconds", 60)))
        return self.state(request, body)

    def progress(self, request: Request, body: dict[str, Any]) -> Any:
        self._control.set_progress(_field(body, "progress"))
        return self.state(request, body)

    def queue(self, request: Request, body: dict[str, Any]) -> Any:
        self._control.set_queue({name: float(seconds) for name, seconds in body.items()})
        return self.state(request, body)

    def backend(self, request: Request, body: dict[str, Any]) -> Any:
        self._control.set_backend(request.path_params["backend"], **body)
        return self.state(request, body)

    # -- faults ---------------------------------------------------------------------------------

    def faults(self, _request: Request, _body: dict[str, Any]) -> Any:
        return [fault.describe() for fault in self._control.faults()]

    def add_fault(self, _request: Request, body: dict[str, Any]) -> Any:
        unknown = sorted(set(body) - _FIELDS)
        if unknown:
            raise ValueError(f"a fault has no {', '.join(unknown)}; it has {sorted(_FIELDS)}")
        kind = str(_field(body, "kind"))
        return self._control.add_fault(kind, **_without(body, "kind")).describe()

    def clear_faults(self, request: Request, _body: dict[str, Any]) -> Any:
        self._control.clear_faults(request.query_params.get("project_id"))
        return []

    def remove_fault(self, request: Request, body: dict[str, Any]) -> Any:
        number = request.path_params["number"]
        if not self._control.remove_fault(number):
            raise KeyError(number)
        return self.faults(request, body)

    # -- log, snapshots, reset ------------------------------------------------------------------

    def requests(self, request: Request, _body: dict[str, Any]) -> Any:
        entries = self._control.requests(
            project_id=request.query_params.get("project_id"),
            operation=request.query_params.get("operation"),
        )
        return [entry.describe() for entry in entries]

    def clear_requests(self, _request: Request, _body: dict[str, Any]) -> Any:
        self._control.clear_requests()
        return []

    def snapshot(self, _request: Request, body: dict[str, Any]) -> Any:
        name = str(body.get("name") or f"snapshot-{next(self._names)}")
        self._snapshots[name] = self._control.snapshot()
        return {"name": name, "bytes": len(self._snapshots[name])}

    def download(self, request: Request, _body: dict[str, Any]) -> Any:
        snapshot = self._snapshots[request.path_params["name"]]
        return Response(snapshot, media_type="application/vnd.sqlite3")

    def restore(self, request: Request, body: dict[str, Any]) -> Any:
        self._control.restore(self._snapshots[request.path_params["name"]])
        return self.state(request, body)

    def reset(self, request: Request, body: dict[str, Any]) -> Any:
        self._control.reset(body.get("project_id"))
        return self.state(request, body)


def _field(body: dict[str, Any], name: str) -> Any:
    if name not in body:
        raise ValueError(f"{name} is required")
    return body[name]


def _without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}
