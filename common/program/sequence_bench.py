"""What sequence_bench.hpp measures in Python: forward and backward of PyTorch's layers over a sequence."""
import os
import sys

from timing import seconds_per_call, skip_without


def time_layers(layers_of):
    """layers_of(torch, size) gives layers by name, with `size` inputs and units; each makes (y, ...) of a sequence.

    The words of the command line are TIME BATCH THREADS SIZE... Prints a line "NAME.SIZE seconds" for each layer and
    size. Exits with 77 if PyTorch is not installed.
    """
    time, batch, threads, *sizes = map(int, sys.argv[1:])
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(threads)
    torch = skip_without("torch")
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    for size in sizes:
        for name, layer in layers_of(torch, size).items():
            x = torch.randn(time, batch, size, requires_grad=True)
            dy = torch.randn(time, batch, size)

            def forward_and_backward():
                layer.zero_grad()
                x.grad = None
                layer(x)[0].backward(dy)

            print(f"{name}.{size}", seconds_per_call(forward_and_backward))
