"""The machinery that waits: once for tasks, once for threads (scripts/sync_from_async.py)."""
