#pragma once

#include <string>
#include <vector>

namespace grader {

/// What is wrong with a promise about a lab, one line for each problem; empty if the promise is kept. If it cannot be
/// checked here, the only line is "skipped: why".
using Problems = std::vector<std::string>;

/// Adds more problems at the end.
inline void append(Problems& problems, Problems more) {
  problems.insert(problems.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace grader
