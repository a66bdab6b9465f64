"""Through the generated client: what it sends, what it makes of the answers, sync and async.

May import: the generated client, the other modules of this package but the commands. Each input
goes to the server where the profile allows it; documented answers are generated as well, and given
by the gate, so that the client is tried with what this server does not answer today.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import warnings
import zlib
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlsplit

from hypothesis import strategies as st

from ionq_api.v0_4.client import AuthenticatedClient
from ionq_api.v0_4.types import Response
from ionq_conformance import generation, wire
from ionq_conformance.calls import PHASE, TAKES, Call
from ionq_conformance.contract import Json, Operation
from ionq_conformance.functions import Function, functions
from ionq_conformance.gate import Canned, Exchange, Gate
from ionq_conformance.generation import AnswerSource
from ionq_conformance.own_jobs import within_rules
from ionq_conformance.profiles import OF_MANY_JOBS, allows
from ionq_conformance.resources import Place, Resources
from ionq_conformance.wire import Input, InputError
from ionq_conformance.world import World

__all__ = ["PHASE", "run"]

_ORDER: Final = ("GET", "POST", "PUT", "DELETE")
_LARGE: Final = 1 << 16

T = TypeVar("T")
Caller = Callable[[Function, dict[str, Any]], Response[Any]]


def run(
    world: World, gate: Gate, *, examples: int, seed: int, operations: Iterable[str] = ()
) -> None:
    """Try every operation; what is found is in the world's findings.

    Args:
        world: The server.
        gate: Where requests go.
        examples: Inputs for an operation; each is sent twice, sync and async.
        seed: Of the generator.
        operations: `operationId`s; none: all.
    """
    api = world.api
    api.findings.phases.append(PHASE)
    api.phase = PHASE
    wanted = set(operations) or api.contract.operations.keys()
    chosen = [one for one in api.contract.operations.values() if one.operation_id in wanted]
    resources = Resources(world)
    resources.collect()
    with _callers(gate.url, api.api_key) as callers:
        trial = _Trial(world, gate, resources, AnswerSource(api.contract), callers)
        for operation in sorted(chosen, key=_rank):
            number = zlib.crc32(operation.operation_id.encode()) ^ seed
            if allows(world.profile, operation):
                trial.send(operation, examples, number)
            trial.rehearse(operation, examples, number)


def _rank(operation: Operation) -> tuple[int, bool]:
    """What reads comes first, what deletes last, and jobs one by one before all of them."""
    return _ORDER.index(operation.method), operation.operation_id in OF_MANY_JOBS


@contextlib.contextmanager
def _callers(url: str, api_key: str) -> Generator[dict[str, Caller]]:
    """The generated functions as they are called: sync, and async."""
    # The gate speaks plain HTTP: without certificates to read, a client is made at once.
    client = AuthenticatedClient(url, token=api_key, prefix="apiKey", verify_ssl=False)
    with asyncio.Runner() as runner, client:

        def sync(function: Function, given: dict[str, Any]) -> Response[Any]:
            answer: Response[Any] = function.module.sync_detailed(**given, client=client)
            return answer

        def later(function: Function, given: dict[str, Any]) -> Response[Any]:
            answer: Response[Any] = runner.run(
                function.module.asyncio_detailed(**given, client=client)
            )
            return answer

        runner.run(client.__aenter__())
        try:
            yield {"sync": sync, "async": later}
        finally:
            runner.run(client.__aexit__(None, None, None))


@dataclass(slots=True)
class _Trial:
    """One operation after the other, each way of calling it."""

    world: World
    gate: Gate
    resources: Resources
    answers: AnswerSource
    callers: dict[str, Caller]

    def send(self, operation: Operation, examples: int, number: int) -> None:
        """Send inputs to the server, and look at both ends."""
        schema, contract = self.world.api.schema, self.world.api.contract

        def attempt(pair: tuple[Input, int]) -> None:
            given, choice = pair
            for turn, name in enumerate(self.callers):
                fitted = self._fitted(operation, given, choice, turn)
                if fitted is None:
                    return
                with self.gate.watch() as seen:
                    self._attempt(operation, fitted, name, name, seen)

        for given in generation.examples_of(contract, operation):
            attempt((given, 0))
        if not contract.parameters(operation) and "requestBody" not in operation.node:
            examples = 1  # there is one thing to say
        strategy = st.tuples(generation.inputs(schema, operation), st.integers(0, _LARGE))
        generation.generate(strategy, attempt, examples=examples, number=number)

    def rehearse(self, operation: Operation, examples: int, number: int) -> None:
        """Have the gate give documented answers, and look at both ends; nothing is sent."""
        documented = self.answers.documented(operation)
        # Errors are alike in all operations: half of the answers are successes.
        drawn = st.sampled_from([documented[0], *documented]).flatmap(
            lambda one: st.tuples(
                st.sampled_from(one.statuses), self.answers.bodies(operation, one)
            )
        )

        def attempt(pair: tuple[Input, tuple[int, Any]]) -> None:
            given, (status, body) = pair
            canned = Canned(status, json.dumps(body).encode())
            for name in self.callers:
                with self.gate.rehearse(canned) as seen:
                    self._attempt(operation, given, f"{name}, rehearsed", name, seen)

        strategy = st.tuples(generation.inputs(self.world.api.schema, operation), drawn)
        generation.generate(strategy, attempt, examples=examples, number=number)

    # -- inputs -----------------------------------------------------------------------------------

    def _fitted(self, operation: Operation, given: Input, choice: int, turn: int) -> Input | None:
        """An input that names what exists, within the profile's rules; None: there is none.

        Args:
            operation: Whose input it is.
            given: As generated.
            choice: Chooses among what exists; one in four inputs stays as generated.
            turn: Of several ways of calling: what one has deleted, the next does not find.
        """
        writes, profile = operation.method != "GET", self.world.profile
        own = list(self.world.ledger.jobs) if writes else []
        if writes and profile.writes == "own-jobs":
            if operation.operation_id == "CreateJob":
                return self._new_job(given)
            return _naming_a_job(operation, given, _one_of(own, choice + turn)) if own else None
        if choice % 4 == 3:
            return given
        choice //= 4
        if own and ("UUID" in given.path or operation.operation_id in OF_MANY_JOBS):
            return _naming_a_job(operation, given, _one_of(own, choice + turn))
        places, backends = self.resources.of(operation), self.resources.backends
        place: Place = _one_of(places, choice) if places else {}
        known = _naming_a_backend(given, _one_of(backends, choice)) if backends else given
        return replace(known, path={**given.path, **place})

    def _new_job(self, given: Input) -> Input | None:
        if self.world.ledger.left < 1:
            return None
        return replace(given, body=within_rules(given.body, self.world.ledger.run))

    # -- one call ---------------------------------------------------------------------------------

    def _attempt(
        self, operation: Operation, given: Input, way: str, name: str, seen: list[Exchange]
    ) -> None:
        """Call a function once, and judge what it sent and what it made of the answer."""
        contract, api = self.world.api.contract, self.world.api
        api.progress(PHASE, operation.label)
        function = functions()[operation.operation_id]
        call = Call(self.world, operation, way, seen)
        try:
            call_arguments = wire.arguments(function, given)
        except InputError as error:
            call.fails(TAKES, "Client cannot say what the document allows", str(error))
            return
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # what is deprecated is tried
                response = self.callers[name](function, call_arguments)
        except Exception as error:  # noqa: BLE001 - whatever it raises is what is looked for
            call.raised(error)
            return
        api.findings.case(operation.label)
        call.holds(TAKES)
        prefix = urlsplit(api.url).path
        wrong = wire.wrong_with(
            contract, operation, given, seen[-1], prefix=prefix, api_key=api.api_key
        )
        call.counts(wire.CHECKS, wrong)
        call.answer(response, given)


def _one_of(things: Sequence[T], choice: int) -> T:
    return things[choice % len(things)]


def _naming_a_job(operation: Operation, given: Input, job_id: str) -> Input:
    if operation.operation_id in OF_MANY_JOBS:
        return replace(given, body={"ids": [job_id]})
    return replace(given, path={**given.path, "UUID": job_id})


def _naming_a_backend(given: Input, name: str) -> Input:
    """The document takes any text for a backend, a server only names."""
    if "backend" in given.query:
        given = replace(given, query={**given.query, "backend": name})
    if isinstance(given.body, dict):
        body = cast("Json", given.body)
        given = replace(given, body=body | ({"backend": name} if "backend" in body else {}))
    return given
