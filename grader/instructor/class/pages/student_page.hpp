#pragma once

#include <string>

#include "class/gradebook/grade.hpp"
#include "lab/lab.hpp"

namespace grader {

/// The page of a student, one self-contained HTML file: the points of every test and, for tests that were not passed,
/// what was given, what is wrong, the named mistake and the section to read. Contains no expected number of a secret
/// seed. Output of the student's code is made inert.
std::string student_page(const Lab& lab, const Grade& grade);

}  // namespace grader
