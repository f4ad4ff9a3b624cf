#pragma once

// Lab 01: tensors, and the few functions of them that all later labs are made of. README.md tells the story and derives
// every formula; this file says exactly what each function does; you write the bodies in tensors.cpp, task by task.
//
// Throughout: a Matrix holds one example per row and one feature per column. Functions throw ShapeError where shapes do
// not fit, and IdError where an id is not below its limit. Nothing changes its arguments.

#include <cstddef>

#include "blas/gemm.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// 1.1 Indexing

/// ids: (rows) -> (rows, classes): 1 in column ids(r) of row r, 0 elsewhere. Throws IdError if an id is not below
/// classes.
Matrix one_hot(const IdVector& ids, std::size_t classes);

/// x: (rows, columns), ids: (rows) -> (rows): of row r the number in column ids(r). Throws ShapeError if there is not
/// one id for each row of x, IdError if an id is not below the number of columns.
Vector pick(const Matrix& x, const IdVector& ids);

// 1.2 Reductions and broadcasting

/// x: (rows, columns) -> (columns): the mean of each column. Throws ShapeError if x has no rows.
Vector column_mean(const Matrix& x);

/// x: (rows, columns) -> (columns): of each column the mean of (x - mean)^2, a division by rows, not by rows - 1. Good
/// to rounding also where the mean is large beside the deviation (Chan, Golub and LeVeque 1983, the two-pass
/// algorithm). Throws ShapeError if x has no rows.
Vector column_variance(const Matrix& x);

/// x: (rows, columns), mean and variance: (columns) -> (rows, columns): (x - mean) / sqrt(variance + epsilon), column
/// by column. With the statistics of x itself, every column gets mean 0 and nearly variance 1, and a constant one
/// becomes 0; statistics of the training set serve for the test set too. Throws ShapeError if mean or variance has
/// another size.
Matrix standardize(const Matrix& x, const Vector& mean, const Vector& variance, Real epsilon = Real(1e-5));

// 1.3 Pairwise distances

/// a: (m, features), b: (n, features) -> (m, n): |a_i - b_j|^2 for every pair of rows, as |a_i|^2 - 2 a_i . b_j +
/// |b_j|^2 with one matrix product for all the a_i . b_j; never below 0, whatever rounding does. Throws ShapeError if a
/// and b have different widths.
Matrix pairwise_squared_distances(const Matrix& a, const Matrix& b);

// 1.4 Softmax and log-sum-exp. No number, however large, makes them overflow; entries may be minus infinity, though not
// all of a row. A row has at least one number.

/// x: (rows, columns) -> (rows): log of the sum over the row of e^x (Goodfellow et al. 2016, section 4.1).
Vector logsumexp(const Matrix& x);

/// x: (rows, columns) -> (rows, columns): e^x divided by the sum of e^x over the row; every row sums to 1.
Matrix softmax(const Matrix& x);

// 1.5 Cosine similarity

/// a: (m, features), b: (n, features) -> (m, n): a_i . b_j / (|a_i| |b_j|) for every pair of rows, and 0 where a row is
/// zero. Throws ShapeError if a and b have different widths.
Matrix cosine_similarity(const Matrix& a, const Matrix& b);

// 1.6 The matrix product, by hand. a: (m, k), b: (k, n) -> (m, n); throw ShapeError if the inner sizes disagree.

/// Three loops: row, column, and the sum over k inside, as the formula is written.
Matrix matmul_naive(const Matrix& a, const Matrix& b);

/// The same result, many times as fast. The sum over k is not the inner loop: the inner loop runs along rows of b and
/// of the result, which lie contiguous in memory. The outer loops go through b in square blocks of `block` rows and
/// columns (fewer at the edges), so that a block is used for all rows of a while it stays in the cache (Goto and van de
/// Geijn 2008). Throws std::invalid_argument if block is 0.
Matrix matmul_blocked(const Matrix& a, const Matrix& b, std::size_t block = 128);

// 1.7 The matrix product by BLAS

/// c = op(a) op(b), where op transposes its block if the flag says so, by one call of cxxblas::gemm (blas/cxxblas.hpp).
/// The blocks may be parts of larger matrices: only the numbers inside c are written, whatever they were before. Throws
/// ShapeError, before anything is written, if op(a) (m, k), op(b) (k, n) and c (m, n) do not fit. If one of m, k, n is
/// 0, nothing is called and c is set to zero.
void matmul_blas(Transpose transpose_a, Block<const Real> a, Transpose transpose_b, Block<const Real> b, Block<Real> c);

/// The same for whole matrices -> op(a) op(b).
Matrix matmul_blas(Transpose transpose_a, const Matrix& a, Transpose transpose_b, const Matrix& b);

}  // namespace nn
