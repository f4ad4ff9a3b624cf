#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"
#include "lab/lab.hpp"

namespace grader {

/// The page of a class, for the instructor: one self-contained HTML file with the distribution of scores, how many fail
/// each test, the most common named mistakes, and tests that are slow or flaky (their status differs between equal
/// files).
std::string class_page(const Lab& lab, const std::vector<Grade>& grades);

/// The page of a student, one self-contained HTML file: points of every test and, of those not passed, what was given,
/// what came and where it went wrong, the named mistake and the section to read. Holds no expected number of a secret
/// seed. Whatever the student's code printed is inert.
std::string student_page(const Lab& lab, const Grade& grade);

/// Writes results/LAB/class.html, and results/LAB/reports/NAME.html for each grade.
void write_pages(const std::filesystem::path& results, const Lab& lab, const std::vector<Grade>& grades);

}  // namespace grader
