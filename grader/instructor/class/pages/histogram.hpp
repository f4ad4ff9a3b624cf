#pragma once

#include "class/pages/class_figures.hpp"
#include "class/pages/html.hpp"

namespace grader {

/// The distribution as an inline SVG with ten bars, whose letters keep their size however wide it is shown.
Html histogram(const Distribution& distribution);

}  // namespace grader
