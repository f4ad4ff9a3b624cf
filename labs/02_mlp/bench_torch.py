"""Prints the seconds that PyTorch takes for one epoch of the network that bench.cpp trains.

usage: bench_torch.py IMAGES HIDDEN BATCH THREADS. Exits with 77 where PyTorch is not installed.
"""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "common" / "program"))
from timing import seconds_per_call, skip_without

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # or its threads and those of OpenBLAS fight for the cores
torch = skip_without("torch")
images, hidden, batch, threads = map(int, sys.argv[1:])
torch.set_num_threads(threads)
torch.manual_seed(0)
x = torch.rand(images, 784)
targets = torch.randint(0, 10, (images,))
model = torch.nn.Sequential(torch.nn.Linear(784, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 10))
loss_function = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def epoch():
    for rows in torch.randperm(images).split(batch):
        optimizer.zero_grad()
        loss = loss_function(model(x[rows]), targets[rows])
        loss.backward()
        optimizer.step()


epoch()
print("PyTorch", seconds_per_call(epoch))
