# Generated from overlays/ionq_direct/_async/__init__.py by scripts.sync_from_async. Do not edit.
"""The machinery that waits: once for tasks, once for threads (scripts/sync_from_async.py)."""
