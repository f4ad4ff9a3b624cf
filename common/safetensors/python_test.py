"""Our reader and writer of safetensors against independent ones in Python: python_test.py COPY_PROGRAM.

A file is written here, read and written again by COPY_PROGRAM, and read here. Uses the package `safetensors` where it is
installed, otherwise a reader and writer made from the text of the format.
"""

import json
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77

try:
    import numpy as np
except ImportError:
    print("skipped: numpy is not installed (apt-get install python3-numpy)")
    sys.exit(SKIPPED)

DTYPES = {"U8": "<u1", "U64": "<u8", "I64": "<i8", "F32": "<f4", "F64": "<f8"}


def plain_write(path, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name, x in tensors.items():
        dtype = next(key for key, value in DTYPES.items() if np.dtype(value) == x.dtype)
        header[name] = {"dtype": dtype, "shape": x.shape, "data_offsets": [len(data), len(data) + x.nbytes]}
        data += x.tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def plain_read(path):
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header, data = json.loads(content[8 : 8 + length]), content[8 + length :]
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors, metadata


def implementations():
    yield "plain", plain_write, plain_read
    try:
        from safetensors import safe_open
        from safetensors.numpy import save_file
    except ImportError:
        return

    def read(path):
        with safe_open(path, framework="numpy") as file:
            return {name: file.get_tensor(name) for name in file.keys()}, file.metadata()

    yield "package", lambda path, tensors, metadata: save_file(tensors, path, metadata), read


def same(x, y):
    return x.dtype == y.dtype and x.shape == y.shape and x.tobytes() == y.tobytes()


def main():
    rng = np.random.default_rng(1)
    tensors = {
        "layer0.weight": rng.normal(size=(5, 3)),
        "layer0.bias": rng.normal(size=3).astype(np.float32),
        "pixels": rng.integers(0, 256, size=(2, 3, 4), dtype=np.uint8),
        "ids": np.array([0, 2**64 - 1], dtype=np.uint64),
        "signs": np.array(-(2**63), dtype=np.int64),
        "special": np.array([np.nan, np.inf, -0.0, 5e-324]),
        "empty": np.zeros((0, 4)),
        "단어 \"임베딩\"": rng.normal(size=(1, 1)),
    }
    metadata = {"epoch": "3", "note": "한국어\n\"quotes\""}
    with tempfile.TemporaryDirectory() as folder:
        source, copy = Path(folder) / "source.safetensors", Path(folder) / "copy.safetensors"
        for name, write, read in implementations():
            write(source, tensors, metadata)
            subprocess.run([sys.argv[1], source, copy], check=True)
            got, got_metadata = read(copy)
            assert got_metadata == metadata, (name, got_metadata)
            assert got.keys() == tensors.keys(), (name, got.keys())
            for key, x in tensors.items():
                assert same(got[key], x), (name, key, got[key], x)
            print(f"{name}: {len(tensors)} tensors equal")


main()
