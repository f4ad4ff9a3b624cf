#include "plot/heat_map.hpp"

#include <algorithm>
#include <cmath>

#include "plot/panels.hpp"

namespace nn {

namespace {

constexpr double name_size = 11;
constexpr double max_stretch = 2;  // of a cell with text, height by width, so that a wide panel is filled

double widest(const std::vector<std::string>& names, double size) {
  double width = 0;
  for (const std::string& name : names) {
    width = std::max(width, text_width(name, size));
  }
  return width;
}

/// The position of the cells, and the space for the names at the side and below.
struct HeatMapLayout {
  Box cells;
  double width, height;  // of a cell
  double row_names;
  double column_names;
  bool upwards;  // whether column names are written upwards, because they do not fit side by side
};

HeatMapLayout place_cells(const HeatMap& map) {
  const double rows = static_cast<double>(map.values.shape(0));
  const double columns = static_cast<double>(map.values.shape(1));
  const bool upwards = widest(map.column_names, name_size) * columns > panel_width / 2;
  const double row_names = widest(map.row_names, name_size) + 8;
  const double column_names = upwards ? widest(map.column_names, name_size) + 8 : map.column_names.empty() ? 0 : 20;
  const double left = panel_margin + (map.y_label.empty() ? 0 : 28) + row_names;
  const double all_width = panel_width - left - (map.texts.empty() ? scale_width : panel_margin);
  const double all_height = panel_height - title_height - panel_margin - (map.x_label.empty() ? 0 : 28) - column_names;
  const double width = whole_scale(std::max(0.1, std::min(all_width / columns, all_height / rows)));
  const double height =
      map.texts.empty() ? width : whole_scale(std::min(max_stretch * width, std::max(width, all_height / rows)));
  const Box cells = {left + (all_width - width * columns) / 2, title_height, width * columns, height * rows};
  return {cells, width, height, row_names, column_names, upwards};
}

void add_labels(Script& script, const HeatMap& map, const HeatMapLayout& layout) {
  const Box& cells = layout.cells;
  for (std::size_t r = 0; r < map.row_names.size(); ++r) {
    script.text(map.row_names[r], cells.x - 8, cells.y + (static_cast<double>(r) + 0.5) * layout.height,
                {.align = "right", .size = name_size});
  }
  for (std::size_t c = 0; c < map.column_names.size(); ++c) {
    script.text(map.column_names[c], cells.x + (static_cast<double>(c) + 0.5) * layout.width,
                cells.y + cells.height + (layout.upwards ? 8 : 14),
                {.align = layout.upwards ? "right" : "center", .size = name_size, .upwards = layout.upwards});
  }
  script.text(map.x_label, cells.x + cells.width / 2, cells.y + cells.height + layout.column_names + 18);
  script.text(map.y_label, cells.x - layout.row_names - 20, cells.y + cells.height / 2, {.upwards = true});
}

void add_texts(Script& script, const HeatMap& map, const HeatMapLayout& layout, double highest) {
  const std::size_t columns = map.values.shape(1);
  const double size = std::min(12.0, 12 * 0.9 * layout.width / std::max(widest(map.texts, 12), 1.0));
  for (std::size_t i = 0; i < map.texts.size(); ++i) {
    const bool dark = std::abs(static_cast<double>(map.values.data()[i])) > 0.6 * highest;
    script.text(map.texts[i], layout.cells.x + (static_cast<double>(i % columns) + 0.5) * layout.width,
                layout.cells.y + (static_cast<double>(i / columns) + 0.5) * layout.height,
                {.size = size, .colour = dark ? "#ffffff" : "#333333"});
  }
}

}  // namespace

void add_panel(Script& script, const HeatMap& map) {
  const std::size_t rows = map.values.shape(0);
  const std::size_t columns = map.values.shape(1);
  check_count("HeatMap", "row names", map.row_names.size(), rows);
  check_count("HeatMap", "column names", map.column_names.size(), columns);
  check_count("HeatMap", "texts", map.texts.size(), rows * columns);
  if (rows * columns == 0) {
    return;
  }
  const HeatMapLayout layout = place_cells(map);
  const bool signs = std::ranges::any_of(map.values, [](Real x) { return x < 0; });
  const Extent extent = set_colours(script, signs ? Palette::diverging : Palette::blue, map.values);
  script.image({map.values.data(), map.values.size()}, columns, layout.cells.x, layout.cells.y, layout.width,
               layout.height);
  script.frame(layout.cells);
  add_labels(script, map, layout);
  add_texts(script, map, layout, extent.high);
  if (map.texts.empty()) {
    add_scale(script, extent, layout.cells.x + layout.cells.width + 14, layout.cells.y, layout.cells.height);
  }
}

}  // namespace nn
