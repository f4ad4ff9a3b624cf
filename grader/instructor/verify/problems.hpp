#pragma once

#include <string>
#include <vector>

namespace grader {

/// What is wrong with a promise that the repository makes of a lab, one line each; empty if it is kept. A promise that
/// cannot be tried here is the single line "skipped: why".
using Problems = std::vector<std::string>;

/// Adds more problems at the end.
inline void append(Problems& problems, Problems more) {
  problems.insert(problems.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace grader
