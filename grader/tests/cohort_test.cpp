#include "class/cohort.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "class/grading.hpp"
#include "class/regrade.hpp"
#include "files/scratch_folder.hpp"
#include "judge/lab_version.hpp"
#include "made_up_class.hpp"
#include "scratch_repository.hpp"
#include "submission/archive.hpp"
#include "system/utc.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;

Lab mlp() {
  Lab lab;
  lab.name = "02_mlp";
  lab.files = {"mlp.cpp"};
  return lab;
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

std::vector<std::string> students(const std::vector<Submission>& submissions) {
  std::vector<std::string> names;
  for (const Submission& submission : submissions) names.push_back(submission.student);
  return names;
}

}  // namespace

TEST_SUITE("cohort") {
  TEST_CASE("a folder of submissions is a class: folders and archives, one student each, hidden entries passed over") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "kim" / "mlp.cpp", "a");
    write(scratch.path() / "lee" / "lab" / "mlp.cpp", "b");
    write(scratch.path() / "park.zip", "no archive");
    write(scratch.path() / ".DS_Store", "x");
    write_archive(scratch.path() / "02_mlp-choi.tar.gz", {{"mlp.cpp", "c"}, {"manifest.json", "{}"}});
    const auto submissions = read_cohort({scratch.path()}, mlp());
    CHECK(students(submissions) == std::vector<std::string>{"choi", "kim", "lee", "park"});
    CHECK(submissions[0].files.at("mlp.cpp") == "c");
    CHECK(submissions[0].ignored.empty());
    CHECK(submissions[2].files.at("mlp.cpp") == "b");
    CHECK(submissions[3].error != "");
    CHECK(submissions[3].sha256.size() == 64);
  }

  TEST_CASE("paths on the command line are students of their own, and equal names get numbers") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "a" / "kim" / "mlp.cpp", "a");
    write(scratch.path() / "b" / "kim" / "mlp.cpp", "b");
    const auto submissions = read_cohort({scratch.path() / "a" / "kim", scratch.path() / "b" / "kim"}, mlp());
    CHECK(students(submissions) == std::vector<std::string>{"kim", "kim~2"});
  }

  TEST_CASE("the time of a submission is that of its newest file, unless it is given") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "kim" / "mlp.cpp", "a");
    write(scratch.path() / "lee" / "mlp.cpp", "b");
    const std::int64_t moment = utc_seconds("2026-11-20T10:00:00Z");
    fs::last_write_time(scratch.path() / "kim" / "mlp.cpp", file_time(moment));
    write(scratch.path() / "times.csv", "student,time\r\nlee,2026-11-21T19:00:00+09:00\r\n");
    fs::rename(scratch.path() / "times.csv", scratch.path() / ".times.csv");
    const SubmissionTimes times = read_times(scratch.path() / ".times.csv");
    const auto submissions = read_cohort({scratch.path()}, mlp(), times);
    REQUIRE(submissions.size() == 2);
    CHECK(submissions[0].submitted.best() == moment);
    CHECK(submissions[1].submitted.best() == utc_seconds("2026-11-21T10:00:00Z"));
  }

  TEST_CASE("errors are explained: no such path, an empty class, times without a submission, malformed lines") {
    const nn::ScratchFolder scratch;
    CHECK_THROWS_WITH_AS(read_cohort({scratch.path() / "none"}, mlp()), doctest::Contains("does not exist"),
                         std::runtime_error);
    CHECK_THROWS_WITH_AS(read_cohort({scratch.path()}, mlp()), doctest::Contains("nothing to grade"),
                         std::runtime_error);
    write(scratch.path() / "kim" / "mlp.cpp", "a");
    CHECK_THROWS_WITH_AS(read_cohort({scratch.path()}, mlp(), {{"lee", 1}}), doctest::Contains("'lee'"),
                         std::runtime_error);
    write(scratch.path() / "times", "kim 2026");
    CHECK_THROWS_WITH_AS(read_times(scratch.path() / "times"), doctest::Contains("line 1"), std::runtime_error);
  }
}

TEST_SUITE("regrade") {
  TEST_CASE("a change lists the tests that are new, are gone or have other points, and nothing else") {
    std::mt19937 random(9);
    Result before = made_up_result("kim", random);
    CHECK(change_between(before, before).reasons.empty());
    Result after = before;
    before.tests[0].status = Status::passed;
    before.tests[0].points = 20;
    after.tests[0].status = Status::failed;
    after.tests[0].points = 0;
    after.tests[0].messages = {"dx: 3 of 4 numbers differ"};
    after.tests[4].test.name = "2.4 G";
    const Change change = change_between(before, after);
    CHECK(change.before - change.after == 20);
    REQUIRE(change.reasons.size() == 3);
    CHECK(change.reasons[0] == "2.1 A: 20 -> 0 points, passed -> not right yet: dx: 3 of 4 numbers differ");
    CHECK(change.reasons[1].starts_with("2.4 G: new"));
    CHECK(change.reasons[2].starts_with("2.3 F: this test no longer exists"));
  }

  TEST_CASE("a regrade by a wrong version of the lab is taken back by returning to the one before") {
    const ScratchRepository repository;
    repository.add_lab("02_mlp", R"({"title": "MLP", "week": 2, "files": ["mlp.cpp"]})");
    repository.write("solutions/02_mlp/mlp.cpp", "right");
    repository.write("build/check/labs/02_mlp/harness.json",
                     R"({"compiler": "c++", "flags": [], "link_flags": [], "includes": [], "precompiled_header": "",
                         "test_objects": [], "libraries": [], "sources": ["solutions/02_mlp/mlp.cpp"]})");
    const Lab lab = find_lab(repository.root(), "02");
    const ResultsFolder folder(repository.root() / "results", "02_mlp", 7);
    Gradebook gradebook(repository.root() / "results" / "grades.db");
    Submission submission;
    submission.student = "kim";
    submission.files = {{"mlp.cpp", "int main() {}"}};
    submission.sha256 = sha256_of(submission.files);

    // Results by both versions, the wrong one newer
    std::mt19937 random(9);
    Result result = made_up_result("kim", random);
    result.sha256 = submission.sha256;
    result.lab_version = lab_version(lab);
    result.tests[0].points = 20;
    Result wrong = result;
    wrong.lab_version = "bbbbbbbbbbbb";
    wrong.graded_at = "2026-11-30T00:00:00Z";
    wrong.tests[0].points = 0;
    for (const Result& one : {result, wrong}) {
      folder.write(submission, one);
      gradebook.enter(one, ResultsFolder::file_of(one));
    }
    gradebook.let_count("02_mlp", wrong.lab_version);

    const auto changes = regrade(lab, {submission}, folder, gradebook, Isolation::sandbox, 1);
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].after - changes[0].before == 20);
    accept_regraded(lab, {submission}, folder);
    finish_grading(repository.root() / "results", lab, {submission}, folder);
    const std::vector<Grade> grades = grades_of(gradebook, repository.root() / "results", {}, "02_mlp");
    REQUIRE(grades.size() == 1);
    CHECK(grades[0].result.lab_version == result.lab_version);
    CHECK(grades[0].score == result.points());
    CHECK(regrade(lab, {submission}, folder, gradebook, Isolation::sandbox, 1).empty());
  }
}
