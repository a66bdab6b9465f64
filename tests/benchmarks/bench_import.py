"""What importing costs, against the HTTP library that is the floor of any client.

May import: the harness.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.benchmarks.harness import Row, benchmark, import_seconds, medians

FLOOR = "httpx"


@benchmark("import")
def imports() -> Iterator[Row]:
    """Each import in interpreters of its own, in turn with the baseline's."""
    for module in ("ionq_api.v0_4.api.jobs.get_job", "ionq_api.v0_4.models", "ionq_direct"):
        for name in (module, FLOOR):
            import_seconds(name)  # compiles what is not yet compiled
        timers = [partial(import_seconds, module), partial(import_seconds, FLOOR)]
        ours, floor = medians(timers, repetitions=15)
        yield Row(f"import {module}", ours, floor, aim=1.2, against=f"import {FLOOR}")
