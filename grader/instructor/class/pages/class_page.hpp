#pragma once

#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"
#include "lab/lab.hpp"

namespace grader {

/// The page of a class, for the instructor: one self-contained HTML file with the distribution of scores, how many fail
/// each test, the most common named mistakes, and tests that are slow or flaky (their status differs between equal
/// files).
std::string class_page(const Lab& lab, const std::vector<Grade>& grades);

}  // namespace grader
