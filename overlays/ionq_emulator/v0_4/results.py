"""Version 0.4: what completed jobs gave: distributions, shots, variants, artifacts, circuits.

May import: the cloud, the HTTP seam, validation, compiled circuits and views.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ionq_emulator.compiled import Language
from ionq_emulator.errors import bad_request, gone, not_found
from ionq_emulator.http import Answer, Call, content_answer, json_answer
from ionq_emulator.v0_4.views import artifacts
from ionq_emulator.validation import query_bool

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from ionq_emulator.cloud import Cloud
    from ionq_emulator.records import Job

__all__ = ["ResultsApi"]

# Ways to put the variants of a debiased job together (IonQ docs, error mitigation).
_AGGREGATIONS = {"average": "probabilities", "voting": "sharpened"}


class ResultsApi:
    """Handlers."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def probabilities(self, call: Call) -> Answer:
        """GET /jobs/{UUID}/results/probabilities.

        `sharpen=true` is the older way to say `aggregation=voting`. Without variants there is
        nothing to put together: both then change nothing.
        """
        job = self._job(call)
        kind = _aggregation(call.query)
        return content_answer(
            self._cloud.result(job, kind if kind in job.results else "probabilities")
        )

    def aggregated(self, call: Call) -> Answer:
        """GET /jobs/{UUID}/results/probabilities/aggregated."""
        return content_answer(self._cloud.aggregated(self._job(call)))

    def histogram(self, call: Call) -> Answer:
        """GET /jobs/{UUID}/results/histogram."""
        return content_answer(self._cloud.result(self._job(call), "histogram"))

    def shots(self, call: Call) -> Answer:
        """GET /jobs/{UUID}/results/shots."""
        return content_answer(self._cloud.result(self._job(call), "shots"))

    def variant_probabilities(self, call: Call) -> Answer:
        """GET /jobs/{UUID}/variants/{variantId}/results/probabilities."""
        return self._variant(call, "probabilities")

    def variant_histogram(self, call: Call) -> Answer:
        """GET /jobs/{UUID}/variants/{variantId}/results/histogram."""
        return self._variant(call, "histogram")

    def variant_shots(self, call: Call) -> Answer:
        """GET /jobs/{UUID}/variants/{variantId}/results/shots."""
        return self._variant(call, "shots")

    def artifact(self, call: Call) -> Answer:
        """GET /jobs/{UUID}/artifacts/{artifactId}."""
        job = self._job(call)
        artifact = artifacts(job).get(call.params["artifactId"])
        if artifact is None:
            raise not_found()
        if artifact.language is not None:
            text = self._cloud.compiled(job, artifact.language)
            return Answer(text.encode(), media_type=artifact.media_type)
        if artifact.kind == "probabilities-aggregate":
            return content_answer(self._cloud.aggregated(job))
        return content_answer(self._cloud.result(job, artifact.kind))

    def circuit(self, call: Call) -> Answer:
        """GET /jobs/{UUID}/circuits/{lang}: the compiled circuit, a JSON string."""
        job = self._job(call)
        language = call.params["lang"]
        if language not in get_args(Language):
            raise bad_request(
                f'"lang" must be native or qasm3, got {language[:40]!r}', "lang", source="params"
            )
        if not self._cloud.settings.compiled_circuits:
            raise gone("Compiled circuits are artifacts of the job's output now")
        text = self._cloud.compiled(job, "native" if language == "native" else "qasm3")
        return json_answer(text)

    def _job(self, call: Call) -> Job:
        return self._cloud.job(call.identity, call.params["UUID"])

    def _variant(self, call: Call, kind: str) -> Answer:
        variant = call.params["variantId"]
        return content_answer(self._cloud.result(self._job(call), kind, variant))


def _aggregation(query: QueryParams) -> str:
    name = query.get("aggregation")
    sharpen = query_bool(query, "sharpen", default=False)
    if name is None:
        return "sharpened" if sharpen else "probabilities"
    if name not in _AGGREGATIONS:
        known = ", ".join(_AGGREGATIONS)
        raise bad_request(
            f'"aggregation" must be one of {known}, got {name[:40]!r}',
            "aggregation",
            source="query",
        )
    return _AGGREGATIONS[name]
