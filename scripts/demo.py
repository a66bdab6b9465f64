"""Show that it works: current client, a cloud on this machine, a Bell job, counts.

May import: the other scripts, ionq_direct and ionq_emulator.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from ionq_direct import IonQ, IonQError, histogram
from scripts import lock, paths
from scripts.check import generated_is_current

SHOTS = 1000
BELL: dict[str, Any] = {
    "type": "ionq.circuit.v1",
    "name": "Bell pair",
    "backend": "simulator",
    "shots": SHOTS,
    "input": {
        "gateset": "qis",
        "qubits": 2,
        "circuit": [{"gate": "h", "target": 0}, {"gate": "x", "target": 1, "control": 0}],
    },
}
NOISY = "qpu.forte-1"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the demo; 0 when everything went as it should."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--live",
        action="store_true",
        help="on the cloud that IONQ_API_KEY and IONQ_API_URL name; its free simulator only",
    )
    live = parser.parse_args(argv).live
    try:
        show_generated()
        with live_cloud() if live else local_cloud() as ionq:
            show(ionq, BELL)
            if not live:
                show(ionq, {**BELL, "name": "Bell pair with noise", "backend": NOISY})
    except IonQError as error:
        print(f"\nThe demo failed: {error}", file=sys.stderr)
        return 1
    return 0


def show_generated() -> None:
    """Generate the client anew and compare it with the one in the repository."""
    step("Generating the client from openapi/v0.4.yaml and its patches")
    problems = generated_is_current()
    if problems:
        raise IonQError(f"generated/ is not current:\n{problems}")
    count = len(lock.tree_files(paths.GENERATED))
    print(f"  {count} files, byte for byte those in generated/")


@contextlib.contextmanager
def local_cloud() -> Iterator[IonQ]:
    """A client of an emulator that lives as long as the context."""
    from ionq_emulator import Emulator  # noqa: PLC0415  the live demo does not need it

    step("Starting the emulator")
    with Emulator(seed=7) as emulator, IonQ(emulator.api_key, emulator.url) as ionq:
        print(f"  {emulator.url}")
        yield ionq


@contextlib.contextmanager
def live_cloud() -> Iterator[IonQ]:
    """A client of the cloud that the environment names."""
    step("Using the cloud that the environment names")
    with IonQ() as ionq:
        print(f"  {ionq.base_url}, key {ionq.whoami().key_name!r}")
        yield ionq


def show(ionq: IonQ, payload: dict[str, Any]) -> None:
    """Run one job and print what came of it."""
    step(f"{payload['name']} on {payload['backend']}, {payload['shots']} shots")
    job = ionq.submit(payload)
    print(f"  job {job.id}: {job.status}")
    result = job.result(timeout=120)
    print(f"  job {job.id}: {job.status}")
    print(f"  probabilities {result.probabilities}")
    print(f"  counts {result.counts}  (qubit 0 rightmost)")
    print(indented(histogram(result.distribution, qubits=result.qubits, width=40)))
    if sum(result.counts.values()) != payload["shots"]:
        raise IonQError(f"counts sum to {sum(result.counts.values())}, not {payload['shots']}")


def step(text: str) -> None:
    """Print a heading."""
    print(f"\n{text}", flush=True)


def indented(text: str) -> str:
    """The text, two blanks to the right."""
    return "\n".join(f"  {line}" for line in text.splitlines())


if __name__ == "__main__":
    sys.exit(main())
