#include "class/cohort.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "class/regrade.hpp"
#include "files/scratch_folder.hpp"
#include "made_up_class.hpp"
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
    CHECK(submissions[0].submitted == moment);
    CHECK(submissions[1].submitted == utc_seconds("2026-11-21T10:00:00Z"));
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
}
