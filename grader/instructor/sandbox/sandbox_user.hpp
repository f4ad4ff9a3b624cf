#pragma once

#include "sandbox/job.hpp"
#include "system/process.hpp"

namespace grader {

/// Runs the job as a user of its own; what Isolation::user means.
Outcome run_as_user(const Job& job);

}  // namespace grader
