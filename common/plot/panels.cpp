#include "plot/panels.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "tensor/shape.hpp"

namespace nn {

void Extent::include(double x) {
  low = std::min(low, x);
  high = std::max(high, x);
}

Extent set_colours(Script& script, Palette palette, const Matrix& x) {
  Extent extent;
  for (const Real value : x) {
    if (drawable(static_cast<double>(value))) {
      extent.include(static_cast<double>(value));
      if (palette != Palette::grey) {
        extent.include(0);
      }
    }
  }
  if (palette == Palette::diverging) {
    extent.include(-extent.low);
    extent.include(-extent.high);
  }
  if (!(extent.low < extent.high)) {
    extent = {0, 1};
  }
  script.colours(palette, extent.low, extent.high);
  return extent;
}

void add_scale(Script& script, const Extent& extent, double x, double y, double height) {
  constexpr std::size_t steps = 100;
  constexpr std::size_t columns = 4;
  std::vector<Real> numbers;
  for (std::size_t i = 0; i < steps; ++i) {
    const double share = static_cast<double>(i) / (steps - 1);
    numbers.insert(numbers.end(), columns, static_cast<Real>(extent.high + share * (extent.low - extent.high)));
  }
  const double width = columns * height / steps;
  script.image(numbers, columns, x, y, height / steps, height / steps);
  script.frame({x, y, width, height});
  const TextStyle style = {.align = "left", .size = 10};
  script.text(fmt::format("{:.2g}", extent.high), x + width + 6, y + 6, style);
  script.text(fmt::format("{:.2g}", extent.low), x + width + 6, y + height - 6, style);
  if (extent.low < 0) {
    script.text("0", x + width + 6, y + height / 2, style);
  }
}

double whole_scale(double scale) { return scale >= 4 ? std::floor(scale) : scale; }

void check_count(const char* panel, const char* part, std::size_t got, std::size_t expected) {
  if (got != 0 && got != expected) {
    throw ShapeError(fmt::format("{}: {} {}, expected {} or none", panel, got, part, expected));
  }
}

}  // namespace nn
