#pragma once

// Factorizations of matrices, as numpy.linalg has them. LAPACK does the work (Anderson et al. 1999), called by
// xtensor-blas; OpenBLAS contains it. All throw ShapeError if a matrix is empty, and
// std::runtime_error if one of its numbers is not finite or if LAPACK does not converge.

#include <complex>
#include <vector>

#include "tensor/tensor.hpp"

namespace nn {

/// a = u diag(s) vt, with k = min(rows, columns).
struct SVD {
  Matrix u;   // (rows, k); its columns are orthonormal
  Vector s;   // (k): the singular values, largest first, none negative
  Matrix vt;  // (k, columns); its rows are orthonormal
};

/// The singular value decomposition of a: (rows, columns) (Golub and Van Loan 2013, section 2.4; LAPACK xGESDD).
SVD svd(const Matrix& a);

/// a = q r, with k = min(rows, columns).
struct QR {
  Matrix q;  // (rows, k); its columns are orthonormal
  Matrix r;  // (k, columns); 0 below the diagonal; the diagonal may have either sign
};

/// The QR decomposition of a: (rows, columns) by Householder's reflections (Golub and Van Loan 2013, section 5.2;
/// LAPACK xGEQRF and xORGQR).
QR qr(const Matrix& a);

/// The eigenvalues of a: (n, n), n of them, in no particular order; those that are not real come in conjugate pairs
/// (Golub and Van Loan 2013, section 7.5; LAPACK xGEEV). The largest std::abs is the spectral radius. Throws ShapeError
/// if a is not square.
std::vector<std::complex<Real>> eigenvalues(const Matrix& a);

/// The x that makes |a x - b|^2 as small as possible.
struct LeastSquares {
  Matrix x;          // (columns of a, columns of b); if several are equally good, the one with the smallest norm
  std::size_t rank;  // how many columns of a are independent
  Vector s;          // (min(rows, columns)): the singular values of a, largest first
};

/// Solves a x = b in the sense of least squares, for a: (rows, columns) and each column of b: (rows, any) (Golub and
/// Van Loan 2013, section 5.5; LAPACK xGELSD). Singular values below `cutoff` times the largest count as 0; a negative
/// cutoff is the rounding unit. Throws ShapeError if a and b have different numbers of rows.
LeastSquares lstsq(const Matrix& a, const Matrix& b, Real cutoff = -1);

}  // namespace nn
