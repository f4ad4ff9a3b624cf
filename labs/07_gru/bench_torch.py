"""Times PyTorch's nn.GRU, and the lab's cell made of PyTorch's operations. usage: bench_torch.py TIME BATCH THREADS SIZE..."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "common" / "program"))
from sequence_bench import time_layers


def layers(torch, size):
    class Cells(torch.nn.Module):
        """r, z, n as in gru.hpp; the products with the inputs of all steps are one product."""

        def __init__(self):
            super().__init__()
            self.input = torch.nn.Linear(size, 3 * size)
            self.gates = torch.nn.Linear(size, 2 * size, bias=False)
            self.candidate = torch.nn.Linear(size, size, bias=False)

        def forward(self, x):
            h, states = x.new_zeros(x.shape[1:]), []
            for a in self.input(x).unbind():
                r, z = torch.sigmoid(a[:, :2 * size] + self.gates(h)).split(size, 1)
                n = torch.tanh(a[:, 2 * size:] + self.candidate(r * h))
                h = torch.lerp(h, n, z)
                states.append(h)
            return torch.stack(states), h

    return {"nn.GRU": torch.nn.GRU(size, size), "operations": Cells()}


time_layers(layers)
