"""The commands behind the Makefile; each runs as `python -m scripts.NAME`.

They work on the repository they stand in, also where another one is installed.
"""

import sys
from pathlib import Path

_OVERLAYS = str(Path(__file__).resolve().parent.parent / "overlays")
if _OVERLAYS not in sys.path:
    sys.path.insert(0, _OVERLAYS)
