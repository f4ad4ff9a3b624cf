#include "blas/matmul.hpp"

#include <fmt/format.h>

#include "tensor/shape.hpp"

namespace nn {

namespace {

using enum Transpose;

/// The two flags of a product, and its name in error messages.
struct Product {
  const char* function;
  Transpose a;
  Transpose b;

  std::size_t rows(std::size_t a_rows, std::size_t a_columns) const { return a == yes ? a_columns : a_rows; }
  std::size_t columns(std::size_t b_rows, std::size_t b_columns) const { return b == yes ? b_rows : b_columns; }
};

void check_inner(const Product& product, std::span<const std::size_t> a, std::span<const std::size_t> b) {
  const std::size_t inner_a = product.a == yes ? a[0] : a[1];
  const std::size_t inner_b = product.b == yes ? b[1] : b[0];
  if (inner_a != inner_b) {
    throw ShapeError(fmt::format("{}: a has shape {} and b {}, their inner sizes {} and {} differ", product.function,
                                 shape_text(a), shape_text(b), inner_a, inner_b));
  }
}

void add_product(const Product& product, const Matrix& a, const Matrix& b, Matrix& sum) {
  check_inner(product, a.shape(), b.shape());
  check_shape(product.function, "sum", sum,
              {product.rows(a.shape(0), a.shape(1)), product.columns(b.shape(0), b.shape(1))});
  gemm(product.a, block(a), product.b, block(b), block(sum), Real{1}, Real{1});
}

Matrix multiply(const Product& product, const Matrix& a, const Matrix& b) {
  check_inner(product, a.shape(), b.shape());
  Matrix c({product.rows(a.shape(0), a.shape(1)), product.columns(b.shape(0), b.shape(1))});
  gemm(product.a, block(a), product.b, block(b), block(c));
  return c;
}

Tensor3 multiply_batch(const Product& product, const Tensor3& a, const Tensor3& b) {
  const std::size_t batch = a.shape(0);
  check_shape(product.function, "b", b, {batch, any, any});
  check_inner(product, std::span(a.shape()).subspan(1), std::span(b.shape()).subspan(1));
  Tensor3 c({batch, product.rows(a.shape(1), a.shape(2)), product.columns(b.shape(1), b.shape(2))});
  for (std::size_t i = 0; i < batch; ++i) {
    gemm(product.a, block(a, i), product.b, block(b, i), block(c, i));
  }
  return c;
}

}  // namespace

Matrix matmul(const Matrix& a, const Matrix& b) { return multiply({"matmul", no, no}, a, b); }
Matrix matmul_tn(const Matrix& a, const Matrix& b) { return multiply({"matmul_tn", yes, no}, a, b); }
Matrix matmul_nt(const Matrix& a, const Matrix& b) { return multiply({"matmul_nt", no, yes}, a, b); }

void add_matmul(const Matrix& a, const Matrix& b, Matrix& sum) { add_product({"add_matmul", no, no}, a, b, sum); }
void add_matmul_tn(const Matrix& a, const Matrix& b, Matrix& sum) {
  add_product({"add_matmul_tn", yes, no}, a, b, sum);
}
void add_matmul_nt(const Matrix& a, const Matrix& b, Matrix& sum) {
  add_product({"add_matmul_nt", no, yes}, a, b, sum);
}

Tensor3 batched_matmul(const Tensor3& a, const Tensor3& b) { return multiply_batch({"batched_matmul", no, no}, a, b); }
Tensor3 batched_matmul_tn(const Tensor3& a, const Tensor3& b) {
  return multiply_batch({"batched_matmul_tn", yes, no}, a, b);
}
Tensor3 batched_matmul_nt(const Tensor3& a, const Tensor3& b) {
  return multiply_batch({"batched_matmul_nt", no, yes}, a, b);
}

}  // namespace nn
