#pragma once

#include <string>
#include <vector>

#include "home/home_run.hpp"
#include "lab/lab.hpp"

namespace grader {

/// The results of a lab's tests at home.
struct LabRun {
  Lab lab;
  std::string build_error;  // why no test was run, else empty
  std::vector<HomeRun> runs;

  unsigned points() const;
  unsigned possible() const;
  /// Is nothing wrong, except tests that are not done yet?
  bool is_sound() const;
};

/// Builds the student's code of a lab and runs every test of it.
LabRun run_lab(const Lab& lab);

/// A page in Markdown: points by lab and test, and the messages of failing tests, made inert.
std::string push_summary(const std::vector<LabRun>& runs);

}  // namespace grader
