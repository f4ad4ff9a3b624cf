#pragma once

#include <string>
#include <vector>

#include "testing/record.hpp"

namespace wire {

/// An observation of a test: what came, and what the reference observes with the same inputs.
struct Observed {
  std::string name;
  Array got;
  Array expected;
  Matcher matcher;
};

/// What relates the wrong numbers of a test to the correct ones, in a sentence for each wrong observation that a
/// hypothesis explains completely: "'dweight': every number is 1/4 (here 1 / 'rows') times the expected one". It is
/// silent where none does. The givens are records of the test's inputs. The sentences may contain numbers of the test:
/// use it only with inputs that the student may know, those of the public seed.
std::vector<std::string> diagnose(const std::vector<Record>& givens, const std::vector<Observed>& observations);

}  // namespace wire
