#pragma once

#include <cstdint>

#include "class/gradebook/policy.hpp"
#include "lab/lab.hpp"

namespace grader {

/// Throws std::runtime_error that explains the choice if submissions of the lab link the solution of an earlier lab
/// that can still be handed in at the time `now`: a submission could read that solution's compiled bytes out of its own
/// memory and print them. A lab can be handed in until Policy::closes; one without a due date always. The lab must have
/// been configured (load_harness).
void refuse_open_solutions(const Lab& lab, const Policy& policy, std::int64_t now);

}  // namespace grader
