"""Prints the seconds that PyTorch takes for one epoch of the network that bench.cpp trains.

usage: bench_torch.py IMAGES HIDDEN BATCH, with OPENBLAS_NUM_THREADS set. Exits with 77 where PyTorch is not installed.
"""
import os
import sys
import time

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # or its threads and those of OpenBLAS fight for the cores
try:
    import torch
except ImportError:
    sys.exit(77)

images, hidden, batch = map(int, sys.argv[1:4])
torch.set_num_threads(int(os.environ["OPENBLAS_NUM_THREADS"]))
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
start = time.perf_counter()
epoch()
print(time.perf_counter() - start)
