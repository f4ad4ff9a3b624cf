#pragma once

#include "lab/lab.hpp"
#include "verify/problems.hpp"

namespace grader {

/// Every block of C++ (```cpp, ```c++ and the like) of the lab's handout is, line by line and apart from indentation,
/// in a .cpp or .hpp of the lab or of common/, so it compiles. The student's own files do not count.
Problems verify_handout(const Lab& lab);

}  // namespace grader
