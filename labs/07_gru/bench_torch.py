"""Prints the seconds that PyTorch's nn.GRU takes for forward and backward of a sequence, with as many inputs as units.

usage: bench_torch.py TIME BATCH THREADS SIZE... Exits with 77 where PyTorch is not installed.
"""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "common" / "program"))
from timing import seconds_per_call, skip_without

time, batch, threads, *sizes = map(int, sys.argv[1:])
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(threads)
torch = skip_without("torch")
torch.set_num_threads(threads)
torch.manual_seed(0)
for size in sizes:
    gru = torch.nn.GRU(size, size)
    x = torch.randn(time, batch, size, requires_grad=True)
    dy = torch.randn(time, batch, size)

    def forward_and_backward():
        gru.zero_grad()
        x.grad = None
        gru(x)[0].backward(dy)

    print(f"PyTorch.{size}", seconds_per_call(forward_and_backward))
