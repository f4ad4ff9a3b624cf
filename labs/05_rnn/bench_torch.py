"""Times PyTorch's nn.RNN for bench.cpp. usage: bench_torch.py TIME BATCH THREADS SIZE..."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "common" / "program"))
from sequence_bench import time_layers

time_layers(lambda torch, size: {"nn.RNN": torch.nn.RNN(size, size)})
