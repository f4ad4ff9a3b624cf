#pragma once

#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"

namespace grader {

/// A cell that every program reads as the same text, and never as a formula: at most 500 bytes.
std::string safe_cell(const std::string& text);

/// A table, one line for each student: RFC 4180, with CRLF at the end of lines. A cell that a spreadsheet would read as
/// a formula begins with an apostrophe. Name, id, e-mail and group are those of the roster.
std::string csv(const std::vector<Grade>& grades);

}  // namespace grader
