#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "lab/lab.hpp"
#include "testing/expected.hpp"

namespace grader {

/// How a graded test ended.
enum class Status {
  passed,
  failed,     // a value is wrong, missing, malformed or one too many
  todo,       // it met code that is not implemented
  crashed,    // a signal ended it
  timeout,    // it reached its limit of time
  left,       // the program ended itself before the test was over
  not_built,  // the submission does not compile
};
std::string_view name_of(Status status);

/// The same in words for people: "not right yet".
std::string_view words_of(Status status);

/// The names and shapes of what goes into a test and of what should come out, "x (5, 3)". No numbers, so that they may
/// always be shown.
struct Shapes {
  std::vector<std::string> given;
  std::vector<std::string> expected;
};

/// Of the records that the reference made in one test.
Shapes shapes_of(const std::vector<wire::Record>& records);

/// One test of one submission.
struct TestResult {
  TestInfo test;
  Shapes shapes;
  Status status = Status::not_built;
  unsigned points = 0;                  // test.points if passed, else 0
  std::vector<std::string> messages;    // what went wrong, for the student; no expected number of a secret seed
  std::vector<wire::Mistake> mistakes;  // the named mistakes that give exactly these values
  std::string output;                   // what the student's code printed, at most a few lines
  double seconds = 0;
};

/// One graded submission.
struct Result {
  std::string student;
  std::string lab;
  std::string sha256;        // of the submitted files; of the error if they cannot be read
  std::string submitted_at;  // UTC, as utc_text has it; empty if nobody knows
  std::string graded_at;
  std::string lab_version;  // what judged it: lab_version and course_version
  std::string judge_version;
  std::uint64_t seed = 0;
  std::string isolation;             // what held the student's code, in the words of containment()
  std::string error;                 // why nothing could be graded, else empty
  std::vector<std::string> ignored;  // what the submission held beside the lab's files
  std::string compiler_output;
  std::vector<TestResult> tests;
  double compile_seconds = 0;
  double test_seconds = 0;

  unsigned points() const;
  unsigned most_points() const;
};

/// The result as JSON and back; from_json throws nlohmann::json::exception for another structure.
nlohmann::json to_json(const Result& result);
Result result_from_json(const nlohmann::json& json);

/// A page for the student in Markdown: points per test, what was wrong, the named mistakes, where to read on. Whatever
/// the student's code printed appears inert, inside code blocks.
std::string report(const Result& result);

}  // namespace grader
