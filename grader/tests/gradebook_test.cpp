#include "class/gradebook/gradebook.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "class/gradebook/grade.hpp"
#include "class/results_folder.hpp"
#include "files/scratch_folder.hpp"
#include "made_up_class.hpp"
#include "system/utc.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;

/// A folder of results with its gradebook.
struct Class {
  Class() : gradebook(scratch.path() / "grades.db"), folder(scratch.path(), "02_mlp", 7) {}

  Result enter(Result result, const std::string& submitted_at = "2026-11-20T10:00:00Z") {
    result.submitted_at = submitted_at;
    Submission submission;
    submission.student = result.student;
    submission.files = {{"mlp.cpp", result.sha256}};
    folder.write(submission, result);
    gradebook.enter(result, ResultsFolder::file_of(result));
    return result;
  }
  std::vector<Grade> grades(const Policy& policy = {}) {
    return grades_of(gradebook, scratch.path(), policy, "02_mlp");
  }

  nn::ScratchFolder scratch;
  Gradebook gradebook;
  ResultsFolder folder;
  std::mt19937 random{5};
};

Result with_points(Result result, unsigned tests_passed) {
  for (std::size_t i = 0; i < result.tests.size(); ++i) {
    result.tests[i].status = i < tests_passed ? Status::passed : Status::failed;
    result.tests[i].points = i < tests_passed ? result.tests[i].test.points : 0;
  }
  return result;
}

}  // namespace

