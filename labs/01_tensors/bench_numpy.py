"""Prints the seconds that numpy takes for the product of two square matrices of float.

usage: bench_numpy.py SIZE, with OPENBLAS_NUM_THREADS=1. Exits with 77 where numpy is not installed.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "common" / "program"))
from timing import seconds_per_call, skip_without

numpy = skip_without("numpy")
size = int(sys.argv[1])
a, b = (numpy.random.rand(size, size).astype(numpy.float32) for _ in range(2))
print("numpy", seconds_per_call(lambda: a @ b))
