#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace grader {

/// A line of what is known of this machine.
struct Finding {
  std::string what;       // "ninja"
  std::string state;      // "1.11.1"
  std::string remedy;     // what to do; "" if all is well
  bool is_needed = true;  // can the course do without?
};

/// What the course runs on: the system, tools and libraries with their versions, what speeds builds up, the sandbox,
/// fonts, disk space, data sets. Nothing in it names the user or the machine, so that it can be pasted into a question.
std::vector<Finding> examine(const std::filesystem::path& root);

/// Which of the packages that the list (a file, one on each line, # for comments) names are not installed. Nothing
/// where there is no dpkg.
std::vector<std::string> missing_packages(const std::filesystem::path& list);

/// The first number with a dot in it that a program says of itself: "13.2.0". "" if there is none.
std::string version_in(const std::string& text);

}  // namespace grader
