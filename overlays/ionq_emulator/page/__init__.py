"""A page to look at: machines, queue, jobs with circuits and histograms, costs, requests.

May import: the cloud, the gate and starlette. It only looks: nothing here changes a job.
"""

from __future__ import annotations

from ionq_emulator.page.routes import page_routes

__all__ = ["page_routes"]
