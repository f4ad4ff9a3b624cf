// ./course run 01 traps: the parts of xtensor that the course uses, and its traps, each as a wrong and a right form.
// The handout shows these lines and explains them.
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string>

#include "program/timing.hpp"
#include "tensor/random.hpp"
#include "tensor/shape.hpp"
#include "tensor/tensor.hpp"

namespace {

using namespace nn;

/// Numbers as text, row after row.
template <class T>
std::string text(const T& x) {
  return fmt::format("{}", fmt::join(x.begin(), x.end(), " "));
}

void show(const std::string& trap, const std::string& wrong, const std::string& right) {
  fmt::print("{}\n    wrong: {}\n    right: {}\n\n", trap, wrong, right);
}

Matrix random_matrix(std::size_t rows, std::size_t columns) {
  Random random(1);
  Matrix x = zeros({rows, columns});
  fill_normal(values(x), random, 0, 1);
  return x;
}

void tour() {
  Matrix x = {{1, 2, 3}, {4, 5, 6}};             // two rows, three columns
  x(1, 2) = 60;                                  // row 1, column 2: counting starts at 0
  const Matrix y = x + Real{2} * zeros({2, 3});  // elementwise; both have one shape
  const auto [rows, columns] = x.shape();        // 2 and 3; also x.shape(0), x.shape(1)
  const std::span<Real> last = row(x, 1);        // row 1 as contiguous numbers of x: 4 5 60
  const std::span<Real> all = values(x);         // all six, row after row
  fmt::print("x is ({}, {}): {}; its last row: {}; x + 2 zeros: {}\n", rows, columns, fmt::join(all, " "),
             fmt::join(last, " "), text(y));
}

void reductions() {
  const Matrix x = {{1, 2, 3}, {4, 5, 60}};
  const Real sum = xt::sum(x)();                           // of all: 75; mind the () at the end
  const Vector column_sums = xt::sum(x, {0});              // axis 0, the rows, disappears: 5 7 63
  const Matrix row_sums = xt::sum(x, {1}, xt::keep_dims);  // axis 1 disappears but keeps its place: (2, 1)
  const Matrix shares = x / row_sums;                      // (2, 3) / (2, 1): stretched along the columns
  const Matrix centred = x - column_sums / Real{2};        // (2, 3) - (3): the same for every row
  fmt::print("sum {}; of columns {}; of rows {}; shares {:.2f}; centred {}\n\n", sum, text(column_sums), text(row_sums),
             fmt::join(shares, " "), text(centred));
}

void lazy_expression() {
  Vector x = {1, 2, 3};
  const auto later = Real{10} * x;  // an expression: it refers to x and computes when it is read
  const Vector now = Real{10} * x;  // numbers
  x(0) = 7;
  show("auto keeps the expression, a named type the numbers", text(later), text(now));
}

[[maybe_unused]] auto wrong_squares(const Vector& x) {
  const Vector y = x + x;
  return y * y;  // an expression that refers to y, which is gone: never call this
}

Vector right_squares(const Vector& x) {
  const Vector y = x + x;
  return y * y;  // the result is a Vector: computed while y is there
}

Matrix slow_shares(const Matrix& x) {
  return x / xt::amax(x, {1}, xt::keep_dims);  // finds the largest number of the row again for each number
}

Matrix fast_shares(const Matrix& x) {
  const Matrix largest = xt::amax(x, {1}, xt::keep_dims | xt::evaluation_strategy::immediate);
  return x / largest;
}

void lazy_reducer() {
  const Matrix x = random_matrix(200, 500);
  const double slow = seconds_per_call([&] { slow_shares(x); });
  const double fast = seconds_per_call([&] { fast_shares(x); });
  show("a reduction inside an expression is computed again for every number", fmt::format("{:.2f} ms", 1e3 * slow),
       fmt::format("{:.2f} ms", 1e3 * fast));
}

void lost_axis() {
  const Matrix x = {{1, 3}, {10, 30}};
  const Vector sums = xt::sum(x, {1});                         // (2)
  const Matrix wrong = x / sums;                               // a Vector is repeated for every row: column i / sums(i)
  const Matrix sums_of_rows = xt::sum(x, {1}, xt::keep_dims);  // (2, 1)
  const Matrix right = x / sums_of_rows;
  show("without keep_dims, sums of rows divide the columns", text(wrong), text(right));
}

void axis_or_not() {
  const Matrix x = {{0, 2}, {10, 14}};
  const double wrong = xt::variance(x, 1)();  // of all numbers, divided by 4 - 1: here 1 is not an axis
  const Vector right = xt::variance(x, {1});  // of each row
  show("an axis needs braces", fmt::format("{}", wrong), text(right));
}

void shape_or_numbers() {
  const Vector wrong = {3};         // one number: 3
  const Vector right = zeros({3});  // three numbers
  show("braces hold numbers; zeros takes a shape", text(wrong), text(right));
}

void other_types() {
  const Vector x = {2, 4};
  const Vector wrong = 1 / 2 * x;  // 1 / 2 is 0 in C++
  const Vector right = Real{0.5} * x;
  const auto mixed = 0.5 * x;  // all in double, even where Real is float
  show("constants have types", fmt::format("{}; {} bytes for each number", text(wrong), sizeof(mixed(0))),
       fmt::format("{}; {} bytes", text(right), sizeof(right(0))));
}

void ids_below_zero() {
  const IdVector ids = {0, 2};
  const Id wrong = ids(0) - 1;  // an Id is never negative
  const Real right = static_cast<Real>(ids(0)) - 1;
  show("ids have no sign", fmt::format("{}", wrong), fmt::format("{}", right));
}

void stretched_view() {
  Matrix x = zeros({2, 3});
  const Vector y = {7};
  xt::view(x, 0, xt::all()) = y;  // (1) is broadcast to (3) without a message
  std::string complaint;
  try {
    check_shape("stretched_view", "y", y, {x.shape(1)});
    std::ranges::copy(y, row(x, 0).begin());
  } catch (const ShapeError& error) {
    complaint = error.what();
  }
  show("assigning to a view broadcasts", text(x), complaint);
}

void equal_or_equal() {
  const Vector x = {1, 2, 3}, y = {1, 0, 3};
  const bool one = x == y;            // are all equal?
  const auto each = xt::equal(x, y);  // elementwise
  show("== compares tensors as a whole", fmt::format("{}", one), text(each));
}

void moved_buffer() {
  const Vector x = {1, 2, 3};
  Vector y = {10, 20, 30};
  const Real* const start = y.data();
  xt::noalias(y) += x;  // adds in place
  const bool moved_by_noalias = y.data() != start;
  y += x;                                // computes a new tensor and takes its storage
  const bool moved = y.data() != start;  // a span from before points to freed memory
  show("y += x may move y", moved ? "moved" : "in place", moved_by_noalias ? "moved" : "in place");
}

void overwritten_source() {
  Matrix wrong = {{1, 2}, {3, 4}};
  xt::noalias(wrong) = xt::transpose(wrong);  // reads what it has written already
  Matrix right = {{1, 2}, {3, 4}};
  right = xt::transpose(right);  // through a new tensor
  show("noalias is a promise that the target is not read", text(wrong), text(right));
}

void views_in_loops() {
  const Matrix x = random_matrix(20'000, 16);
  Matrix y = x;
  const double slow = seconds_per_call([&] {
    for (std::size_t r = 0; r < x.shape(0); ++r) {
      xt::view(y, r, xt::all()) = Real{2} * xt::view(x, r, xt::all());
    }
  });
  const double fast = seconds_per_call([&] {
    for (std::size_t r = 0; r < x.shape(0); ++r) {
      std::ranges::transform(row(x, r), row(y, r).begin(), [](Real value) { return 2 * value; });
    }
  });
  show("views in inner loops are slow", fmt::format("{:.2f} ms", 1e3 * slow), fmt::format("{:.2f} ms", 1e3 * fast));
}

}  // namespace

int main() {
  tour();
  reductions();
  lazy_expression();
  fmt::print("a function returns numbers: {}\n\n", text(right_squares({1, 2})));
  lazy_reducer();
  lost_axis();
  axis_or_not();
  shape_or_numbers();
  other_types();
  ids_below_zero();
  stretched_view();
  equal_or_equal();
  moved_buffer();
  overwritten_source();
  views_in_loops();
}
