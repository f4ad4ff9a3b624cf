#include "plot/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <numeric>

#include "tensor/shape.hpp"

namespace nn {

namespace {

/// A cell that is filled by a number of eighths, from below or from the left.
constexpr std::array from_below = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array from_left = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
constexpr std::size_t eighths = 8;

/// At most `width` numbers: the means of `width` parts of y.
std::vector<double> condensed(std::span<const double> y, std::size_t width) {
  const std::size_t parts = std::min(width, y.size());
  std::vector<double> means;
  for (std::size_t i = 0; i < parts; ++i) {
    const std::size_t begin = i * y.size() / parts;
    const auto part = y.subspan(begin, (i + 1) * y.size() / parts - begin);
    means.push_back(std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(part.size()));
  }
  return means;
}

struct Levels {
  std::vector<std::size_t> filled;  // eighths of a line, from 1 up; 0 for a number that is not finite
  double low = 0;
  double high = 0;
};

/// The heights of the bars that show y on `height` lines.
Levels levels_of(const std::vector<double>& y, std::size_t height) {
  Levels levels{{}, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const double value : y) {
    if (std::isfinite(value)) {
      levels.low = std::min(levels.low, value);
      levels.high = std::max(levels.high, value);
    }
  }
  const double steps = static_cast<double>(eighths * height - 1);
  for (const double value : y) {
    const double share = levels.high > levels.low ? (value - levels.low) / (levels.high - levels.low) : 0;
    levels.filled.push_back(std::isfinite(value) ? static_cast<std::size_t>(1 + std::lround(share * steps)) : 0);
  }
  return levels;
}

/// One line of bars, `below` eighths of which are on the lines below it.
std::string line_of(const Levels& levels, std::size_t below) {
  std::string line;
  for (const std::size_t filled : levels.filled) {
    line += from_below[std::min(filled - std::min(filled, below), eighths)];
  }
  return line;
}

/// The width of a text in columns of a terminal: two for a character in or near Hangul, one for others.
std::size_t columns_of(const std::string& text) {
  std::size_t columns = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xc0) == 0x80;
    columns += continues ? 0 : byte >= 0xe3 && byte <= 0xed ? 2 : 1;
  }
  return columns;
}

}  // namespace

std::string sparkline(std::span<const double> y, std::size_t width) {
  return line_of(levels_of(condensed(y, width), 1), 0);
}

std::string text_curve(std::span<const double> y, std::size_t width, std::size_t height) {
  const Levels levels = levels_of(condensed(y, width), height);
  std::string text;
  for (std::size_t i = 0; i < height; ++i) {
    const bool ends = i == 0 || i + 1 == height;
    const std::string label = ends ? fmt::format("{:.3g}", i == 0 ? levels.high : levels.low) : "";
    text += fmt::format("{:>9} {}{}\n", label, ends ? "┤" : "│", line_of(levels, eighths * (height - 1 - i)));
  }
  return text;
}

std::string text_image(std::span<const Real> pixels, std::size_t width) {
  if (width == 0 || pixels.size() % width != 0) {
    throw ShapeError(fmt::format("text_image: {} pixels cannot be split into rows of {}", pixels.size(), width));
  }
  if (pixels.empty()) {
    return "";
  }
  const auto [low, high] = std::ranges::minmax(pixels);
  const Real middle = low + (high - low) / 2;
  const std::size_t height = pixels.size() / width;
  const auto filled = [&](std::size_t r, std::size_t c) { return r < height && pixels[r * width + c] > middle; };
  std::string text;
  for (std::size_t r = 0; r < height; r += 2) {
    for (std::size_t c = 0; c < width; ++c) {
      const bool upper = filled(r, c);
      const bool lower = filled(r + 1, c);
      text += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
    }
    text += '\n';
  }
  return text;
}

std::string bar_chart(const std::vector<std::pair<std::string, double>>& bars, std::size_t width) {
  std::size_t name_columns = 0;
  double longest = 0;
  for (const auto& [name, value] : bars) {
    name_columns = std::max(name_columns, columns_of(name));
    longest = std::isfinite(value) ? std::max(longest, value) : longest;
  }
  std::string text;
  for (const auto& [name, value] : bars) {
    const double share = value > 0 && longest > 0 ? std::min(value / longest, 1.0) : 0;
    const auto length = static_cast<std::size_t>(std::lround(share * static_cast<double>(width * eighths)));
    text += name + std::string(name_columns - columns_of(name) + 1, ' ');
    for (std::size_t i = 0; i < length / eighths; ++i) {
      text += from_left[eighths];
    }
    text += from_left[length % eighths];
    text += fmt::format("{} {:.3g}\n", std::string(width - (length + eighths - 1) / eighths, ' '), value);
  }
  return text;
}

}  // namespace nn
