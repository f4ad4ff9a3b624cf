#pragma once

#include <string>
#include <vector>

#include "release/release.hpp"

namespace grader {

/// Five lines of a withheld file that stand in a released file too.
struct Leak {
  std::string withheld;  // "solutions/02_mlp/mlp.cpp:31"
  std::string released;  // "labs/02_mlp/README.md:70"
};

/// Looks for runs of five lines of withheld files in the released ones; at most one leak per pair of files. Space in a
/// line does not count, nor do marks of a comment, a quotation or a patch in front of it. A line counts if it has a
/// word and is neither an include, an import nor a single word such as `else` or `return y;`, and if no starter has it:
/// what the student is given is no secret. Lines that do not count may stand between the five.
std::vector<Leak> find_leaks(const Release& release);

}  // namespace grader
