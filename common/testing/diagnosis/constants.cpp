#include "testing/diagnosis/constants.hpp"

#include <fmt/format.h>
#include <iterator>
#include <span>
#include <utility>

namespace wire::diagnosis {

namespace {

constexpr std::size_t max_names = 2;
constexpr double largest_size = 1e6;  // beyond are seeds of generators

/// Whether the test gives the scalar, under a name of its own.
bool is_given(const Scalar& scalar) { return scalar.words.front() == '\''; }

bool is_equal(double a, double b) { return std::abs(a - b) <= 1e-8 * std::max(std::abs(a), std::abs(b)); }

bool has_value(const std::vector<Scalar>& scalars, double value) {
  return std::any_of(scalars.begin(), scalars.end(), [&](const Scalar& s) { return is_equal(s.value, value); });
}

/// "rows", "columns" or "axis 2".
std::string axis_words(std::size_t axis, std::size_t rank) {
  if (rank == 1) {
    return "the number of elements";
  }
  return rank > 2    ? fmt::format("the size of axis {}", axis)
         : axis == 0 ? "the number of rows"
                     : "the number of columns";
}

void add_sizes(const std::string& of, const Shape& shape, const std::vector<Scalar>& given,
               std::vector<Scalar>& scalars) {
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const double size = static_cast<double>(shape[axis]);
    if (size > 1 && !has_value(given, size)) {
      scalars.push_back({fmt::format("{} of {}", axis_words(axis, shape.size()), of), size});
    }
  }
  const double count = static_cast<double>(product_of(shape));
  if (shape.size() > 1 && count > 1 && !has_value(given, count)) {
    scalars.push_back({fmt::format("the number of elements of {}", of), count});
  }
  if (shape.size() == 4) {
    const double pixels = static_cast<double>(shape[2] * shape[3]);
    scalars.push_back({fmt::format("the number of pixels in a channel of {}", of), pixels});
  }
}

/// What a formula makes of one scalar.
using Formula = std::pair<double, const char*>;  // the value, and how it is written

std::vector<Formula> simple_formulas(double v) { return {{v, "{}"}, {1 / v, "1 / {}"}}; }

std::vector<Formula> further_formulas(double v) {
  if (v > 0 && v < 1) {
    return {{2 * v, "2 times {}"},
            {1 - v, "1 - {}"},
            {1 / (1 - v), "1 / (1 - {})"},
            {v / (1 - v), "{0} / (1 - {0})"},
            {(1 - v) / v, "(1 - {0}) / {0}"},
            {std::sqrt(v), "sqrt({})"},
            {1 / std::sqrt(v), "1 / sqrt({})"}};
  }
  if (v > 1) {
    return {{std::sqrt(v), "sqrt({})"},
            {1 / std::sqrt(v), "1 / sqrt({})"},
            {v / (v - 1), "{0} / ({0} - 1)"},
            {(v - 1) / v, "({0} - 1) / {0}"}};
  }
  return {};
}

using Names = std::vector<std::string>;

template <class Formulas>
Names names_by(const Formulas& formulas_of, double constant, const std::vector<Scalar>& scalars) {
  Names names;
  for (const Scalar& scalar : scalars) {
    for (const auto& [value, text] : formulas_of(scalar.value)) {
      if (is_equal(value, constant)) {
        names.push_back(fmt::format(fmt::runtime(text), scalar.words));
      }
    }
  }
  return names;
}

Names names_by_two(double constant, const std::vector<Scalar>& scalars) {
  Names names;
  for (const Scalar& a : scalars) {
    for (const Scalar& b : scalars) {
      if (&a < &b && is_equal(a.value * b.value, constant)) {
        names.push_back(fmt::format("{} times {}", a.words, b.words));
      }
      if (&a < &b && is_equal(1 / (a.value * b.value), constant)) {
        names.push_back(fmt::format("1 / ({} times {})", a.words, b.words));
      }
      if (&a != &b && is_equal(a.value / b.value, constant)) {
        names.push_back(fmt::format("{} / {}", a.words, b.words));
      }
    }
  }
  return names;
}

std::string joined(const Names& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : " or ") + name;
  }
  return text;
}

}  // namespace

std::vector<Scalar> scalars_of(const std::vector<Record>& givens, const Numbers& expected) {
  std::vector<Scalar> given;
  for (const Record& record : givens) {
    if (!record.value.shape.empty() || record.value.size() != 1) {
      continue;
    }
    const double value = record.value.as_doubles().front();
    if (value != 0 && value != 1 && std::abs(value) < largest_size) {
      given.push_back({fmt::format("'{}'", record.name), value});
    }
  }
  std::vector<Scalar> scalars = given;
  add_sizes("the result", expected.shape, given, scalars);
  for (const Record& record : givens) {
    if (record.value.shape != expected.shape) {
      add_sizes(fmt::format("'{}'", record.name), record.value.shape, given, scalars);
    }
  }
  return scalars;
}

std::string name_of_constant(double constant, const std::vector<Scalar>& scalars) {
  // A formula may have a 2 of its own, whatever else is 2 in this test
  if (is_common(constant)) {
    return "";
  }
  std::vector<Scalar> given;
  std::copy_if(scalars.begin(), scalars.end(), std::back_inserter(given), is_given);
  Names names = names_by(simple_formulas, constant, scalars);
  if (names.empty()) {
    names = names_by(further_formulas, constant, given);
  }
  if (names.empty()) {
    names = names_by_two(constant, given);
  }
  return names.size() <= max_names ? joined(names) : "";
}

bool is_common(double constant) {
  // 1, 2, 3, 6, their roots, and the inverses of all these
  const double square = constant * constant;
  static constexpr double squares[] = {1, 2, 3, 4, 6, 9, 36};
  return std::any_of(std::begin(squares), std::end(squares),
                     [&](double common) { return is_equal(square, common) || is_equal(1 / square, common); });
}

std::string constant_text(double constant, const std::vector<Scalar>& scalars) {
  const double size = std::abs(constant);
  const char* const sign = constant < 0 ? "-" : "";
  const auto is_whole = [](double x) {
    return std::round(x) > 1 && std::round(x) < 1000 && is_equal(x, std::round(x));
  };
  const std::string digits =
      is_whole(1 / size) ? fmt::format("{}1/{:.0f}", sign, 1 / size) : fmt::format("{:.6g}", constant);
  std::string text = digits;
  if (!is_whole(size) && !is_whole(1 / size) && (is_whole(size * size) || is_whole(1 / (size * size)))) {
    text += is_whole(size * size) ? fmt::format(", {}sqrt({:.0f}),", sign, size * size)
                                  : fmt::format(", {}1 / sqrt({:.0f}),", sign, 1 / (size * size));
  }
  const std::string name = name_of_constant(size, scalars);
  return name.empty() ? text : fmt::format("{} (here {})", text, name);
}

}  // namespace wire::diagnosis
