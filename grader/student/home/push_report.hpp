#pragma once

#include <string>
#include <vector>

#include "home/home_run.hpp"
#include "lab/lab.hpp"

namespace grader {

/// How the tests of a lab went at home.
struct LabRun {
  Lab lab;
  std::string build_error;  // why nothing was run, else empty
  std::vector<HomeRun> runs;

  unsigned points() const;
  unsigned possible() const;
  /// Does nothing stand in the way but what is not done yet?
  bool is_sound() const;
};

/// Builds the student's code of a lab and runs every test of it.
LabRun run_lab(const Lab& lab);

/// A page in Markdown: points by lab and test, and what failing tests said, made inert.
std::string push_summary(const std::vector<LabRun>& runs);

}  // namespace grader
