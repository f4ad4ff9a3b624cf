"""Prints the seconds that PyTorch takes for each pair of skip-gram with negative sampling: loss, backward and a step of
SGD on the rows that occur, in batches of pairs.

usage: bench_torch.py WORDS NUMBERS NEGATIVES BATCH THREADS... Exits with 77 where PyTorch is not installed.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "common" / "program"))
from timing import seconds_per_call, skip_without

torch = skip_without("torch")
words, numbers, negatives, batch, *all_threads = map(int, sys.argv[1:])
torch.manual_seed(0)
center = torch.randint(words, (batch,))
others = torch.randint(words, (batch, 1 + negatives))
labels = torch.zeros(batch, 1 + negatives)
labels[:, 0] = 1
for threads in all_threads:
    torch.set_num_threads(threads)
    centers = torch.nn.Embedding(words, numbers, sparse=True)
    contexts = torch.nn.Embedding(words, numbers, sparse=True)
    optimizer = torch.optim.SGD([centers.weight, contexts.weight], lr=0.01)

    def step():
        optimizer.zero_grad()
        logits = torch.bmm(contexts(others), centers(center)[:, :, None])[:, :, 0]
        torch.nn.functional.binary_cross_entropy_with_logits(logits, labels, reduction="sum").backward()
        optimizer.step()

    print(f"PyTorch.{threads}", seconds_per_call(step) / batch)
