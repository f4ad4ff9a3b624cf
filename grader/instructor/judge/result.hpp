#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "judge/shapes.hpp"
#include "lab/lab.hpp"
#include "lab/status.hpp"
#include "testing/expected.hpp"

namespace grader {

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
  std::string submitted_at;  // UTC, in the form of utc_text; empty if unknown
  std::string graded_at;
  std::string lab_version;  // the versions that graded it: lab_version and course_version
  std::string judge_version;
  std::uint64_t seed = 0;
  std::string isolation;             // how the student's code was contained, in the words of containment()
  std::string error;                 // why nothing could be graded, else empty
  std::vector<std::string> ignored;  // other files in the submission
  std::string compiler_output;
  std::vector<TestResult> tests;
  double compile_seconds = 0;
  double test_seconds = 0;

  unsigned points() const;
  unsigned max_points() const;
};

/// The result as JSON and back; from_json throws nlohmann::json::exception for a different structure.
nlohmann::json to_json(const Result& result);
Result result_from_json(const nlohmann::json& json);

}  // namespace grader
