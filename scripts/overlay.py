"""Applying overlays, by the name the scripts know. May import: ionq_conformance.spec."""

from ionq_conformance.spec.overlay import (
    NOTHING_NEW,
    DeadAction,
    Overlay,
    apply,
    load_overlay,
    load_overlays,
)

__all__ = ["NOTHING_NEW", "DeadAction", "Overlay", "apply", "load_overlay", "load_overlays"]
