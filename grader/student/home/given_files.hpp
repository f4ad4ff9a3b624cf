#pragma once

#include <string>
#include <vector>

#include "lab/lab.hpp"

namespace grader {

/// How the given files differ from the course's, with paths from the root.
struct GivenFiles {
  std::vector<std::string> changed;  // given, but not as they were, or gone
  std::vector<std::string> extra;    // sources in the lab's folder that neither the course gave nor students hand in

  bool as_given() const { return changed.empty() && extra.empty(); }
};

/// Compares the lab's folder and common/ with what the course gave, since the judge knows only that: with release.json
/// or, where there is none, with git's last commit. Where neither is there, nothing is said to differ.
GivenFiles compare_given_files(const Lab& lab);

/// What to tell the student of it; "" if all is as given.
std::string note_on_given_files(const Lab& lab);

}  // namespace grader
