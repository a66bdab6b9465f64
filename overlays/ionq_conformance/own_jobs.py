"""Generated jobs within the rules of a profile: on the free simulator or dry, marked, at most N.

May import: world, generation, judging, wire's inputs, the ledger.
"""

from __future__ import annotations

import copy
import itertools
from typing import Any, cast

from ionq_conformance import generation
from ionq_conformance.api import NoAnswerError
from ionq_conformance.contract import Json
from ionq_conformance.judging import REFUSAL, is_wrong_refusal
from ionq_conformance.ledger import MARK
from ionq_conformance.profiles import FREE_BACKEND
from ionq_conformance.wire import Input
from ionq_conformance.world import QPU, World

__all__ = ["fuzz", "within_rules"]

_MOST_NOTES = 9
"""Ten names may stand in metadata (IonQ core concepts); the tenth is the mark's."""


def within_rules(body: Any, run: str) -> Any:
    """A generated job as the profile `simulator` allows it; what is no object stays what it is.

    What asks for a dry run becomes one on a quantum computer; all else goes to the simulator.

    Args:
        body: As generated.
        run: The mark of the run.
    """
    if not isinstance(body, dict):
        return body
    job = copy.deepcopy(cast("Json", body))
    job.pop("session_id", None)
    job["backend"] = QPU if job.get("dry_run") is True else FREE_BACKEND
    found: object = job.get("metadata")
    notes = cast("Json", found) if isinstance(found, dict) else {}
    kept = itertools.islice(((k, v) for k, v in notes.items() if k != MARK), _MOST_NOTES)
    job["metadata"] = {MARK: run, **dict(kept)}
    return job


def fuzz(world: World, *, examples: int, seed: int) -> None:
    """Create generated jobs, as many as may still be made, and read back each of them.

    Args:
        world: The server.
        examples: Most jobs to try.
        seed: Of the generator.
    """
    api = world.api
    operation = api.contract.operations["CreateJob"]
    api.phase = "fuzzing"

    def attempt(given: Input) -> None:
        if world.ledger.left < 1:
            return
        body = within_rules(given.body, world.ledger.run)
        try:
            reply = api.call("CreateJob", body=body)
            if reply.id:
                world.get(reply.id)
        except NoAnswerError:
            return  # counted already
        check, title = REFUSAL
        right = not is_wrong_refusal(operation, reply.status, reply.content)
        api.claim(check, right, title, reply, clause=f"{operation.pointer}/requestBody")

    for given in generation.examples_of(api.contract, operation):
        attempt(given)
    inputs = generation.inputs(api.schema, operation)
    generation.generate(inputs, attempt, examples=examples, number=seed)
