#pragma once

#include "plot/plot.hpp"
#include "plot/script.hpp"

namespace nn {

/// Adds the curves, marks and axes to a script that has begun the panel. Throws ShapeError if its parts do not fit each
/// other.
void add_panel(Script& script, const LinePlot& plot);

}  // namespace nn
