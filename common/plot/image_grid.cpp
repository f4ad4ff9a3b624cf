#include "plot/image_grid.hpp"

#include <algorithm>

#include "plot/panels.hpp"
#include "tensor/shape.hpp"

namespace nn {

namespace {

constexpr double caption_height = 20;
constexpr double gap = 8;

/// Where the images are: the left edge of the first, the step to the next, and how wide a pixel is.
struct GridLayout {
  double left;
  double step_x;
  double step_y;
  double scale;
};

/// The largest scale at which all rows and columns fit.
GridLayout place_images(const ImageGrid& grid, double columns, double rows) {
  const double below = grid.captions.empty() ? 0 : caption_height;
  const double room = panel_width - panel_margin - (grid.diverging ? scale_width : panel_margin);
  const double image_width = static_cast<double>(grid.width);
  const double image_height = static_cast<double>(grid.height);
  const double across = (room + gap) / columns - gap;
  const double down = (panel_height - title_height - panel_margin + gap) / rows - gap - below;
  const double scale = whole_scale(std::max(0.1, std::min(across / image_width, down / image_height)));
  const double step_x = scale * image_width + gap;
  return {panel_margin + (room + gap - step_x * columns) / 2, step_x, scale * image_height + gap + below, scale};
}

}  // namespace

void add_panel(Script& script, const ImageGrid& grid) {
  const std::size_t count = grid.images.shape(0);
  check_count("ImageGrid", "captions", grid.captions.size(), count);
  if (count == 0) {
    return;
  }
  check_shape("ImageGrid", "images", grid.images, {any, grid.height * grid.width});
  if (grid.height * grid.width * grid.columns == 0) {
    throw ShapeError("ImageGrid: height, width and columns must not be 0");
  }
  const std::size_t columns = std::min(grid.columns, count);
  const std::size_t rows = (count + columns - 1) / columns;
  const GridLayout layout = place_images(grid, static_cast<double>(columns), static_cast<double>(rows));
  const Extent extent = set_colours(script, grid.diverging ? Palette::diverging : Palette::grey, grid.images);
  for (std::size_t i = 0; i < count; ++i) {
    const Box box = {layout.left + static_cast<double>(i % columns) * layout.step_x,
                     title_height + static_cast<double>(i / columns) * layout.step_y,
                     layout.scale * static_cast<double>(grid.width), layout.scale * static_cast<double>(grid.height)};
    script.image(row(grid.images, i), grid.width, box.x, box.y, layout.scale, layout.scale);
    script.frame(box);
    if (!grid.captions.empty()) {
      script.text(grid.captions[i], box.x + box.width / 2, box.y + box.height + 11, {.size = 10});
    }
  }
  if (grid.diverging) {
    const double right = layout.left + layout.step_x * static_cast<double>(columns);
    add_scale(script, extent, right + 10, title_height, layout.step_y * static_cast<double>(rows) - gap);
  }
}

}  // namespace nn