TEST_SUITE("gradebook") {
  TEST_CASE("a result that was added is found again, and adding it twice changes nothing") {
    Class made_up;
    std::map<std::string, unsigned> points;
    for (int i = 0; i < 20; ++i) {
      const Result result = made_up.enter(made_up_result("s" + std::to_string(i), made_up.random));
      points[result.student] = result.points();
      made_up.gradebook.enter(result, ResultsFolder::file_of(result));
    }
    const std::vector<Grade> grades = made_up.grades();
    REQUIRE(grades.size() == 20);
    for (const Grade& grade : grades) {
      CHECK(grade.score == points.at(grade.result.student));
      CHECK(grade.attempts == 1);
      CHECK(grade.result.seed == 18'000'000'000'000'000'000U);
    }
    CHECK(made_up.gradebook.students().size() == 20);
  }

  TEST_CASE("the last attempt counts, or the best one if the policy says so") {
    Class made_up;
    made_up.enter(with_points(made_up_result("kim", made_up.random), 4), "2026-11-20T10:00:00Z");
    made_up.enter(with_points(made_up_result("kim", made_up.random), 2), "2026-11-22T10:00:00Z");
    made_up.enter(with_points(made_up_result("kim", made_up.random), 3), "2026-11-21T10:00:00Z");
    REQUIRE(made_up.grades().size() == 1);
    CHECK(made_up.grades()[0].score == 40);
    CHECK(made_up.grades()[0].attempts == 3);
    Policy best;
    best.counts = Policy::Counts::best;
    CHECK(made_up.grades(best)[0].score == 80);
  }

  TEST_CASE("the penalty for lateness is applied when grades are read; the gradebook keeps the points") {
    Class made_up;
    made_up.enter(with_points(made_up_result("kim", made_up.random), 4), "2026-11-20T10:00:01Z");
    Policy policy;
    policy.due["02_mlp"] = utc_seconds("2026-11-20T10:00:00Z");
    policy.percent = 10;
    const std::vector<Grade> grades = made_up.grades(policy);
    CHECK(grades[0].seconds_late == 1);
    CHECK(grades[0].penalty_percent == 10);
    CHECK(grades[0].score == 72);
    CHECK(grades[0].result.points() == 80);
    CHECK(made_up.grades()[0].score == 80);
  }

  TEST_CASE("an override replaces the score, survives a regrade, and can be removed") {
    Class made_up;
    const Result result = made_up.enter(with_points(made_up_result("kim", made_up.random), 4));
    made_up.gradebook.set_override("kim", "02_mlp", {55.5, "oral exam", "Lee", "2026-11-25T00:00:00Z"});
    made_up.gradebook.set_override("kim", "02_mlp", {66.5, "second look", "Lee", "2026-11-26T00:00:00Z"});
    CHECK(made_up.grades()[0].score == 66.5);
    Result again = with_points(result, 1);
    again.lab_version = "012345abcdef";
    again.graded_at = "2026-11-30T00:00:00Z";
    made_up.enter(again);
    CHECK(made_up.grades()[0].score == 66.5);
    CHECK(made_up.grades()[0].override->reason == "second look");
    CHECK(made_up.gradebook.remove_override("kim", "02_mlp"));
    CHECK_FALSE(made_up.gradebook.remove_override("kim", "02_mlp"));
    CHECK(made_up.grades()[0].score == 20);
  }

  TEST_CASE("an override without a student, a number, a reason or an author is refused") {
    Class made_up;
    made_up.enter(made_up_result("kim", made_up.random));
    CHECK_THROWS(made_up.gradebook.set_override("lee", "02_mlp", {5, "r", "a", ""}));
    CHECK_THROWS(made_up.gradebook.set_override("kim", "02_mlp", {-5, "r", "a", ""}));
    CHECK_THROWS(made_up.gradebook.set_override("kim", "02_mlp", {std::nan(""), "r", "a", ""}));
    CHECK_THROWS(made_up.gradebook.set_override("kim", "02_mlp", {5, "", "a", ""}));
    CHECK_THROWS(made_up.gradebook.set_override("kim", "02_mlp", {5, "r", "", ""}));
    CHECK(made_up.gradebook.overrides("02_mlp").empty());
  }

  TEST_CASE("several programs may enter results at once") {
    Class made_up;
    std::vector<Result> results;
    for (int i = 0; i < 40; ++i) results.push_back(made_up_result("s" + std::to_string(i), made_up.random));
    {
      std::vector<std::jthread> programs;
      for (std::size_t k = 0; k < 4; ++k) {
        programs.emplace_back([&, k] {
          Gradebook own(made_up.scratch.path() / "grades.db");
          for (std::size_t i = k; i < results.size(); i += 4) own.enter(results[i], ResultsFolder::file_of(results[i]));
        });
      }
    }
    CHECK(made_up.gradebook.submissions("02_mlp").size() == 40);
  }

  TEST_CASE("a file that is not a gradebook, or has another version, is refused and not changed") {
    const nn::ScratchFolder scratch;
    std::ofstream(scratch.path() / "grades.db") << std::string(5000, 'x');
    CHECK_THROWS_WITH_AS(Gradebook(scratch.path() / "grades.db"), doctest::Contains("cannot be opened"),
                         std::runtime_error);
    CHECK(fs::file_size(scratch.path() / "grades.db") == 5000);
    {
      SQLite::Database newer((scratch.path() / "newer.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      newer.exec("PRAGMA user_version = 99");
    }
    CHECK_THROWS_WITH_AS(Gradebook(scratch.path() / "newer.db"), doctest::Contains("version 99"), std::runtime_error);
  }
}

TEST_SUITE("results folder") {
  TEST_CASE("a new submission and a new version of the lab leave older results as they are") {
    Class made_up;
    const Result first = made_up.enter(made_up_result("kim", made_up.random));
    Result newer = first;
    newer.lab_version = "012345abcdef";
    newer.graded_at = "2026-11-30T00:00:00Z";
    made_up.enter(newer);
    made_up.enter(made_up_result("kim", made_up.random));
    CHECK(made_up.folder.find("kim", first.sha256, first.lab_version)->graded_at == first.graded_at);
    CHECK(made_up.folder.find("kim", first.sha256)->lab_version == newer.lab_version);
    CHECK(made_up.folder.submissions({"mlp.cpp"}).size() == 2);
  }

  TEST_CASE("submissions are kept with their files and their time") {
    Class made_up;
    Submission submission;
    submission.student = "kim";
    submission.files = {{"mlp.cpp", "int main() {}\n"}};
    submission.sha256 = sha256_of(submission.files);
    submission.submitted = utc_seconds("2026-11-20T10:00:00Z");
    Result result = made_up_result("kim", made_up.random);
    result.sha256 = submission.sha256;
    made_up.folder.write(submission, result);
    const std::vector<Submission> kept = made_up.folder.submissions({"mlp.cpp"});
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].student == "kim");
    CHECK(kept[0].files == submission.files);
    CHECK(kept[0].sha256 == submission.sha256);
    CHECK(kept[0].submitted == submission.submitted);
  }

  TEST_CASE("a folder keeps its seed and refuses another, and a damaged result is named") {
    Class made_up;
    CHECK(ResultsFolder(made_up.scratch.path(), "02_mlp", std::nullopt).seed() == 7);
    CHECK_THROWS(ResultsFolder(made_up.scratch.path(), "02_mlp", 8));
    CHECK(ResultsFolder(made_up.scratch.path(), "03_cnn", 8).seed() == 8);
    const Result result = made_up.enter(made_up_result("kim", made_up.random));
    std::ofstream(made_up.scratch.path() / ResultsFolder::file_of(result)) << "{";
    CHECK_THROWS_WITH_AS(made_up.folder.find("kim", result.sha256), doctest::Contains("damaged"), std::runtime_error);
    CHECK_THROWS_WITH_AS(made_up.grades(), doctest::Contains("damaged"), std::runtime_error);
  }
}
