#pragma once

// Lab 01: tensors and the matrix product. README.md explains and derives every formula; this file says exactly what
// each function does; you write the bodies in tensors.cpp, task by task.
//
// Throughout: a Matrix holds one example per row and one feature per column. Functions throw ShapeError if shapes do
// not fit, and IdError if an id is not below its limit. No function changes its arguments.

#include <cstddef>

#include "blas/gemm.hpp"
#include "tensor/tensor.hpp"

namespace nn {

// 1.1 Indexing

/// ids: (rows) -> (rows, classes): 1 in column ids(r) of row r, 0 elsewhere. Throws IdError if an id is not below
/// classes.
Matrix one_hot(const IdVector& ids, std::size_t classes);

/// x: (rows, columns), ids: (rows) -> (rows): the number in column ids(r) of each row r. Throws ShapeError if there is
/// not one id for each row of x, IdError if an id is not below the number of columns.
Vector pick(const Matrix& x, const IdVector& ids);

// 1.2 Reductions and broadcasting

/// x: (rows, columns) -> (columns): the mean of each column. Throws ShapeError if x has no rows.
Vector column_mean(const Matrix& x);

/// x: (rows, columns) -> (columns): the variance of each column, which is the mean of (x - mean)^2: divided by rows,
/// not by rows - 1. Accurate up to rounding even if the mean is much larger than the deviation (Chan, Golub and LeVeque
/// 1983, the two-pass algorithm). Throws ShapeError if x has no rows.
Vector column_variance(const Matrix& x);

/// x: (rows, columns), mean and variance: (columns) -> (rows, columns): (x - mean) / sqrt(variance + epsilon), column
/// by column. With the statistics of x itself, every column gets mean 0 and a variance of nearly 1, and a constant
/// column becomes 0. The statistics of the training set are also used for the test set. Throws ShapeError if mean or
/// variance has a different size.
Matrix standardize(const Matrix& x, const Vector& mean, const Vector& variance, Real epsilon = Real(1e-5));

// 1.3 Pairwise distances

/// a: (m, features), b: (n, features) -> (m, n): |a_i - b_j|^2 for every pair of rows, as |a_i|^2 - 2 a_i . b_j +
/// |b_j|^2 with one matrix product for all the a_i . b_j. Never below 0, even after rounding. Throws ShapeError if a
/// and b have different widths.
Matrix pairwise_squared_distances(const Matrix& a, const Matrix& b);

// 1.4 Softmax and log-sum-exp. They never overflow, however large the numbers are. Numbers may be minus infinity, but
// not all numbers of a row. A row has at least one number.

/// x: (rows, columns) -> (rows): log of the sum over the row of e^x (Goodfellow et al. 2016, section 4.1).
Vector logsumexp(const Matrix& x);

/// x: (rows, columns) -> (rows, columns): e^x divided by the sum of e^x over the row; every row sums to 1.
Matrix softmax(const Matrix& x);

// 1.5 Cosine similarity

/// a: (m, features), b: (n, features) -> (m, n): a_i . b_j / (|a_i| |b_j|) for every pair of rows, and 0 if one of the
/// two rows is all zeros. Throws ShapeError if a and b have different widths.
Matrix cosine_similarity(const Matrix& a, const Matrix& b);

// 1.6 The matrix product, by hand. a: (m, k), b: (k, n) -> (m, n); throw ShapeError if the inner sizes differ.

/// Three loops, as the formula is written: over rows, over columns, and the sum over k inside.
Matrix matmul_naive(const Matrix& a, const Matrix& b);

/// The same result, many times faster. The sum over k is not the inner loop: the inner loop runs along rows of b and
/// of the result, which are contiguous in memory. The outer loops go through b in square blocks of `block` rows and
/// columns (fewer at the edges), so that a block is used for all rows of a while it stays in the cache (Goto and van de
/// Geijn 2008). Throws std::invalid_argument if block is 0.
Matrix matmul_blocked(const Matrix& a, const Matrix& b, std::size_t block = 128);

// 1.7 The matrix product by BLAS

/// c = op(a) op(b), where op transposes its block if the flag says so, by one call of cxxblas::gemm (blas/cxxblas.hpp).
/// The blocks may be parts of larger matrices: only the numbers inside c are written, and their old values do not
/// matter. Throws ShapeError, before anything is written, if op(a) (m, k), op(b) (k, n) and c (m, n) do not fit. If one
/// of m, k, n is 0, gemm is not called and c is set to zero.
void matmul_blas(Transpose transpose_a, Block<const Real> a, Transpose transpose_b, Block<const Real> b, Block<Real> c);

/// The same for whole matrices -> op(a) op(b).
Matrix matmul_blas(Transpose transpose_a, const Matrix& a, Transpose transpose_b, const Matrix& b);

}  // namespace nn
