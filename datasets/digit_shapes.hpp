#pragma once

#include <vector>

namespace nn {

/// A point of the unit square: x to the right, y down.
struct Point {
  double x = 0;
  double y = 0;
  bool operator==(const Point&) const = default;
};

/// A smooth curve through its points. A point that appears twice in a row is a corner.
using Stroke = std::vector<Point>;

/// The strokes that make up a digit.
using DigitShape = std::vector<Stroke>;

/// The shapes of the digit 0-9, at least two of each.
const std::vector<DigitShape>& digit_shapes(std::size_t digit);

}  // namespace nn
