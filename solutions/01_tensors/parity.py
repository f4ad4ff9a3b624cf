"""Recomputes a transcript of lab 01_tensors in PyTorch and compares every observation that has a counterpart there.

usage: parity.py TRANSCRIPT.safetensors, as `./course transcript 01 --out TRANSCRIPT.safetensors` writes it.
Exit status: 0 equal to 1e-10, 1 different, 77 PyTorch is not installed.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from transcript import compare, torch

F = torch.nn.functional


def indexing(check, tests):
    test = "1.1 one_hot"
    given = tests[test]["given"]
    classes = given["classes"].item()
    check.equal(test, "y", F.one_hot(given["ids"], classes))
    check.equal(test, "y of one row", F.one_hot(given["one id"], classes))
    check.equal(test, "y of one class", F.one_hot(torch.zeros(3, dtype=torch.int64), 1))
    check.equal(test, "y of no rows", torch.zeros(0, classes))
    test = "1.1 pick"
    given = tests[test]["given"]
    check.equal(test, "y", given["x"].gather(1, given["ids"][:, None]))
    check.equal(test, "y of one row", given["one row"].gather(1, given["one id"][:, None]))
    check.equal(test, "y of one column", given["one column"])


def statistics(check, tests):
    for test, function in (("1.2 column_mean", lambda x: x.mean(0)),
                           ("1.2 column_variance", lambda x: x.var(0, unbiased=False))):
        given = tests[test]["given"]
        name = test.split("_")[1]
        check.equal(test, name, function(given["x"]))
        check.equal(test, name + " of one row", function(given["one row"]))
        check.equal(test, name + " of one column", function(given["one column"]))
    test = "1.2 column_variance of numbers with a large mean"
    x = tests[test]["given"]["x"]
    check.equal(test, "variance", (x - x.mean(0)).var(0, unbiased=False))  # var of x itself is accurate only to 1e-10

    # Batch normalisation in evaluation is the same formula
    test = "1.2 standardize"
    given = tests[test]["given"]
    mean, variance, epsilon = given["mean"], given["variance"], given["epsilon"].item()
    check.equal(test, "y", F.batch_norm(given["x"], mean, variance, eps=epsilon))
    check.equal(test, "y with the default epsilon", F.batch_norm(given["x"], mean, variance, eps=1e-5))
    check.equal(test, "y of one row", F.batch_norm(given["one row"], mean, variance, eps=1e-5))
    test = "1.2 standardize with the statistics of x"
    check.equal(test, "y", F.batch_norm(tests[test]["given"]["x"], None, None, training=True))


def squared_distances(a, b):
    return torch.cdist(a, b, compute_mode="donot_use_mm_for_euclid_dist") ** 2


def pairs(check, tests):
    for test, name, function in (("1.3 pairwise_squared_distances", "distances", squared_distances),
                                 ("1.5 cosine_similarity", "cosines", cosines)):
        given = tests[test]["given"]
        check.equal(test, name, function(given["a"], given["b"]))
        check.equal(test, name + " of one row", function(given["one row"], given["b"]))
        check.equal(test, name + " of one feature", function(given["one feature of a"], given["one feature of b"]))
    test = "1.3 pairwise_squared_distances refuse another width"
    a = tests[test]["given"]["a"]
    check.equal(test, "distances", squared_distances(a, a))
    test = "1.5 cosine_similarity of zero rows"
    a, b = tests[test]["given"]["a"].clone(), tests[test]["given"]["b"].clone()
    a[1], b[0] = 0, 0
    check.equal(test, "cosines", cosines(a, b))
    test = "1.5 cosine_similarity refuses another width"
    a = tests[test]["given"]["a"]
    check.equal(test, "cosines", cosines(a, a))


def cosines(a, b):
    return F.cosine_similarity(a[:, None], b[None], dim=2)


def exponentials(check, tests):
    steps = torch.tensor([[-2000, -2000.5], [0, 0.5], [2000, 2000.5]], dtype=torch.float64)
    for name, function in (("logsumexp", lambda x: x.logsumexp(1)), ("softmax", lambda x: x.softmax(1))):
        test = "1.4 " + name
        given = tests[test]["given"]
        check.equal(test, "y", function(given["x"]))
        check.equal(test, "y of one row", function(given["one row"]))
        check.equal(test, "y of one column", function(given["one column"]))
        test += " of large numbers"
        x = tests[test]["given"]["x"]
        check.equal(test, "y", function(x))
        check.equal(test, "y of small numbers", function(-x))
        check.equal(test, "y of rows far apart", function(steps))
        test = "1.4 logsumexp and softmax of minus infinity"
        x = tests[test]["given"]["x"].clone()
        x[0, 0] = x[1, 1] = x[1, 2] = x[2, 2] = -torch.inf
        check.equal(test, name, function(x))


def products_by_hand(check, tests):
    test = "1.6 matmul_naive"
    given = tests[test]["given"]
    check.equal(test, "c", given["a"] @ given["b"])
    check.equal(test, "c of one row and column", given["row"] @ given["column"])
    check.equal(test, "c of inner size 1", given["column of a"] @ given["row of b"])
    check.equal(test, "c of inner size 0", torch.zeros(2, 3))
    test = "1.6 matmul_blocked"
    given = tests[test]["given"]
    for name in ("c", "c in blocks of 1", "c in a block that is larger than all", "c in blocks of the default size"):
        check.equal(test, name, given["a"] @ given["b"])
    test = "1.6 matmul_blocked at the edges"
    given = tests[test]["given"]
    check.equal(test, "c", given["a"] @ given["b"])
    check.equal(test, "c of one row and column", given["row"] @ given["column"])
    check.equal(test, "c of inner size 1", given["column of a"] @ given["row of b"])


def products_by_blas(check, tests):
    test = "1.7 matmul_blas of whole matrices"
    given = tests[test]["given"]
    a, b, at, bt = (given[name] for name in ("a", "b", "a to transpose", "b to transpose"))
    check.equal(test, "a b", a @ b)
    check.equal(test, "a^T b", at.T @ b)
    check.equal(test, "a b^T", a @ bt.T)
    check.equal(test, "a^T b^T", at.T @ bt.T)
    check.equal(test, "c of one row", given["row"] @ b)
    test = "1.7 matmul_blas of parts of matrices"
    given = tests[test]["given"]
    a, b, c = (given["whole " + name].clone() for name in "abc")
    m, k, n = (given[name].item() for name in "mkn")
    c[1:1 + m, 2:2 + n] = a[2:2 + m, 1:1 + k] @ b[1:1 + k, 3:3 + n]
    check.equal(test, "whole c after a b", c)
    c[1:1 + m, 2:2 + n] = a[:k, 2:2 + m].T @ b[2:2 + n, :k].T
    check.equal(test, "whole c after a^T b^T", c)
    c[1:1 + m, 2:2 + n] = 0
    check.equal(test, "whole c after a product of inner size 0", c)


compare(indexing, statistics, pairs, exponentials, products_by_hand, products_by_blas)
