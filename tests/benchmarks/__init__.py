"""Measurements, always against a baseline in the same run: `python -m tests.benchmarks [names]`.

To add one, write a function in a file bench_*.py here and register it:

    @benchmark("decoding")
    def decoding() -> Iterator[Row]:
        ours, stock = interleaved(read_ours, read_stock)
        yield Row("job from a dict", ours, stock, aim=1.5)
"""
