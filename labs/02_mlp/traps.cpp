// ./course run 02 traps: how this lab makes tensors, and the mistakes that no compiler reports. The handout shows these
// lines and explains them.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string>

#include "tensor/tensor.hpp"

namespace {

using namespace nn;

void show(const std::string& trap, const std::string& wrong, const std::string& right) {
  fmt::print("{}\n    wrong: {}\n    right: {}\n\n", trap, wrong, right);
}

/// A shape as text.
template <class T>
std::string shape(const T& x) {
  return fmt::format("({})", fmt::join(x.shape(), ", "));
}

/// Numbers as text, row after row.
template <class T>
std::string numbers(const T& x) {
  return fmt::format("{}", fmt::join(x.begin(), x.end(), " "));
}

void making() {
  const Matrix x = {{1, 5, 2}, {7, 3, 7}};

  const auto [rows, columns] = x.shape();        // 2 and 3
  const Vector bias = zeros({columns});          // a Vector has one size: 3 zeros
  const Matrix y = zeros({rows, columns});       // a Matrix has two sizes: 2 x 3 zeros
  Matrix same = Matrix::from_shape(x.shape());   // the shape of x; the numbers are not set yet
  IdVector best = IdVector::from_shape({rows});  // 2 ids, not set yet

  same.fill(1);
  best.fill(0);
  fmt::print("bias {}, y {}, same {}, best {}\n\n", shape(bias), shape(y), shape(same), shape(best));
}

void braces_hold_numbers() {
  const std::size_t rows = 4;

  const IdVector wrong({rows});                         // one id, and its value is 4
  const IdVector right = IdVector::from_shape({rows});  // four ids

  show("braces without from_shape hold numbers, not sizes", shape(wrong), shape(right));
}

void auto_computes_later() {
  Vector weight = {1, 2};
  const Vector dweight = {10, 20};

  const auto wrong = Real{2} * weight;    // an expression: it reads weight later
  const Vector right = Real{2} * weight;  // two numbers: 2 4
  weight -= dweight;                      // now wrong(0) is -18

  show("auto keeps an expression", numbers(wrong), numbers(right));
}

void column_minus_vector() {
  const Matrix target = {{1}, {2}};
  const Vector y = {1, 2};
  const Matrix y_column = {{1}, {2}};

  const Matrix wrong = target - y;         // (2, 1) - (2) is broadcast to (2, 2)
  const Matrix right = target - y_column;  // (2, 1) - (2, 1) is (2, 1)

  show("a column minus a Vector is a square", shape(wrong), shape(right));
}

void one_index() {
  const Matrix x = {{1, 2, 3}, {4, 5, 6}};

  const Real wrong = x(1);                        // x(0, 1): missing indices on the left are 0
  const std::span<const Real> right = row(x, 1);  // row 1

  show("x(1) is not row 1 of a Matrix", fmt::format("{}", wrong), fmt::format("{}", fmt::join(right, " ")));
}

}  // namespace

int main() {
  making();
  braces_hold_numbers();
  auto_computes_later();
  column_minus_vector();
  one_index();
}
