#include "plot/line_plot.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

#include "plot/panels.hpp"
#include "tensor/shape.hpp"

namespace nn {

namespace {

constexpr Box plot_area = {92, title_height + 26, panel_width - 92 - 28, panel_height - title_height - 26 - 66};
constexpr std::size_t max_dots = 30;

/// The colours of Okabe and Ito (2008), which colour-blind people can distinguish.
constexpr std::array curve_colours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};

std::vector<double> x_of(const Curve& curve) {
  if (!curve.x.empty() && curve.x.size() != curve.y.size()) {
    throw ShapeError(fmt::format("LinePlot: curve \"{}\" has {} x values and {} y values", curve.name, curve.x.size(),
                                 curve.y.size()));
  }
  std::vector<double> x = curve.x;
  if (x.empty()) {
    x.resize(curve.y.size());
    std::iota(x.begin(), x.end(), 1.0);
  }
  return x;
}

bool drawable_on(bool log, double x) { return drawable(x) && (!log || x > 1e-100); }

/// An axis around the extent, with a margin above and, unless it starts near zero, below.
Extent padded(const Extent& extent, bool log) {
  if (extent.low > extent.high) {
    return log ? Extent{0.1, 1} : Extent{0, 1};
  }
  if (log) {
    const double factor = std::pow(std::max(extent.high / extent.low, 1.5), 0.05);
    return {extent.low / factor, extent.high * factor};
  }
  const double size = extent.high - extent.low;
  const double margin = 0.05 * (size > 0 ? size : std::max(std::abs(extent.high), 1e-9));
  const bool from_zero = extent.low >= 0 && extent.low < 0.4 * extent.high;
  return {from_zero ? 0 : extent.low - margin, extent.high + margin};
}

/// An axis that ends where the extent ends.
Extent tight(const Extent& extent, bool log) { return extent.low < extent.high ? extent : padded(extent, log); }

/// 1, 2 and 5 times the powers of ten inside the extent: on a short logarithmic axis, powers alone would be too few.
std::string short_log_tics(const Extent& extent) {
  std::vector<std::string> tics;
  for (double power = std::floor(std::log10(extent.low)); power <= std::log10(extent.high); ++power) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double tic = digit * std::pow(10, power);
      if (tic >= extent.low && tic <= extent.high) {
        tics.push_back(fmt::format("{:.3g}", tic));
      }
    }
  }
  return fmt::format("({})", fmt::join(tics, ", "));
}

void set_axis(Script& script, const char* axis, const Extent& extent, bool log) {
  script.command(fmt::format("set {}range [{:.9g}:{:.9g}]", axis, extent.low, extent.high));
  if (log) {
    script.command(fmt::format("set logscale {}", axis));
    if (extent.high < 50 * extent.low) {
      script.command(fmt::format("set {}tics {}", axis, short_log_tics(extent)));
    }
  }
}

/// The names of the curves above the axes, each in the colour of its curve.
void add_names(Script& script, const std::vector<Curve>& curves) {
  double x = plot_area.x;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    if (!curves[i].name.empty()) {
      const std::string words = (curves[i].line ? "━ " : "● ") + curves[i].name;
      script.text(words, x, title_height + 6,
                  {.align = "left", .size = 12, .colour = curve_colours[i % curve_colours.size()]});
      x += text_width(words, 12) + 20;
    }
  }
}

}  // namespace

void add_panel(Script& script, const LinePlot& plot) {
  // Draw the curves and find their extent
  script.axes(plot_area);
  Extent across;
  Extent up;
  bool whole = true;
  for (std::size_t i = 0; i < plot.curves.size(); ++i) {
    const std::vector<double>& y = plot.curves[i].y;
    const std::vector<double> x = x_of(plot.curves[i]);
    for (std::size_t k = 0; k < y.size(); ++k) {
      if (drawable_on(plot.log_x, x[k]) && drawable_on(plot.log_y, y[k])) {
        across.include(x[k]);
        up.include(y[k]);
        whole = whole && x[k] == std::floor(x[k]);
      }
    }
    const Stroke stroke = !plot.curves[i].line ? Stroke::points : y.size() <= max_dots ? Stroke::dotted : Stroke::line;
    script.curve(x, y, curve_colours[i % curve_colours.size()], stroke);
  }

  for (const Mark& mark : plot.marks) {
    if (drawable_on(plot.log_x, mark.x) && drawable_on(plot.log_y, mark.y)) {
      across.include(mark.x);
      up.include(mark.y);
      script.ring(mark.name, mark.x, mark.y);
    }
  }

  // Fit the axes to them; count epochs one by one
  set_axis(script, "x", tight(across, plot.log_x), plot.log_x);
  set_axis(script, "y", padded(up, plot.log_y), plot.log_y);
  if (!plot.log_x && whole && across.high - across.low <= 12) {
    script.command("set xtics 1");
  }

  add_names(script, plot.curves);
  script.text(plot.x_label, plot_area.x + plot_area.width / 2, panel_height - 20);
  script.text(plot.y_label, 16, plot_area.y + plot_area.height / 2, {.upwards = true});
}

}  // namespace nn
