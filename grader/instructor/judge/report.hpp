#pragma once

#include <string>

#include "judge/result.hpp"

namespace grader {

/// A page for the student in Markdown: points per test, what was wrong, the named mistakes, where to read on. Whatever
/// the student's code printed appears inert, inside code blocks.
std::string report(const Result& result);

}  // namespace grader
