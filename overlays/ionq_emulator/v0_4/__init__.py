"""The API at version 0.4: what it takes, what it shows, and its routes.

May import: the cloud and the HTTP seam.
"""

from ionq_emulator.v0_4.routes import operations

__all__ = ["operations"]
