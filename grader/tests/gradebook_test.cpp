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
    gradebook.enter_attempt(result.student, result.lab, result.sha256, {utc_seconds(submitted_at), std::nullopt});
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

  TEST_CASE("a submission that could not be read is not in the mean, unless the policy counts what is missing as 0") {
    Class made_up;
    made_up.enter(made_up_result("kim", made_up.random));
    Result unread = with_points(made_up_result("lee", made_up.random), 0);
    unread.error = "It is a PDF document.";
    made_up.enter(unread);
    REQUIRE(made_up.grades().size() == 2);
    CHECK(made_up.grades()[0].in_mean);
    CHECK_FALSE(made_up.grades()[1].in_mean);
    Policy policy;
    policy.missing = Policy::Missing::zero;
    CHECK(made_up.grades(policy)[1].in_mean);
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

  TEST_CASE("good, worse, good again: the last attempt by time counts, though equal files are judged once") {
    Class made_up;
    const Result good = with_points(made_up_result("kim", made_up.random), 4);
    made_up.enter(good, "2026-11-20T10:00:00Z");
    made_up.enter(with_points(made_up_result("kim", made_up.random), 2), "2026-11-21T10:00:00Z");
    made_up.enter(good, "2026-11-22T10:00:00Z");
    const std::vector<Grade> grades = made_up.grades();
    REQUIRE(grades.size() == 1);
    CHECK(grades[0].score == 80);
    CHECK(grades[0].submitted_at == "2026-11-22T10:00:00Z");
    CHECK(grades[0].attempts == 3);
  }

  TEST_CASE("files that are found again stay the attempt that they were, with the time that they had") {
    Class made_up;
    const Result result = made_up.enter(made_up_result("kim", made_up.random), "2026-11-20T10:00:00Z");
    made_up.enter(result, "2026-11-23T10:00:00Z");  // the folder was copied
    CHECK(made_up.grades()[0].submitted_at == "2026-11-20T10:00:00Z");
    made_up.enter(made_up_result("kim", made_up.random), "2026-11-21T10:00:00Z");
    made_up.enter(result, "2026-11-20T10:00:00Z");  // an older folder was graded again
    CHECK(made_up.grades()[0].submitted_at == "2026-11-21T10:00:00Z");
    CHECK(made_up.grades()[0].attempts == 2);
  }

  TEST_CASE("a time that is told later corrects the attempt without judging again, and is not lost") {
    Class made_up;
    const Result result = made_up.enter(with_points(made_up_result("kim", made_up.random), 4), "2026-11-25T10:00:00Z");
    Policy policy;
    policy.due["02_mlp"] = utc_seconds("2026-11-22T00:00:00Z");
    policy.percent = 10;
    CHECK(made_up.grades(policy)[0].score == 48);
    const SubmissionTime found{utc_seconds("2026-11-25T10:00:00Z"), std::nullopt};
    const SubmissionTime told{found.found, utc_seconds("2026-11-21T10:00:00Z")};
    const auto enter = [&](const SubmissionTime& time) {
      return made_up.gradebook.enter_attempt("kim", "02_mlp", result.sha256, time);
    };
    CHECK(enter(told) == "2026-11-25T10:00:00Z");
    CHECK_FALSE(enter(told));
    CHECK_FALSE(enter(found));
    CHECK(made_up.grades(policy)[0].score == 80);
    CHECK(made_up.grades(policy)[0].submitted_at == "2026-11-21T10:00:00Z");
    CHECK(enter({found.found, found.found}) == "2026-11-21T10:00:00Z");
    CHECK(made_up.grades(policy)[0].score == 48);
    CHECK(made_up.grades(policy)[0].attempts == 1);
  }

  TEST_CASE("results of the lab's version that was asked for last count, also of one that is older") {
    Class made_up;
    const Result by_a = made_up.enter(with_points(made_up_result("kim", made_up.random), 4));
    Result by_b = with_points(by_a, 1);
    by_b.lab_version = "bbbbbbbbbbbb";
    by_b.graded_at = "2026-11-30T00:00:00Z";
    made_up.gradebook.let_count("02_mlp", by_a.lab_version);
    made_up.enter(by_b);
    CHECK(made_up.grades()[0].score == 80);
    made_up.gradebook.let_count("02_mlp", by_b.lab_version);
    CHECK(made_up.grades()[0].score == 20);
    made_up.gradebook.let_count("02_mlp", by_a.lab_version);
    CHECK(made_up.grades()[0].score == 80);
    CHECK(made_up.grades()[0].attempts == 1);
    made_up.gradebook.let_count("02_mlp", "cccccccccccc");  // nobody has a result by it: the newest counts
    CHECK(made_up.grades()[0].score == 20);
  }

  TEST_CASE("lateness is taken off when grades are asked for; the gradebook keeps the points") {
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
    CHECK(made_up.gradebook.attempts("02_mlp").size() == 40);
  }

  TEST_CASE("a gradebook of version 1 keeps its results, times and overrides") {
    const nn::ScratchFolder scratch;
    const fs::path file = scratch.path() / "grades.db";
    {
      SQLite::Database old(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      old.exec(
          "CREATE TABLE students (name TEXT PRIMARY KEY);"
          "CREATE TABLE labs (name TEXT PRIMARY KEY, max_points INTEGER NOT NULL);"
          "CREATE TABLE submissions (id INTEGER PRIMARY KEY, student TEXT NOT NULL REFERENCES students(name),"
          "  lab TEXT NOT NULL REFERENCES labs(name), sha256 TEXT NOT NULL, submitted_at TEXT NOT NULL,"
          "  UNIQUE (student, lab, sha256));"
          "CREATE TABLE results (id INTEGER PRIMARY KEY, submission INTEGER NOT NULL REFERENCES submissions(id),"
          "  seed TEXT NOT NULL, lab_version TEXT NOT NULL, judge_version TEXT NOT NULL, isolation TEXT NOT NULL,"
          "  error TEXT NOT NULL, points INTEGER NOT NULL, compile_seconds REAL NOT NULL, test_seconds REAL NOT NULL,"
          "  graded_at TEXT NOT NULL, file TEXT NOT NULL UNIQUE);"
          "CREATE TABLE tests (result INTEGER NOT NULL REFERENCES results(id), number INTEGER NOT NULL,"
          "  name TEXT NOT NULL, points INTEGER NOT NULL, max_points INTEGER NOT NULL, status TEXT NOT NULL,"
          "  seconds REAL NOT NULL, mistakes TEXT NOT NULL, PRIMARY KEY (result, number)) WITHOUT ROWID;"
          "CREATE TABLE overrides (id INTEGER PRIMARY KEY, student TEXT NOT NULL REFERENCES students(name),"
          "  lab TEXT NOT NULL, score REAL NOT NULL, reason TEXT NOT NULL, author TEXT NOT NULL,"
          "  made_at TEXT NOT NULL, removed INTEGER NOT NULL DEFAULT 0);"
          "CREATE VIEW newest_results AS SELECT submissions.submitted_at, labs.max_points, results.* "
          "  FROM results JOIN submissions ON submissions.id = results.submission"
          "  JOIN labs ON labs.name = submissions.lab;"
          "INSERT INTO students VALUES ('kim'); INSERT INTO labs VALUES ('02_mlp', 100);"
          "INSERT INTO submissions VALUES (7, 'kim', '02_mlp', 'abc', '2026-11-20T10:00:00Z');"
          "INSERT INTO results VALUES (3, 7, '1', 'v', 'j', 'i', '', 60, 1, 1, '2026-11-21T10:00:00Z', 'r.json');"
          "INSERT INTO overrides VALUES (1, 'kim', '02_mlp', 70, 'oral exam', 'Lee', '2026-11-25T00:00:00Z', 0);"
          "PRAGMA user_version = 1");
    }
    for (int opened = 0; opened < 2; ++opened) {
      Gradebook gradebook(file);
      const std::vector<GradedAttempt> attempts = gradebook.attempts("02_mlp");
      REQUIRE(attempts.size() == 1);
      CHECK(attempts[0].student == "kim");
      CHECK(attempts[0].sha256 == "abc");
      CHECK(attempts[0].submitted_at == "2026-11-20T10:00:00Z");
      CHECK(attempts[0].points == 60);
      CHECK(gradebook.overrides("02_mlp").at("kim").score == 70);
    }
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
    CHECK(made_up.folder.all("kim", first.sha256).size() == 2);
    CHECK(made_up.folder.submissions({"mlp.cpp"}).size() == 2);
  }

  TEST_CASE("submissions are kept with their files and their time") {
    Class made_up;
    Submission submission;
    submission.student = "kim";
    submission.files = {{"mlp.cpp", "int main() {}\n"}};
    submission.sha256 = sha256_of(submission.files);
    submission.submitted.found = utc_seconds("2026-11-20T10:00:00Z");
    Result result = made_up_result("kim", made_up.random);
    result.sha256 = submission.sha256;
    made_up.folder.write(submission, result);
    const std::vector<Submission> kept = made_up.folder.submissions({"mlp.cpp"});
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].student == "kim");
    CHECK(kept[0].files == submission.files);
    CHECK(kept[0].sha256 == submission.sha256);
    CHECK(kept[0].submitted.best() == submission.submitted.best());
  }

  TEST_CASE("a folder keeps its seed and refuses another, and a damaged result is named") {
    Class made_up;
    CHECK(ResultsFolder(made_up.scratch.path(), "02_mlp", std::nullopt).seed() == 7);
    CHECK_THROWS(ResultsFolder(made_up.scratch.path(), "02_mlp", 8));
    CHECK(ResultsFolder(made_up.scratch.path(), "03_cnn", 8).seed() == 8);
    const Result result = made_up.enter(made_up_result("kim", made_up.random));
    std::ofstream(made_up.scratch.path() / ResultsFolder::file_of(result)) << "{";
    CHECK_THROWS_WITH_AS(made_up.folder.all("kim", result.sha256), doctest::Contains("damaged"), std::runtime_error);
    CHECK_THROWS_WITH_AS(made_up.grades(), doctest::Contains("damaged"), std::runtime_error);
  }
}
