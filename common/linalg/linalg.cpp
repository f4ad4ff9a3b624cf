#include "linalg/linalg.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>
#include <xtensor-blas/xlinalg.hpp>

#include "tensor/shape.hpp"

namespace nn {

namespace {

/// Throws for matrices that LAPACK cannot handle: empty ones, and those with a number that is not finite, for which
/// LAPACK may loop forever.
void check_matrix(const char* function, const char* name, const Matrix& x) {
  if (x.size() == 0) {
    throw ShapeError(fmt::format("{}: {} has shape {}, which is empty", function, name, shape_text(x.shape())));
  }
  if (!std::ranges::all_of(values(x), [](Real value) { return std::isfinite(value); })) {
    throw std::runtime_error(fmt::format("{}: {} contains a number that is not finite", function, name));
  }
}

}  // namespace

SVD svd(const Matrix& a) {
  check_matrix("svd", "a", a);
  const auto [u, s, vt] = xt::linalg::svd(a, false);
  return {u, s, vt};
}

QR qr(const Matrix& a) {
  check_matrix("qr", "a", a);
  const auto [q, r] = xt::linalg::qr(a);
  return {q, r};
}

std::vector<std::complex<Real>> eigenvalues(const Matrix& a) {
  check_shape("eigenvalues", "a", a, {a.shape(0), a.shape(0)});
  check_matrix("eigenvalues", "a", a);
  const auto all = xt::linalg::eigvals(a);
  return {all.begin(), all.end()};
}

LeastSquares lstsq(const Matrix& a, const Matrix& b, Real cutoff) {
  check_shape("lstsq", "b", b, {a.shape(0), any});
  check_matrix("lstsq", "a", a);
  check_matrix("lstsq", "b", b);
  const auto [x, residuals, rank, s] = xt::linalg::lstsq(a, b, static_cast<double>(cutoff));
  return {x, static_cast<std::size_t>(rank), s};
}

}  // namespace nn
