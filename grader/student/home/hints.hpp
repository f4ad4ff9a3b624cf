#pragma once

#include <string>

#include "lab/lab.hpp"

namespace grader {

/// The hints of a task that were read before and one more, as a text to print; remembers that it was read. Throws
/// std::runtime_error that lists the tasks that have hints.
std::string next_hint(const Lab& lab, const std::string& task);

}  // namespace grader
