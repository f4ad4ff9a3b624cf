#include "01_tensors/tensors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "blas/cxxblas.hpp"
#include "blas/matmul.hpp"
#include "nn/not_implemented.hpp"
#include "tensor/shape.hpp"

// Replace each not_implemented() with your code; tensors.hpp says what it must do. When everything is written, delete
// the next line: then the compiler warns about every argument that you forgot to use.
#pragma GCC diagnostic ignored "-Wunused-parameter"

namespace nn {

// 1.1 Indexing

Matrix one_hot(const IdVector& ids, std::size_t classes) {
  // Check the ids: check_ids("one_hot", ids, classes)
  // Make a matrix of zeros: zeros({rows, columns})
  // Set one number of each row
  not_implemented();
}

Vector pick(const Matrix& x, const IdVector& ids) {
  // Check the shape of ids: check_shape("pick", "ids", ids, {x.shape(0)}); then check the ids
  // Take one number of each row: x(r, i) is the number in row r and column i
  not_implemented();
}

// 1.2 Reductions and broadcasting

Vector column_mean(const Matrix& x) {
  // Refuse an x without rows: throw ShapeError("...")
  // Add up the rows, then divide by their number
  not_implemented();
}

Vector column_variance(const Matrix& x) {
  // Compute the means first
  // Add up the squared differences from the mean, then divide
  not_implemented();
}

Matrix standardize(const Matrix& x, const Vector& mean, const Vector& variance, Real epsilon) {
  // Check the shapes of mean and variance
  // Subtract and divide, column by column; broadcasting does it in one expression
  not_implemented();
}

// 1.3 Pairwise distances

Matrix pairwise_squared_distances(const Matrix& a, const Matrix& b) {
  // Check the width of b: check_shape("pairwise_squared_distances", "b", b, {any, a.shape(1)})
  // Compute |a_i|^2 for every row of a and |b_j|^2 for every row of b
  // Compute all a_i . b_j with one product of blas/matmul.hpp
  // Add the three terms; rounding must not make the result negative
  not_implemented();
}

// 1.4 Softmax and log-sum-exp

Vector logsumexp(const Matrix& x) {
  // For each row: find a number to take out of the sum, so that no exponent is too large (row(x, r) is the row)
  // Add up, take the logarithm, and put back what you took out
  not_implemented();
}

Matrix softmax(const Matrix& x) {
  // For each row: the same number helps
  // Exponentiate, add up, divide
  not_implemented();
}

// 1.5 Cosine similarity

Matrix cosine_similarity(const Matrix& a, const Matrix& b) {
  // Check the width of b
  // Compute all a_i . b_j, and the norm of every row
  // Divide; decide what to do if a row is all zeros
  not_implemented();
}

// 1.6 The matrix product, by hand

Matrix matmul_naive(const Matrix& a, const Matrix& b) {
  // Check that the inner sizes agree
  // For each row of a and each column of b, add up over k
  not_implemented();
}

Matrix matmul_blocked(const Matrix& a, const Matrix& b, std::size_t block) {
  // Check that the inner sizes agree; throw std::invalid_argument if block is 0
  // Start from zeros
  // For each block of b (how large is it at the edges?), for each row of a, for each k of the block:
  // add a(i, k) times a piece of row k of b to a piece of row i of the result
  not_implemented();
}

// 1.7 The matrix product by BLAS

void matmul_blas(Transpose transpose_a, Block<const Real> a, Transpose transpose_b, Block<const Real> b,
                 Block<Real> c) {
  // Find m, k and n: the sizes of op(a) and op(b)
  // Check op(b) and c, for example: check_shape_of("matmul_blas", "c", std::array{c.rows, c.columns}, {m, n})
  // If one of m, k, n is 0: set c to zero and return
  // Call cxxblas::gemm; which three numbers are the leading dimensions? Sizes are int there: static_cast<int>(m)
  not_implemented();
}

Matrix matmul_blas(Transpose transpose_a, const Matrix& a, Transpose transpose_b, const Matrix& b) {
  // Make the result; block(x) of blas/matmul.hpp makes a Block of a whole matrix
  not_implemented();
}

}  // namespace nn
