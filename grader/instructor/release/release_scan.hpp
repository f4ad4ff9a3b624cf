#pragma once

#include <string>
#include <vector>

#include "release/release.hpp"

namespace grader {

/// Five lines of a withheld file that are also in a released file.
struct Leak {
  std::string withheld;  // "solutions/02_mlp/mlp.cpp:31"
  std::string released;  // "labs/02_mlp/README.md:70"
};

/// Looks for runs of five lines of withheld files in the released ones; at most one leak per pair of files. Spaces in a
/// line do not count, and neither do the marks of a comment, a quotation or a patch in front of it. A line counts if it
/// contains a word, is not an include, an import or a single word such as `else` or `return y;`, and is not in a
/// starter, because starters are public. Lines that do not count may be between the five.
std::vector<Leak> find_leaks(const Release& release);

}  // namespace grader
