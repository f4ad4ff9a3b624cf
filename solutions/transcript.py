"""Recomputes a transcript of a lab in PyTorch: what every solutions/NN_name/parity.py builds on.

A parity.py is a list of functions group(check, tests), each of which looks up what its tests were given, computes the
same in PyTorch, and hands it to check.equal; it ends with compare(group, group, ...). Importing this module where
PyTorch is not installed ends the program with status 77.
"""
import json
import math
import struct
import sys

try:
    import torch
except ImportError:
    print("python3-torch is not installed")
    sys.exit(77)

TOLERANCE = 1e-10
DTYPES = {"F64": torch.float64, "U64": torch.int64, "U8": torch.uint8}  # U8 holds a text


def load(path):
    """The transcript as {test: {"given" | "hidden" | "observe": {name: tensor}}}."""
    data = open(path, "rb").read()
    header_bytes = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + header_bytes])
    header.pop("__metadata__")
    tests = {}
    for key, entry in header.items():
        test, kind, name = split_key(key)
        begin, end = (8 + header_bytes + offset for offset in entry["data_offsets"])
        if begin == end:
            tensor = torch.zeros(entry["shape"], dtype=DTYPES[entry["dtype"]])
        else:
            tensor = torch.frombuffer(bytearray(data[begin:end]), dtype=DTYPES[entry["dtype"]]).reshape(entry["shape"])
        tests.setdefault(test, {}).setdefault(kind, {})[name] = tensor
    return tests


def split_key(key):
    """Splits TEST/KIND/NAME."""
    for kind in ("given", "hidden", "observe"):
        test, found, name = key.partition(f"/{kind}/")
        if found:
            return test, kind, name
    raise SystemExit(f"key '{key}' is of no known kind")


class Check:
    """Compares observations and counts them."""

    def __init__(self, tests, tolerance):
        self.tests = tests
        self.tolerance = tolerance
        self.compared = 0
        self.worst = 0.0

    def equal(self, test, name, value):
        """Ends the program with status 1 if the value, a tensor or numbers, is not what the test observed as `name`."""
        expected = self.tests[test]["observe"][name]
        value = torch.as_tensor(value, dtype=expected.dtype).detach().reshape(expected.shape)
        error = 0.0
        if expected.numel():
            finite = expected[torch.isfinite(expected)].abs()
            largest = max(1.0, finite.max().item() if finite.numel() else 1.0)
            difference = torch.where(value == expected, torch.zeros_like(expected), (value - expected).abs())
            error = difference.max().item() / largest
        if not error <= self.tolerance:
            print(f"{test}: {name} differs from PyTorch by {error:.3g}")
            sys.exit(1)
        self.worst = max(self.worst, error)
        self.compared += 1


class Random:
    """The generator that common/tensor/random.hpp describes, written a second time."""

    def __init__(self, seed):
        self.state, self.increment = 0, 1
        self.bits()
        self.state = (self.state + seed) % 2**64
        self.bits()

    def bits(self):
        old = self.state
        self.state = (old * 6364136223846793005 + self.increment) % 2**64
        word, turn = (((old >> 18) ^ old) >> 27) % 2**32, old >> 59
        return (word >> turn | word << (-turn % 32)) % 2**32

    def bits64(self):
        high = self.bits()
        return high << 32 | self.bits()

    def uniform(self, low=0, high=1):
        return low + (high - low) * (self.bits64() >> 11) * 2.0**-53

    def normal(self, mean=0, deviation=1):
        square = 0
        while not 0 < square < 1:
            u, v = self.uniform(-1, 1), self.uniform(-1, 1)
            square = u * u + v * v
        return mean + deviation * u * math.sqrt(-2 * math.log(square) / square)

    def below(self, count):
        limit = (2**64 - 1) // count * count
        draw = self.bits64()
        while draw >= limit:
            draw = self.bits64()
        return draw % count

    def shuffle(self, items):
        for i in range(len(items), 1, -1):
            j = self.below(i)
            items[i - 1], items[j] = items[j], items[i - 1]


def with_grad(*tensors):
    """Copies of the tensors, as leaves that collect gradients."""
    return [tensor.clone().requires_grad_() for tensor in tensors]


def compare(*groups, tolerance=TOLERANCE):
    """Runs every group on the transcript that the command line names, and prints how much was compared."""
    tests = load(sys.argv[1])
    check = Check(tests, tolerance)
    for group in groups:
        group(check, tests)
    total = sum(len(test.get("observe", {})) for test in tests.values())
    print(f"{check.compared} of {total} observations were recomputed in PyTorch; they differ by at most {check.worst:.1e}")
