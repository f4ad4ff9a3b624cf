#pragma once

#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"
#include "lab/lab.hpp"

namespace grader {

/// The page of a class, for the instructor: one self-contained HTML file with the distribution of scores, the failures
/// of each test, the most common named mistakes, and tests that are slow or flaky (different statuses for equal files).
std::string class_page(const Lab& lab, const std::vector<Grade>& grades);

}  // namespace grader
