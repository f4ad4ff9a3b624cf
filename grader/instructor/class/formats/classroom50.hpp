#pragma once

#include <nlohmann/json_fwd.hpp>

#include "class/gradebook/grade.hpp"

namespace grader {

/// The result.json of Classroom 50 (classroom50/result/v1), whose scores are whole numbers: points times 100 where the
/// score is not whole. Values that the host puts into the environment (CLASSROOM, ASSIGNMENT, COMMIT_URL, ...) are
/// taken from there.
nlohmann::json classroom50_json(const Grade& grade);

}  // namespace grader
