#include <algorithm>
#include <limits>
#include <stdexcept>

#include "01_tensors/tensors.hpp"
#include "blas/matmul.hpp"
#include "testing/testing.hpp"

// Tasks 1.6 and 1.7, the matrix product; tensors_test.cpp has the others and says how to read a test.

namespace nn {

namespace {

constexpr Real not_a_number = std::numeric_limits<Real>::quiet_NaN();

const Matrix small_a = {{1, 2, 3}, {4, 5, 6}};        // (2, 3)
const Matrix small_b = {{1, 0}, {0, 1}, {10, 100}};   // (3, 2)
const Matrix small_product = {{31, 302}, {64, 605}};  // a b, done by hand

Matrix transposed(const Matrix& x) { return xt::transpose(x); }

}  // namespace

TEST_SUITE("01_tensors") {
  TEST_CASE("1.6 matmul_naive" * points(5)) {
    const std::size_t m = given("m", size_between(2, 6));
    const std::size_t n = given("n", size_between(2, 6));
    const std::size_t k = given("k", size_between(2, 6));
    observe("c", matmul_naive(given("a", normal({m, k})), given("b", normal({k, n}))), close(k));
    observe("c of one row and column", matmul_naive(given("row", normal({1, k})), given("column", normal({k, 1}))),
            close(k));
    observe("c of inner size 1", matmul_naive(given("column of a", normal({m, 1})), given("row of b", normal({1, n}))));
    observe("c of inner size 0", matmul_naive(zeros({2, 0}), zeros({0, 3})));

    CHECK(matmul_naive(small_a, small_b) == small_product);
  }

  TEST_CASE("1.6 matmul_blocked" * points(5)) {
    const std::size_t m = given("m", size_between(2, 6));
    const std::size_t n = given("n", size_between(8, 11));
    const std::size_t k = given("k", size_between(8, 11));
    const Matrix a = given("a", normal({m, k}));
    const Matrix b = given("b", normal({k, n}));
    const std::size_t block = given("block", size_between(2, 4));
    observe("c", matmul_blocked(a, b, block), close(k));
    observe("c in blocks of 1", matmul_blocked(a, b, 1), close(k));
    observe("c in a block that is larger than all", matmul_blocked(a, b, 100), close(k));
    observe("c in blocks of the default size", matmul_blocked(a, b), close(k));

    CHECK(matmul_blocked(small_a, small_b, 2) == small_product);
  }

  TEST_CASE("1.6 matmul_blocked at the edges" * points(4)) {
    // Sizes that are not multiples of the block
    const std::size_t m = given("m", size_between(1, 3));
    const std::size_t n = given("n", size_between(5, 7));
    const std::size_t k = given("k", size_between(9, 11));
    const Matrix a = given("a", normal({m, k}));
    const Matrix b = given("b", normal({k, n}));
    observe("c", matmul_blocked(a, b, 4), close(k));
    observe("c of one row and column", matmul_blocked(given("row", normal({1, k})), given("column", normal({k, 1})), 4),
            close(k));
    observe("c of inner size 1",
            matmul_blocked(given("column of a", normal({5, 1})), given("row of b", normal({1, n})), 4));
    observe("c of inner size 0", matmul_blocked(zeros({2, 0}), zeros({0, 3}), 4));
  }

  TEST_CASE("1.6 products by hand refuse what does not fit" * points(2)) {
    const Matrix a = given("a", normal({2, 3}));
    observe("c", matmul_naive(a, small_b), close(3));
    observe("matmul_naive throws for 3 and 2", thrown<ShapeError>([&] { matmul_naive(a, a); }));
    observe("matmul_blocked throws for 3 and 2", thrown<ShapeError>([&] { matmul_blocked(a, a); }));
    observe("matmul_blocked throws for block 0", thrown<std::invalid_argument>([&] { matmul_blocked(a, small_b, 0); }));
  }

  TEST_CASE("1.7 matmul_blas of whole matrices" * points(6)) {
    using enum Transpose;
    const std::size_t m = given("m", size_between(7, 9));
    const std::size_t k = given("k", size_between(4, 6));
    const std::size_t n = given("n", size_between(2, 3));
    const Matrix a = given("a", normal({m, k}));
    const Matrix b = given("b", normal({k, n}));
    const Matrix a_transposed = given("a to transpose", normal({k, m}));
    const Matrix b_transposed = given("b to transpose", normal({n, k}));
    observe("a b", matmul_blas(no, a, no, b), close(k));
    observe("a^T b", matmul_blas(yes, a_transposed, no, b), close(k));
    observe("a b^T", matmul_blas(no, a, yes, b_transposed), close(k));
    observe("a^T b^T", matmul_blas(yes, a_transposed, yes, b_transposed), close(k));
    observe("c of one row", matmul_blas(no, given("row", normal({1, k})), no, b), close(k));
    observe("c of inner size 0", matmul_blas(no, zeros({2, 0}), no, zeros({0, 3})));

    CHECK(matmul_blas(no, small_a, no, small_b) == small_product);
    CHECK(matmul_blas(yes, small_b, yes, small_a) == transposed(small_product));
  }

  TEST_CASE("1.7 matmul_blas of parts of matrices" * points(5)) {
    using enum Transpose;
    const Matrix whole_a = given("whole a", normal({9, 12}));
    const Matrix whole_b = given("whole b", normal({8, 10}));
    Matrix whole_c = given("whole c", normal({7, 11}));
    const std::size_t m = given("m", size_between(3, 5));
    const std::size_t k = given("k", size_between(2, 4));
    const std::size_t n = given("n", size_between(3, 5));

    // The old numbers of c must not matter, even if they are NaN; the numbers around c must stay
    const Block<Real> c = part(block(whole_c), 1, 2, m, n);
    for (std::size_t r = 0; r < m; ++r) {
      std::fill_n(c.data + r * c.stride, n, not_a_number);
    }
    matmul_blas(no, part(block(whole_a), 2, 1, m, k), no, part(block(whole_b), 1, 3, k, n), c);
    observe("whole c after a b", whole_c, close(k));
    matmul_blas(yes, part(block(whole_a), 0, 2, k, m), yes, part(block(whole_b), 2, 0, n, k), c);
    observe("whole c after a^T b^T", whole_c, close(k));
    matmul_blas(no, part(block(whole_a), 0, 0, m, 0), no, part(block(whole_b), 0, 0, 0, n), c);
    observe("whole c after a product of inner size 0", whole_c);
  }

  TEST_CASE("1.7 matmul_blas refuses what does not fit" * points(2)) {
    using enum Transpose;
    const Matrix a = given("a", normal({2, 3}));
    Matrix c = given("c", normal({2, 3}));
    observe("a a^T", matmul_blas(no, a, yes, a), close(3));
    observe("throws for a a", thrown<ShapeError>([&] { matmul_blas(no, a, no, a); }));
    observe("throws for a^T a^T", thrown<ShapeError>([&] { matmul_blas(yes, a, yes, a); }));
    const auto multiply_into = [&](std::size_t rows, std::size_t columns) {
      matmul_blas(no, block(a), yes, block(a), part(block(c), 0, 0, rows, columns));
    };
    observe("throws for a c of 2 rows and 3 columns", thrown<ShapeError>([&] { multiply_into(2, 3); }));
    observe("throws for a c of 1 row and 2 columns", thrown<ShapeError>([&] { multiply_into(1, 2); }));
    observe("c afterwards", c);
  }
}  // TEST_SUITE

}  // namespace nn
