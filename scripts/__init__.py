"""The commands behind the Makefile; each runs as `python -m scripts.NAME`."""
