#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "submission/submission.hpp"
#include "system/limits.hpp"

namespace grader {

/// A lab as its lab.json describes it.
struct Lab {
  std::string name;   // "02_mlp": folder, CMake target and test suite
  std::string title;  // "Perceptrons, backpropagation and the MLP"
  int week = 0;
  std::vector<std::string> files;                         // the files that the student edits, relative to the folder
  std::map<std::string, std::vector<std::string>> hints;  // by task ("2.3"): a question, a pointer, the steps in words
  Limits compile_limits = grader::compile_limits();       // of a submission's sandbox; "limits" in lab.json
  Limits test_limits = grader::test_limits();
  std::filesystem::path root;  // of the repository

  std::string number() const { return name.substr(0, 2); }
  std::filesystem::path folder() const { return root / "labs" / name; }
  std::filesystem::path starter() const { return folder() / "starter"; }
  std::filesystem::path solution() const { return root / "solutions" / name; }
  std::filesystem::path mistakes() const { return solution() / "mistakes"; }

  /// What is looked for in a submission.
  Wanted wanted() const { return {files, "labs/" + name}; }

  /// The recorded observations of the reference and the known mistakes for the public seed.
  std::filesystem::path expected_file() const { return folder() / "expected.safetensors"; }

  /// Where a program of the lab is built: program("mine", "tests") is build/check/labs/02_mlp/mine/tests. Its CMake
  /// target is named 02_mlp.mine.tests. The environment variable COURSE_BUILD can name a folder other than build/check.
  std::filesystem::path program(const std::string& variant, const std::string& name) const;
  std::string target(const std::string& variant, const std::string& program) const;

  /// The patched sources of a known mistake, once it has been built.
  std::filesystem::path mistake_source(const std::string& id) const;
};

/// All labs of the repository, in order. Throws std::runtime_error that names the file and the key if a lab.json is
/// wrong.
std::vector<Lab> load_labs(const std::filesystem::path& root);

/// The lab called "02_mlp", "02", "2" or "mlp". Throws std::runtime_error that lists the labs if there is none.
Lab find_lab(const std::filesystem::path& root, const std::string& called);

/// A graded test, from the list of a test program.
struct TestInfo {
  std::string name;  // "2.3 Linear::backward"
  unsigned points = 0;
  std::string suite = {};  // "02_mlp", as the lab
  std::string task() const { return name.substr(0, name.find(' ')); }
};

/// Asks a test program for its tests, in order. Throws std::runtime_error if it does not answer, for example if the
/// student's code ends the program before main.
std::vector<TestInfo> list_tests(const std::filesystem::path& program);

}  // namespace grader
