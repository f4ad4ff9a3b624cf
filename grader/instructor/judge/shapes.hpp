#pragma once

#include <string>
#include <vector>

#include "testing/record.hpp"

namespace grader {

/// The names and shapes of what goes into a test and of what should come out, "x (5, 3)". No numbers, so that they may
/// always be shown.
struct Shapes {
  std::vector<std::string> given;
  std::vector<std::string> expected;
};

/// Of the records that the reference made in one test.
Shapes shapes_of(const std::vector<wire::Record>& records);

}  // namespace grader
