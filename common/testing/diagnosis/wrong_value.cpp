#include "testing/diagnosis/wrong_value.hpp"

#include <numeric>

namespace wire::diagnosis {

Numbers numbers_of(const Array& array) { return {array.shape, array.as_doubles()}; }

std::size_t product_of(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

bool is_plain(double x) { return std::abs(x) <= 1000 && 4 * x == std::round(4 * x); }

bool is_near(const WrongValue& value, double got, double predicted) {
  return std::isfinite(got) && std::isfinite(predicted) &&
         std::abs(got - predicted) <= std::max(value.rounding, value.tolerance * std::abs(predicted));
}

double bits(const WrongValue& value, std::size_t position) {
  constexpr double of_a_plain_number = 1.5;
  const double got = value.got.x[position];
  if (is_plain(got) || !std::isfinite(got)) {
    return of_a_plain_number;
  }
  const double distance = std::min(std::abs(got), std::abs(got - value.expected.x[position]));
  return std::clamp(std::log2(distance / value.rounding), 0.0, for_a_constant);
}

std::vector<Spread> spreads(const Shape& small, const Shape& large) {
  std::vector<Spread> found;
  for (std::size_t axis = 0; axis + small.size() <= large.size(); ++axis) {
    const auto first = large.begin() + static_cast<std::ptrdiff_t>(axis);
    if (std::equal(small.begin(), small.end(), first)) {
      const auto last = first + static_cast<std::ptrdiff_t>(small.size());
      found.push_back({product_of(Shape(last, large.end())), product_of(small)});
    }
  }
  return found;
}

}  // namespace wire::diagnosis
