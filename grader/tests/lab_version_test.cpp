#include "judge/lab_version.hpp"

#include <cstdlib>
#include <doctest/doctest.h>

#include "lab/lab_limits.hpp"
#include "scratch_repository.hpp"

namespace {

using grader::lab_version;
namespace fs = std::filesystem;

constexpr const char* harness_of_lstm = R"({"compiler": "c++", "flags": ["-Og"], "link_flags": ["-fuse-ld=mold"],
  "includes": ["/usr/include/fmt"], "precompiled_header": "/build/pch.hxx", "test_objects": [], "libraries": [],
  "sources": ["common/tensor/tensor.cpp", "datasets/digits.cpp", "labs/06_lstm/lstm_test.cpp",
              "solutions/05_rnn/rnn.cpp", "solutions/06_lstm/lstm.cpp"]})";

/// A repository with a lab that links an earlier one.
struct Course {
  Course() {
    unsetenv("COURSE_BUILD");
    repository.add_lab("06_lstm", R"({"title": "LSTM", "week": 6, "files": ["lstm.cpp"]})");
    repository.write("build/check/labs/06_lstm/harness.json", harness_of_lstm);
    for (const char* file : {"common/tensor/tensor.cpp",
                             "common/tensor/tensor.hpp",
                             "common/plot/plot.cpp",
                             "datasets/digits.cpp",
                             "datasets/digits.hpp",
                             "labs/05_rnn/rnn.hpp",
                             "labs/05_rnn/rnn_test.cpp",
                             "labs/06_lstm/lstm.hpp",
                             "labs/06_lstm/lstm_test.cpp",
                             "labs/06_lstm/README.md",
                             "labs/06_lstm/demo.cpp",
                             "labs/06_lstm/lstm.cpp",
                             "labs/06_lstm/expected.safetensors",
                             "solutions/05_rnn/rnn.cpp",
                             "solutions/06_lstm/lstm.cpp",
                             "solutions/06_lstm/mistakes/no_gate.patch",
                             "solutions/06_lstm/alternatives/loops/lstm.cpp",
                             "grader/instructor/judge/judge_answer.cpp",
                             "grader/instructor/sandbox/sandbox.cpp",
                             "grader/instructor/class/regrade.cpp"}) {
      repository.write(file, "first");
    }
  }
  std::string version() const { return lab_version(grader::find_lab(repository.root(), "06")); }
  /// Whether another content of a file makes another version.
  bool counts(const fs::path& file, const std::string& content = "second") const {
    const std::string before = version();
    repository.write(file, content);
    return version() != before;
  }

  ScratchRepository repository;
};

}  // namespace

TEST_SUITE("version of a lab") {
  TEST_CASE("it changes with what the reference and a submission are made of, that of earlier labs too") {
    const Course course;
    for (const char* file : {"labs/06_lstm/lstm_test.cpp", "labs/06_lstm/lstm.hpp", "solutions/06_lstm/lstm.cpp",
                             "solutions/05_rnn/rnn.cpp", "labs/05_rnn/rnn.hpp", "common/tensor/tensor.cpp",
                             "common/tensor/tensor.hpp", "datasets/digits.cpp", "datasets/digits.hpp",
                             "grader/instructor/judge/judge_answer.cpp", "grader/instructor/sandbox/sandbox.cpp"}) {
      CAPTURE(file);
      CHECK(course.counts(file));
    }
  }

  TEST_CASE("it changes with the flags of the compiler and with the limits, wherever these are set") {
    const Course course;
    std::string flags = harness_of_lstm;
    flags.replace(flags.find("-Og"), 3, "-O3");
    CHECK(course.counts("build/check/labs/06_lstm/harness.json", flags));
    CHECK(course.counts("labs/06_lstm/lab.json", R"({"title": "LSTM", "week": 6, "files": ["lstm.cpp"],
                                                     "limits": {"test": {"wall_seconds": 5}}})"));
    grader::Lab lab = grader::find_lab(course.repository.root(), "06");
    course.repository.write("limits.json", R"({"test": {"wall_seconds": 6}})");
    grader::load_limits(lab, course.repository.root() / "limits.json");
    CHECK(lab_version(lab) != course.version());
  }

  TEST_CASE("it stays the same with what changes no mark") {
    const Course course;
    for (const char* file :
         {"solutions/06_lstm/mistakes/no_gate.patch", "solutions/06_lstm/mistakes/new.patch",
          "solutions/06_lstm/alternatives/loops/lstm.cpp", "labs/06_lstm/README.md", "labs/06_lstm/demo.cpp",
          "labs/06_lstm/lstm.cpp", "labs/06_lstm/expected.safetensors", "labs/05_rnn/rnn_test.cpp",
          "common/plot/plot.cpp", "grader/instructor/class/regrade.cpp"}) {
      CAPTURE(file);
      CHECK_FALSE(course.counts(file));
    }
    CHECK_FALSE(course.counts("labs/06_lstm/lab.json", R"({"title": "Long memory", "week": 7, "files": ["lstm.cpp"],
                                                           "hints": {"6.1": ["?", "!", "."]}})"));
  }

  TEST_CASE("it does not know where the repository lies") {
    const Course course;
    const ScratchRepository elsewhere;
    fs::copy(course.repository.root(), elsewhere.root(), fs::copy_options::recursive);
    CHECK(lab_version(grader::find_lab(elsewhere.root(), "06")) == course.version());
  }

  TEST_CASE("a lab that has not been built has no version, and the error says what to do") {
    const ScratchRepository repository;
    repository.add_lab("06_lstm", R"({"title": "LSTM", "week": 6, "files": ["lstm.cpp"]})");
    CHECK_THROWS_WITH_AS(lab_version(grader::find_lab(repository.root(), "06")), doctest::Contains("./course check 06"),
                         std::runtime_error);
  }
}
