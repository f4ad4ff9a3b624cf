#pragma once

#include <functional>
#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"

namespace grader {

// Grades in the formats of other programs. All are made from the same Grade, so they agree on the score. The output of
// a student's code appears as text without control characters, at most a few thousand bytes.

/// What `course grades export --format NAME` writes: one file for all, or one for each student.
struct Format {
  std::string name;
  std::string extension;
  std::function<std::string(const std::vector<Grade>&)> all;  // null if there is a file for each student
  std::function<std::string(const Grade&)> one;
  std::function<bool(const Person&)> knows;  // whether the program can find this student; null if it asks for nobody
};

/// Every format, in the order of the help page.
const std::vector<Format>& formats();

/// The grades of the students whom the program of this format can find. Throws std::runtime_error that says what to do
/// if it can find nobody.
std::vector<Grade> known_grades(const Format& format, const std::vector<Grade>& grades);

}  // namespace grader
