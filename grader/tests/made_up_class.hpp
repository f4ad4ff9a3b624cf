#pragma once

#include <random>
#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"
#include "judge/result.hpp"

/// A result of a made-up lab of five tests, every one of which passed or failed at random.
inline grader::Result made_up_result(const std::string& student, std::mt19937& random) {
  using grader::Status;
  grader::Result result;
  result.student = student;
  result.lab = "02_mlp";
  result.sha256 = std::to_string(100'000'000'000 + random()) + std::string(52, '0');
  result.submitted_at = "2026-11-20T10:00:00Z";
  result.graded_at = "2026-11-21T08:30:00Z";
  result.lab_version = "abcdef012345";
  result.judge_version = "v1";
  result.seed = 18'000'000'000'000'000'000U;
  result.isolation = "bubblewrap";
  result.compile_seconds = 5.25;
  const std::vector<std::string> names = {"2.1 A", "2.1 B <&>", "2.2 C", "2.3 D::e", "2.3 F"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    grader::TestResult& test = result.tests.emplace_back();
    test.test = {names[i], static_cast<unsigned>(20)};
    test.status = static_cast<Status>(random() % (grader::status_count - 1));
    test.points = test.status == Status::passed ? test.test.points : 0;
    test.seconds = static_cast<double>(random() % 3000) / 1000;
    if (test.status != Status::passed) {
      test.messages = {"dx: 1 of 1 numbers differ"};
      test.mistakes = {{"doubled", "Twice too large.", "Where does the 2 come from?", names[i]}};
    }
    result.test_seconds += test.seconds;
  }
  return result;
}
