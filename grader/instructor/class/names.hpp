#pragma once

#include <string>
#include <vector>

#include "submission/submission.hpp"

namespace grader {

/// Throws std::runtime_error that names both sources if two submissions are called the same.
void refuse_equal_names(const std::vector<Submission>& submissions);

/// Warnings that name two submissions which may be one student's: names that look alike, as with full-width letters,
/// other capitals or marks that are not seen; and names with "-1" or " (1)" beside the name without it.
std::vector<std::string> warnings_of_names(const std::vector<Submission>& submissions);

}  // namespace grader
