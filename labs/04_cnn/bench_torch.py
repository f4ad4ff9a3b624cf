"""Prints the seconds and the megabytes that PyTorch takes for forward and backward of convolutions that keep the size.

usage: bench_torch.py BATCH THREADS (KERNEL IN_CHANNELS OUT_CHANNELS SIZE)... Exits with 77 where PyTorch is not installed.
"""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "common" / "program"))
from timing import peak_megabytes, seconds_per_call, skip_without

batch, threads, *sizes = map(int, sys.argv[1:])
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(threads)
torch = skip_without("torch")
torch.set_num_threads(threads)
torch.manual_seed(0)
for kernel, in_channels, out_channels, size in zip(*(sizes[i::4] for i in range(4))):
    layer = torch.nn.Conv2d(in_channels, out_channels, kernel, padding=kernel // 2)
    x = torch.randn(batch, in_channels, size, size, requires_grad=True)
    dy = torch.randn(batch, out_channels, size, size)

    def forward_and_backward():
        layer.zero_grad()
        x.grad = None
        layer(x).backward(dy)

    megabytes = peak_megabytes(forward_and_backward)
    print(f"PyTorch.{kernel}x{kernel}", seconds_per_call(forward_and_backward))
    print(f"PyTorch.MB.{kernel}x{kernel}", megabytes)
