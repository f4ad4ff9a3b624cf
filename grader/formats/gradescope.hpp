#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "../result.hpp"

namespace grader {

/// A result as Gradescope reads it from results/results.json. Every test of the lab is a test there, with its points
/// and what the student should know; all text is plain, inert and bounded. The score is the sum of the points. Neither
/// the seed nor an expected number is in it. What was printed around the grading is for instructors only.
nlohmann::json gradescope_json(const Result& result);

/// The same for a submission that has no result: no points, and a text that says why.
nlohmann::json gradescope_json(const std::string& why_not_graded);

}  // namespace grader
