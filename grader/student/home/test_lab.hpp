#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "home/home_run.hpp"

namespace grader {

/// A lab's tests, built with the student's code as it is now.
struct BuiltTests {
  Lab lab;
  std::string files;  // fingerprint of the student's files
  std::filesystem::path program;
  std::vector<TestInfo> all;
  std::vector<TestInfo> chosen;  // those to run
};

/// Builds the tests and chooses those of a task, or all if it is "". Throws BuildError; std::runtime_error that lists
/// the tasks if there is no such one.
BuiltTests build_tests_of(const Lab& lab, const std::string& task);

/// Tests that were run, and what was known of the lab before and after.
struct TestRound {
  std::vector<HomeRun> runs;
  LabProgress before;
  LabProgress after;

  bool passed() const;
};

/// Runs the chosen tests and remembers how they ended. Calls `show` with each in order.
TestRound run_and_remember(const BuiltTests& tests, std::chrono::milliseconds limit,
                           const std::function<void(const HomeRun&)>& show = {});

/// Does every test pass, by the record or, where the files have changed since, by running them now? Throws BuildError.
bool all_tests_pass(const Lab& lab);

/// Prints the compiler's warnings on the student's files, if there are some.
void print_warnings(const Lab& lab);

/// Prints "58 of 100 points (+8 since last time)" after a bar.
void print_total(const TestRound& round);

/// Prints which given files are not as the course gave them, if there are some.
void print_note(const Lab& lab);

}  // namespace grader
