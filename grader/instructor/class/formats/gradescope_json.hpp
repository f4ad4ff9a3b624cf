#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "class/gradebook/grade.hpp"

namespace grader {

/// Gradescope's results.json (Gradescope autograder documentation, "Output format"). Where the score is not the sum of
/// the tests, because of lateness or an override, the tests carry no scores of their own but their points in words.
/// Neither the seed nor an expected number is in it; what was printed around the grading is for instructors only.
nlohmann::json gradescope_json(const Grade& grade);

/// The same for a submission that has no result: no points, and a text that says why.
nlohmann::json gradescope_json(const std::string& why_not_graded);

}  // namespace grader
