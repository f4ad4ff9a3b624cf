"""Prints the seconds that numpy and PyTorch take for the product of two square matrices of float, the fastest of several.

usage: bench_numpy.py SIZE, with OPENBLAS_NUM_THREADS=1. Counts the time of computing alone, as measure.hpp does. A library that is not installed takes -1 seconds.
"""
import sys
import time

size = int(sys.argv[1])


def fastest(multiply):
    best, start = float("inf"), time.perf_counter()
    while time.perf_counter() - start < 0.15:
        before = time.thread_time()
        multiply()
        best = min(best, time.thread_time() - before)
    return best


def with_numpy():
    import numpy
    a, b = (numpy.random.rand(size, size).astype(numpy.float32) for _ in range(2))
    return fastest(lambda: a @ b)


def with_torch():
    import torch
    torch.set_num_threads(1)
    a, b = torch.rand(size, size), torch.rand(size, size)
    return fastest(lambda: a @ b)


for measure in (with_numpy, with_torch):
    try:
        print(measure())
    except ImportError:
        print(-1)
