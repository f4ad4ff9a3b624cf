"""Prints the nanoseconds that a step of PyTorch's optimizers takes for each number, one line each, as bench.cpp does.

usage: bench_torch.py LAYERS WIDTH. Each rule is timed one tensor at a time and all tensors at once (foreach); the better
time counts. Exits with 77 where PyTorch is not installed.
"""
import sys
import time

try:
    import torch
except ImportError:
    sys.exit(77)

layers, width = map(int, sys.argv[1:3])
torch.set_num_threads(1)
torch.manual_seed(0)
parameters = []
for _ in range(layers):
    parameters += [torch.nn.Parameter(torch.randn(width, width)), torch.nn.Parameter(torch.randn(width))]
for parameter in parameters:
    parameter.grad = torch.randn_like(parameter)
count = sum(parameter.numel() for parameter in parameters)


def best_time(function):
    best = float("inf")
    for _ in range(30):
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return 1e9 * best / count


def rule(name, make):
    optimizers = [make(parameters, lr=1e-6, foreach=foreach) for foreach in (False, True)]
    print(name, min(best_time(optimizer.step) for optimizer in optimizers))


rule("SGD", torch.optim.SGD)
rule("momentum", lambda p, **options: torch.optim.SGD(p, momentum=0.9, **options))
rule("RMSProp", torch.optim.RMSprop)
rule("Adam", torch.optim.Adam)
rule("AdamW", lambda p, **options: torch.optim.AdamW(p, weight_decay=0.01, **options))
print("clipping", best_time(lambda: torch.nn.utils.clip_grad_norm_(parameters, 1e-3)))
