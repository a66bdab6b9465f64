"""The walk-through with the library: submit, wait, counts, cost."""

from ionq_direct import IonQ


def run(payload: dict[str, object]) -> dict[str, int]:
    with IonQ() as ionq:
        job = ionq.submit(payload)
        counts = job.result(timeout=300).counts
        print(job.cost())
        return dict(counts)
