#include "01_tensors/tensors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "testing/testing.hpp"

// Tasks 1.1 to 1.5; product_test.cpp has the others. `given` draws a random input. `observe` takes your result and
// compares it with that of the reference, up to rounding (close, within); only observations are graded. The CHECKs
// after them show you more: examples small enough to do by hand, properties that must hold, and gradients compared with
// finite differences.

namespace nn {

namespace {

constexpr Real infinity = std::numeric_limits<Real>::infinity();

/// The sum of each row.
Vector row_sums(const Matrix& x) {
  Vector sums = zeros({x.shape(0)});
  for (std::size_t r = 0; r < x.shape(0); ++r) {
    for (const Real value : row(x, r)) {
      sums(r) += value;
    }
  }
  return sums;
}

bool near(std::span<const Real> a, std::span<const Real> b) {
  return std::ranges::equal(a, b, [](Real x, Real y) { return std::abs(x - y) < 1e-9; });
}

}  // namespace

TEST_SUITE("01_tensors") {
  TEST_CASE("1.1 one_hot" * points(5)) {
    const std::size_t rows = given("rows", size_between(6, 9));
    const std::size_t classes = given("classes", size_between(3, 5));
    observe("y", one_hot(given("ids", ids(rows, classes)), classes));
    observe("y of one row", one_hot(given("one id", ids(1, classes)), classes));
    observe("y of one class", one_hot(IdVector{0, 0, 0}, 1));
    observe("y of no rows", one_hot(IdVector::from_shape({0}), classes));

    CHECK(one_hot(IdVector{2, 0}, 3) == Matrix{{0, 0, 1}, {1, 0, 0}});
  }

  TEST_CASE("1.1 pick" * points(5)) {
    const std::size_t rows = given("rows", size_between(6, 9));
    const std::size_t columns = given("columns", size_between(3, 5));
    const Matrix x = given("x", normal({rows, columns}));
    const IdVector numbers = given("ids", ids(rows, columns));
    observe("y", pick(x, numbers));
    observe("y of one row", pick(given("one row", normal({1, columns})), given("one id", ids(1, columns))));
    observe("y of one column", pick(given("one column", normal({3, 1})), IdVector{0, 0, 0}));

    CHECK(pick(Matrix{{1, 2, 3}, {4, 5, 6}}, IdVector{2, 0}) == Vector{3, 4});
  }

  TEST_CASE("1.1 one_hot and pick refuse what does not fit" * points(1)) {
    const Matrix x = given("x", normal({2, 3}));
    observe("pick of ids 0 and 2", pick(x, IdVector{0, 2}));
    observe("one_hot throws for id 3 of 3", thrown<IdError>([&] { one_hot(IdVector{0, 3}, 3); }));
    observe("pick throws for id 3 of 3", thrown<IdError>([&] { pick(x, IdVector{0, 3}); }));
    observe("pick throws for 3 ids", thrown<ShapeError>([&] { pick(x, IdVector{0, 1, 0}); }));
  }

  TEST_CASE("1.2 column_mean" * points(4)) {
    const std::size_t rows = given("rows", size_between(6, 9));
    const std::size_t columns = given("columns", size_between(2, 5));
    observe("mean", column_mean(given("x", normal({rows, columns}, 2))), close(rows));
    observe("mean of one row", column_mean(given("one row", normal({1, columns}))));
    observe("mean of one column", column_mean(given("one column", normal({rows, 1}, 1))), close(rows));

    CHECK(column_mean(Matrix{{1, 2}, {3, 4}, {5, 9}}) == Vector{3, 5});
  }

  TEST_CASE("1.2 column_variance" * points(4)) {
    const std::size_t rows = given("rows", size_between(4, 9));
    const std::size_t columns = given("columns", size_between(2, 5));
    observe("variance", column_variance(given("x", normal({rows, columns}, 1, 3))), close(rows));
    observe("variance of one row", column_variance(given("one row", normal({1, columns}))));
    observe("variance of one column", column_variance(given("one column", normal({rows, 1}))), close(rows));

    CHECK(column_variance(Matrix{{1, 2}, {3, 2}}) == Vector{1, 0});
  }

  TEST_CASE("1.2 column_variance of numbers with a large mean" * points(3)) {
    const Matrix x = given("x", normal({30, 3}, Real{1e7}));
    observe("variance", column_variance(x), within(1e-6));
  }

  TEST_CASE("1.2 standardize" * points(4)) {
    const std::size_t rows = given("rows", size_between(4, 9));
    const std::size_t columns = given("columns", size_between(2, 5));
    const Matrix x = given("x", normal({rows, columns}));
    const Vector mean = given("mean", normal({columns}));
    const Vector variance = given("variance", uniform({columns}, Real{0.5}, 4));
    const Real epsilon = given("epsilon", real_between(Real{0.1}, 1));
    observe("y", standardize(x, mean, variance, epsilon));
    observe("y with the default epsilon", standardize(x, mean, variance));
    observe("y of one row", standardize(given("one row", normal({1, columns})), mean, variance));
  }

  TEST_CASE("1.2 standardize with the statistics of x" * points(2)) {
    const Matrix x = given("x", [](Random& random) {
      Matrix y = normal({5, 5}, 5, 2)(random);
      for (std::size_t r = 0; r < 5; ++r) {
        y(r, 1) = y(0, 1);  // a constant column
      }
      return y;
    });
    const Matrix y = standardize(x, column_mean(x), column_variance(x));
    observe("y", y, within(1e-8));
    CHECK_MESSAGE(near(values(column_mean(y)), Vector({5}, 0)), "the columns of y have the mean 0");
    CHECK_MESSAGE(std::abs(y(0, 1)) < 1e-9, "a constant column becomes zeros");
  }

  TEST_CASE("1.2 statistics refuse what does not fit" * points(1)) {
    const Matrix x = given("x", normal({4, 2}));
    const Vector two = {1, 2}, three = {1, 2, 3};
    observe("y", standardize(x, two, two));
    observe("column_mean throws for no rows", thrown<ShapeError>([&] { column_mean(zeros({0, 2})); }));
    observe("column_variance throws for no rows", thrown<ShapeError>([&] { column_variance(zeros({0, 2})); }));
    observe("standardize throws for 3 means", thrown<ShapeError>([&] { standardize(x, three, two); }));
    observe("standardize throws for 3 variances", thrown<ShapeError>([&] { standardize(x, two, three); }));
  }

  TEST_CASE("1.3 pairwise_squared_distances" * points(7)) {
    const std::size_t m = given("m", size_between(2, 4));
    const std::size_t n = given("n", size_between(5, 7));
    const std::size_t features = given("features", size_between(2, 6));
    const Matrix a = given("a", normal({m, features}));
    const Matrix b = given("b", normal({n, features}));
    observe("distances", pairwise_squared_distances(a, b), close(features));
    observe("distances of one row", pairwise_squared_distances(given("one row", normal({1, features})), b),
            close(features));
    observe("distances of one feature", pairwise_squared_distances(given("one feature of a", normal({m, 1})),
                                                                   given("one feature of b", normal({n, 1}))));

    CHECK(pairwise_squared_distances(Matrix{{0, 0}, {3, 4}}, Matrix{{3, 0}}) == Matrix{{9}, {16}});
  }

  TEST_CASE("1.3 pairwise_squared_distances are never below 0" * points(3)) {
    const Matrix x = given("x", [](Random& random) {
      // Points that are far from the origin and close to each other
      Matrix points = normal({40, 5}, 0, Real{1e-9})(random);
      const Vector place = normal({5}, 1000, 100)(random);
      for (std::size_t r = 0; r < 40; ++r) {
        std::ranges::transform(row(points, r), place, row(points, r).begin(), std::plus<>());
      }
      return points;
    });
    const Matrix distances = pairwise_squared_distances(x, x);
    observe("distances", distances, between(-1, 1));
    observe("none is below 0", std::ranges::min(values(distances)) >= 0);
    observe("distances from points near the origin",
            pairwise_squared_distances(given("points near the origin", normal({3, 5})), x), close(5));
  }

  TEST_CASE("1.3 pairwise_squared_distances refuse another width" * points(1)) {
    const Matrix a = given("a", normal({2, 3}));
    observe("distances", pairwise_squared_distances(a, a));
    observe("throws for widths 3 and 2", thrown<ShapeError>([&] { pairwise_squared_distances(a, zeros({2, 2})); }));
  }

  TEST_CASE("1.4 logsumexp" * points(4)) {
    const std::size_t rows = given("rows", size_between(2, 5));
    const std::size_t columns = given("columns", size_between(6, 8));
    Matrix x = given("x", normal({rows, columns}, 0, 2));
    observe("y", logsumexp(x), close(columns));
    observe("y of one row", logsumexp(given("one row", normal({1, columns}))), close(columns));
    observe("y of one column", logsumexp(given("one column", normal({rows, 1}))));

    // The gradient of log-sum-exp is softmax
    const Matrix y = softmax(x);
    const auto sum = [&] {
      const Vector z = logsumexp(x);
      return project(values(z), Vector(z.shape(), 1));
    };
    CHECK_MESSAGE(check_gradient(sum, values(x), values(y)), "softmax is the gradient of log-sum-exp");
  }

  TEST_CASE("1.4 softmax" * points(5)) {
    const std::size_t rows = given("rows", size_between(2, 5));
    const std::size_t columns = given("columns", size_between(6, 8));
    const Matrix x = given("x", normal({rows, columns}, 0, 2));
    const Matrix y = softmax(x);
    observe("y", y);
    observe("y of one row", softmax(given("one row", normal({1, columns}))));
    observe("y of one column", softmax(given("one column", normal({rows, 1}))));

    CHECK_MESSAGE(near(values(row_sums(y)), Vector({rows}, 1)), "every row of softmax sums up to 1");
    CHECK_MESSAGE(near(values(softmax(x + Real{5})), values(y)), "softmax is the same if 5 is added to every number");
    CHECK_MESSAGE(near(values(softmax(Matrix{{0, std::log(Real{3})}})), std::array<Real, 2>{0.25, 0.75}),
                  "softmax of 0 and log 3 is 1/4 and 3/4");
  }

  TEST_CASE("1.4 logsumexp of large numbers" * points(4)) {
    const Matrix x = given("x", normal({5, 4}, 1000, 300));
    observe("y", logsumexp(x));
    observe("y of small numbers", logsumexp(-x));
    const Matrix steps = {{-2000, -2000.5}, {0, 0.5}, {2000, 2000.5}};
    observe("y of rows far apart", logsumexp(steps));

    CHECK_MESSAGE(near(values(logsumexp(Matrix{{1000, 1000}})), std::array{1000 + std::log(Real{2})}),
                  "log-sum-exp of 1000 and 1000 is 1000 + log 2");
  }

  TEST_CASE("1.4 softmax of large numbers" * points(4)) {
    const Matrix x = given("x", normal({5, 4}, 1000, 300));
    observe("y", softmax(x));
    observe("y of small numbers", softmax(-x));
    const Matrix steps = {{-2000, -2000.5}, {0, 0.5}, {2000, 2000.5}};
    observe("y of rows far apart", softmax(steps));

    CHECK_MESSAGE(near(values(softmax(Matrix{{1000, 1000}})), std::array<Real, 2>{0.5, 0.5}),
                  "softmax of 1000 and 1000 is 1/2 and 1/2");
  }

  TEST_CASE("1.4 logsumexp and softmax of minus infinity" * points(3)) {
    Matrix x = given("x", normal({4, 3}));
    x(0, 0) = -infinity;
    x(1, 1) = x(1, 2) = -infinity;
    x(2, 2) = -infinity;
    observe("logsumexp", logsumexp(x));
    const Matrix y = softmax(x);
    observe("softmax", y);
    CHECK_MESSAGE(y(0, 0) == 0, "softmax of minus infinity is 0");
    CHECK_MESSAGE(y(1, 0) == 1, "softmax is 1 where all others are minus infinity");
  }

  TEST_CASE("1.5 cosine_similarity" * points(6)) {
    const std::size_t m = given("m", size_between(2, 4));
    const std::size_t n = given("n", size_between(5, 7));
    const std::size_t features = given("features", size_between(3, 6));
    const Matrix a = given("a", normal({m, features}));
    const Matrix b = given("b", normal({n, features}));
    observe("cosines", cosine_similarity(a, b), close(features));
    observe("cosines of one row", cosine_similarity(given("one row", normal({1, features})), b), close(features));
    observe("cosines of one feature",
            cosine_similarity(given("one feature of a", normal({m, 1})), given("one feature of b", normal({n, 1}))));
    // Only a row of zeros has no direction; a short one has
    observe("cosines of very short rows", cosine_similarity(a * Real{1e-13}, b), close(features));

    CHECK_MESSAGE(near(values(cosine_similarity(Matrix{{1, 0}, {0, 2}, {1, 1}}, Matrix{{3, 0}})),
                       std::array{Real{1}, Real{0}, std::sqrt(Real{0.5})}),
                  "the angles of (1, 0), (0, 2), (1, 1) to (3, 0) are 0, 90 and 45 degrees");
    CHECK_MESSAGE(near(values(cosine_similarity(a * Real{7}, b)), values(cosine_similarity(a, b))),
                  "rows seven times as long have the same cosines");
  }

  TEST_CASE("1.5 cosine_similarity of zero rows" * points(3)) {
    Matrix a = given("a", normal({3, 4}));
    Matrix b = given("b", normal({2, 4}));
    std::ranges::fill(row(a, 1), Real{0});
    std::ranges::fill(row(b, 0), Real{0});
    observe("cosines", cosine_similarity(a, b), close(4));
  }

  TEST_CASE("1.5 cosine_similarity refuses another width" * points(2)) {
    const Matrix a = given("a", normal({2, 3}));
    observe("cosines", cosine_similarity(a, a), close(3));
    observe("throws for widths 3 and 2", thrown<ShapeError>([&] { cosine_similarity(a, zeros({2, 2})); }));
  }
}  // TEST_SUITE

}  // namespace nn
