#pragma once

#include <string>
#include <vector>

#include "testing/record.hpp"

namespace grader {

/// The names and shapes of a test's inputs and expected outputs, such as "x (5, 3)". They contain no numbers, so they
/// may always be shown.
struct Shapes {
  std::vector<std::string> given;
  std::vector<std::string> expected;
};

/// The shapes in the reference's records of one test.
Shapes shapes_of(const std::vector<wire::Record>& records);

}  // namespace grader
