#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// The lab's solutions/NN_name/parity.py, which recomputes transcripts in PyTorch, agrees for several seeds. Skipped if
/// PyTorch is not installed.
Problems verify_parity(const Lab& lab);

}  // namespace grader
