"""What linalg.hpp computes against numpy: python_test.py SAMPLES_PROGRAM, which prints matrices and results."""

import subprocess
import sys

SKIPPED = 77

try:
    import numpy as np
except ImportError:
    print("skipped: numpy is not installed (apt-get install python3-numpy)")
    sys.exit(SKIPPED)


def samples(program):
    """One dictionary for each matrix: arrays by name, and the eigenvalues as a list."""
    found = []
    for line in subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines():
        name, rows, columns, *numbers = line.split()
        x = np.array(numbers, dtype=float).reshape(int(rows), int(columns))
        if name == "a":
            found.append({"eigenvalues": []})
        if name == "eigenvalue":
            found[-1]["eigenvalues"].append(complex(*x[0]))
        else:
            found[-1][name] = x
    return found


def sorted_complex(values):
    return sorted(values, key=lambda z: (round(z.real, 6), round(z.imag, 6)))


def check(sample):
    a, b = sample["a"], sample["b"]
    q, r = np.linalg.qr(a)
    near = lambda x, y: np.testing.assert_allclose(x, y, rtol=1e-10, atol=1e-12)
    near(sample["svd.s"][0], np.linalg.svd(a, compute_uv=False))
    near(sample["qr.q"], q)
    near(sample["qr.r"], r)
    near(sample["lstsq.x"], np.linalg.lstsq(a, b, rcond=None)[0])
    if a.shape[0] == a.shape[1]:
        near(sorted_complex(sample["eigenvalues"]), sorted_complex(np.linalg.eigvals(a)))


found = samples(sys.argv[1])
for sample in found:
    check(sample)
print(f"{len(found)} matrices: equal to numpy")
