#pragma once

#include <string>

#include "judge/result.hpp"

namespace grader {

/// The feedback for a test that was not passed, as plain text: messages, named mistakes, where to read.
std::string feedback_text(const TestResult& test, const Result& result);

}  // namespace grader
