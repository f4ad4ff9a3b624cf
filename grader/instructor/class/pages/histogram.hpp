#pragma once

#include "class/pages/class_figures.hpp"
#include "class/pages/html.hpp"

namespace grader {

/// The distribution as an inline SVG with ten bars. Its letters have the same size at any width.
Html histogram(const Distribution& distribution);

}  // namespace grader
