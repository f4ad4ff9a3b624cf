#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "class/gradebook/grade.hpp"

namespace grader {

/// Gradescope's results.json (Gradescope autograder documentation, "Output format"). If the score is not the sum of the
/// tests, because of lateness or an override, the tests have no scores; their names show the points instead. It
/// contains neither the seed nor any expected number. Other output of the grading is for instructors only.
nlohmann::json gradescope_json(const Grade& grade);

/// The same for a submission without a result: no points, and a text that says why.
nlohmann::json gradescope_json(const std::string& why_not_graded);

}  // namespace grader
