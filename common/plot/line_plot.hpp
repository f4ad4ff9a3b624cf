#pragma once

#include "plot/plot.hpp"
#include "plot/script.hpp"

namespace nn {

/// Adds the curves, marks and axes to a script that has begun the panel. Throws ShapeError if the sizes of its parts do
/// not match.
void add_panel(Script& script, const LinePlot& plot);

}  // namespace nn
