#pragma once

#include "sandbox/job.hpp"
#include "system/process.hpp"

namespace grader {

/// Runs the job as a separate user, as described at Isolation::user.
Outcome run_as_user(const Job& job);

}  // namespace grader
