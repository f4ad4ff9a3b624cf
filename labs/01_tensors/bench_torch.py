"""Prints the seconds that PyTorch takes for the product of two square matrices of float.

usage: bench_torch.py SIZE. Exits with 77 where PyTorch is not installed.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "common" / "program"))
from timing import seconds_per_call, skip_without

torch = skip_without("torch")
torch.set_num_threads(1)
size = int(sys.argv[1])
a, b = torch.rand(size, size), torch.rand(size, size)
print("PyTorch", seconds_per_call(lambda: a @ b))
