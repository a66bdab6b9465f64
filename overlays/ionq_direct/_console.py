"""Pages of IonQ's web console. May import: the standard library.

Source: IonQ docs, user-manual/introduction (the console is cloud.ionq.com) and the links to its
list of jobs. That a job's page is below that list is how the console works, not documented.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

__all__ = ["CONSOLE_URL", "job_page", "jobs_page"]

CONSOLE_URL: Final = "https://cloud.ionq.com"

_CLOUDS: Final = frozenset({"api.ionq.co", "api.ionq.com"})


def jobs_page(base_url: str) -> str | None:
    """The list of jobs; None when the API is not IonQ's own cloud (an emulator, say)."""
    return f"{CONSOLE_URL}/jobs" if urlsplit(base_url).hostname in _CLOUDS else None


def job_page(base_url: str, job_id: str) -> str | None:
    """A job's page; None when the API is not IonQ's own cloud."""
    page = jobs_page(base_url)
    return f"{page}/{quote(job_id, safe='')}" if page else None
