#pragma once

#include <string>

#include "class/gradebook/grade.hpp"
#include "lab/lab.hpp"

namespace grader {

/// The page of a student, one self-contained HTML file: points of every test and, of those not passed, what was given,
/// what came and where it went wrong, the named mistake and the section to read. Holds no expected number of a secret
/// seed. Whatever the student's code printed is inert.
std::string student_page(const Lab& lab, const Grade& grade);

}  // namespace grader
