"""The API at version 0.3: a second face of the same jobs.

May import: the cloud, the HTTP seam, and what version 0.4 checks requests with.
"""

from ionq_emulator.v0_3.routes import operations

__all__ = ["operations"]
