"""Prints the seconds that a step of PyTorch's optimizers takes, a line for each rule, as bench.cpp measures its own.

usage: bench_torch.py LAYERS WIDTH. Each rule is timed one tensor at a time and all tensors at once (foreach); the better
time counts. Exits with 77 where PyTorch is not installed.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "common" / "program"))
from timing import seconds_per_call, skip_without

torch = skip_without("torch")
layers, width = map(int, sys.argv[1:])
torch.set_num_threads(1)
torch.manual_seed(0)
parameters = []
for _ in range(layers):
    parameters += [torch.nn.Parameter(torch.randn(width, width)), torch.nn.Parameter(torch.randn(width))]
for parameter in parameters:
    parameter.grad = torch.randn_like(parameter)


def rule(name, make):
    optimizers = [make(parameters, lr=1e-6, foreach=foreach) for foreach in (False, True)]
    print("PyTorch." + name, min(seconds_per_call(optimizer.step) for optimizer in optimizers))


rule("SGD", torch.optim.SGD)
rule("momentum", lambda p, **options: torch.optim.SGD(p, momentum=0.9, **options))
rule("RMSProp", torch.optim.RMSprop)
rule("Adam", torch.optim.Adam)
rule("AdamW", lambda p, **options: torch.optim.AdamW(p, weight_decay=0.01, **options))
print("PyTorch.clipping", seconds_per_call(lambda: torch.nn.utils.clip_grad_norm_(parameters, 1e-3)))
