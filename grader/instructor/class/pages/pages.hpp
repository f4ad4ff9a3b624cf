#pragma once

#include <filesystem>
#include <vector>

#include "class/gradebook/grade.hpp"
#include "lab/lab.hpp"

namespace grader {

/// Writes results/LAB/class.html, and results/LAB/reports/NAME.html for each grade.
void write_pages(const std::filesystem::path& results, const Lab& lab, const std::vector<Grade>& grades);

}  // namespace grader
