#pragma once

#include <string>

#include "judge/result.hpp"

namespace grader {

/// A page for the student in Markdown: points per test, what was wrong, the named mistakes, what to read. Output of the
/// student's code is made inert, inside code blocks.
std::string report(const Result& result);

}  // namespace grader
