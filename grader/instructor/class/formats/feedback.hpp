#pragma once

#include <string>

#include "judge/result.hpp"

namespace grader {

/// What a student is told of a test that is not passed, as plain text: messages, named mistakes, where to read.
std::string feedback_text(const TestResult& test, const std::string& lab);

}  // namespace grader
