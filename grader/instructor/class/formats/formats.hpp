#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"

namespace grader {

// Grades in the forms that other programs read. All are made from the same Grade, so all agree on the score; whatever a
// student's code printed appears as text without control characters, at most a few thousand bytes.

/// A table, one line for each student: RFC 4180, with CRLF at the end of lines. A cell that a spreadsheet would take
/// for a formula begins with an apostrophe.
std::string csv(const std::vector<Grade>& grades);

/// Gradescope's results.json (Gradescope autograder documentation, "Output format"). Where the score is not the sum of
/// the tests, because of lateness or an override, the tests carry no scores of their own but their points in words.
/// Neither the seed nor an expected number is in it; what was printed around the grading is for instructors only.
nlohmann::json gradescope_json(const Grade& grade);

/// The same for a submission that has no result: no points, and a text that says why.
nlohmann::json gradescope_json(const std::string& why_not_graded);

/// JUnit XML as Jenkins' junit-10.xsd has it: a test case for each test, points and score as properties.
std::string junit_xml(const Grade& grade);

/// A CTRF report (ctrf.io, schema of 2025): points in `extra`.
nlohmann::json ctrf_json(const Grade& grade);

/// The result.json of Classroom 50 (classroom50/result/v1), whose scores are whole numbers: points times 100 where the
/// score is not whole. What the host tells in the environment (CLASSROOM, ASSIGNMENT, COMMIT_URL, ...) is taken from
/// there.
nlohmann::json classroom50_json(const Grade& grade);

/// Autolab's feedback: a line for its stages, and as the last line the score of one problem with the lab's name.
std::string autolab_text(const Grade& grade);

/// What a student is told of a test that is not passed, as plain text: messages, named mistakes, where to read.
std::string feedback_text(const TestResult& test, const std::string& lab);

/// What `course grades export --format NAME` writes: one file for all, or one for each student.
struct Format {
  std::string name;
  std::string extension;
  std::function<std::string(const std::vector<Grade>&)> all;  // null if there is a file for each student
  std::function<std::string(const Grade&)> one;
};

/// Every format, in the order of the help page.
const std::vector<Format>& formats();

}  // namespace grader
