#pragma once

#include <nlohmann/json_fwd.hpp>

#include "class/gradebook/grade.hpp"

namespace grader {

/// A CTRF report (ctrf.io, schema of 2025): points in `extra`.
nlohmann::json ctrf_json(const Grade& grade);

}  // namespace grader
