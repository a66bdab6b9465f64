"""What can go wrong, by class; and values that need no server."""

from ionq_direct import (
    APIError,
    ConnectionFailed,
    InvalidJob,
    IonQ,
    IonQError,
    NotFound,
    RateLimited,
    SubmissionUnknown,
    bitstrings,
    counts_from_probabilities,
    expectation_z,
    marginal,
    validate_payload,
    wait_for_job,
)


def send(ionq: IonQ, payload: dict[str, object]) -> str:
    try:
        validate_payload(payload)
        return ionq.submit(payload).id
    except InvalidJob as error:
        return f"{error.path}: {error.value}"
    except SubmissionUnknown as error:
        return error.tag
    except RateLimited as error:
        return str(error.retry_after)
    except NotFound:
        return "nothing"
    except APIError as error:
        return f"{error.status} {error.request_id} {error.attempts}"
    except (ConnectionFailed, IonQError) as error:
        return str(error)


def follow(ionq: IonQ, job: str) -> object:
    return wait_for_job(ionq.api, job, timeout=60)


def values() -> tuple[dict[str, int], dict[str, float], float]:
    told = {"0": 0.5, "3": 0.5}
    counts = counts_from_probabilities(told, 1000, method="sample", seed=7)
    return dict(counts), dict(marginal(bitstrings(told, 2), [0])), expectation_z(told, [0, 1])
