#include "class/pages/histogram.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace grader {

namespace {

// Heights are in pixels, so that text is not squeezed; widths in per cent
constexpr double top = 40;
constexpr double ground = 200;
constexpr double height = 224;

std::string percent(double number) { return fmt::format("{:.2f}%", number); }
std::string pixels(double number) { return fmt::format("{:.1f}", number); }

Html text(const std::string& kind, double x, double y, const std::string& words) {
  return element("text", {{"class", kind}, {"x", percent(x)}, {"y", pixels(y)}, {"text-anchor", "middle"}}, {words});
}

Html line(const std::string& kind, double x1, double y1, double x2, double y2) {
  return element(
      "line", {{"class", kind}, {"x1", percent(x1)}, {"y1", pixels(y1)}, {"x2", percent(x2)}, {"y2", pixels(y2)}}, {});
}

/// A bar with its count above; nothing if the count is 0.
Html bin_bar(std::size_t bin, std::size_t count, std::size_t largest) {
  Html html;
  if (count > 0) {
    const double tall = (ground - top) * static_cast<double>(count) / static_cast<double>(largest);
    const double left = 10 * static_cast<double>(bin);
    html += element("rect",
                    {{"class", "column"},
                     {"x", percent(left + 0.5)},
                     {"y", pixels(ground - tall)},
                     {"width", percent(9)},
                     {"height", pixels(tall)},
                     {"rx", "2"}},
                    {});
    html += text("count", left + 5, ground - tall - 7, std::to_string(count));
  }
  return html;
}

}  // namespace

Html histogram(const Distribution& distribution) {
  const std::size_t largest = std::ranges::max(distribution.bins);
  Html parts;
  for (std::size_t bin = 0; bin < distribution.bins.size(); ++bin) {
    parts += bin_bar(bin, distribution.bins[bin], largest);
  }

  // The base line, with the borders of the bins below it
  parts += line("axis", 0, ground, 100, ground);
  for (int i = 0; i <= 10; ++i) {
    parts += text("tick", 10 * i, height - 4, score_text(distribution.max_points * i / 10));
  }

  // The median, as a line through all bars
  const double most = std::max(distribution.max_points, 1.0);
  const double x = std::min(100.0, 100 * distribution.median / most);
  parts += line("middle", x, top - 22, x, ground);
  parts += text("tick", std::clamp(x, 8.0, 92.0), top - 28, "median " + score_text(distribution.median));
  const std::string words = "Histogram of the scores, in ten bins. Students in each, from the lowest bin: ";
  std::string counts;
  for (const std::size_t count : distribution.bins) {
    counts += (counts.empty() ? "" : ", ") + std::to_string(count);
  }
  return element("svg", {{"role", "img"}, {"aria-label", words + counts + "."}, {"height", pixels(height)}}, {parts});
}

}  // namespace grader
