#pragma once

#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"

namespace grader {

/// A table, one line for each student: RFC 4180, with CRLF at the end of lines. A cell that a spreadsheet would read as
/// a formula begins with an apostrophe.
std::string csv(const std::vector<Grade>& grades);

}  // namespace grader
