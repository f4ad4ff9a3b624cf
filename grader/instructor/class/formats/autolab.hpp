#pragma once

#include <string>

#include "class/gradebook/grade.hpp"

namespace grader {

/// Autolab's feedback: a line for its stages, and as the last line the score of one problem with the lab's name.
std::string autolab_text(const Grade& grade);

}  // namespace grader
