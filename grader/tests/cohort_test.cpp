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
    const auto submissions = read_cohort({scratch.path()}, mlp()).submissions;
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
    const auto submissions =
        read_cohort({scratch.path() / "a" / "kim", scratch.path() / "b" / "kim"}, mlp()).submissions;
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
    const auto submissions = read_cohort({scratch.path()}, mlp(), times).submissions;
    REQUIRE(submissions.size() == 2);
    CHECK(submissions[0].submitted.best() == moment);
    CHECK(submissions[1].submitted.best() == utc_seconds("2026-11-21T10:00:00Z"));
  }

  TEST_CASE("files that programs leave in a folder are no students") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "kim" / "mlp.cpp", "a");
    for (const char* name : {"submission_metadata.yml", "Thumbs.db", "desktop.ini", ".DS_Store", "index.html",
                             "grades.csv", "__MACOSX/._kim"}) {
      write(scratch.path() / name, name == std::string("submission_metadata.yml") ? "{}" : "x");
    }
    CHECK(students(read_cohort({scratch.path()}, mlp()).submissions) == std::vector<std::string>{"kim"});
    fs::remove_all(scratch.path() / "kim");
    CHECK_THROWS_WITH_AS(read_cohort({scratch.path()}, mlp()), doctest::Contains("nothing to grade"),
                         std::runtime_error);
  }

  TEST_CASE("a folder with one archive is read as the archive, and its time is that of the archive") {
    const nn::ScratchFolder scratch;
    write_archive(scratch.path() / "kim" / "Lab 2.TAR.GZ", {{"mlp.cpp", "a"}});
    write(scratch.path() / "kim" / "report.pdf", "x");
    const std::int64_t moment = utc_seconds("2026-11-20T10:00:00Z");
    fs::last_write_time(scratch.path() / "kim" / "Lab 2.TAR.GZ", file_time(moment));
    const auto submissions = read_cohort({scratch.path()}, mlp()).submissions;
    REQUIRE(submissions.size() == 1);
    CHECK(submissions[0].student == "kim");
    CHECK(submissions[0].files.at("mlp.cpp") == "a");
    CHECK(submissions[0].submitted.found == moment);
  }

  TEST_CASE("Moodle's folders tell name and participant; of file and online text the file counts") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "Kim Minsu_123456_assignsubmission_file_" / "mlp.cpp", "a");
    write(scratch.path() / "Kim Minsu_123456_assignsubmission_onlinetext_" / "onlinetext.html", "x");
    write_archive(scratch.path() / "김민수_77_assignsubmission_file" / "mlp.tar.gz", {{"mlp.cpp", "b"}});
    const Cohort cohort = read_cohort({scratch.path()}, mlp());
    CHECK(students(cohort.submissions) == std::vector<std::string>{"Kim_Minsu_123456", "김민수_77"});
    CHECK(cohort.submissions[1].files.at("mlp.cpp") == "b");
    REQUIRE(cohort.exported.size() == 2);
    CHECK(cohort.exported[0].name == "Kim Minsu");
    CHECK(cohort.exported[0].participant == "123456");
    CHECK(cohort.exported[1].name == "김민수");
  }

  TEST_CASE("Gradescope's metadata tells names, ids, e-mail addresses, groups and times") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "submission_metadata.yml", R"(---
submission_1:
  :submitters:
  - :name: Kim Minsu
    :sid: '0123'
    :email: minsu@x.kr
  :created_at: 2026-11-20 19:00:00.123456000 +09:00
  :score: 10.0
submission_2:
  :submitters:
  - :name: Lee Jiwoo
    :sid:
    :email: jiwoo@x.kr
  - :name: Park Seoyeon
    :sid: '7'
    :email: park@x.kr
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: &1 2026-11-20 11:00:00.471447000 Z
    zone: !ruby/object:ActiveSupport::TimeZone
      name: Asia/Seoul
    time: 2026-11-20 20:00:00.471447000 Z
)");
    write(scratch.path() / "submission_1" / "mlp.cpp", "a");
    write(scratch.path() / "submission_2" / "mlp.cpp", "b");
    const Cohort cohort = read_cohort({scratch.path()}, mlp());
    CHECK(students(cohort.submissions) == std::vector<std::string>{"Kim_Minsu_0123", "Lee_Jiwoo_jiwoo@x.kr"});
    CHECK(cohort.submissions[0].submitted.told == utc_seconds("2026-11-20T10:00:00Z"));
    CHECK(cohort.submissions[1].submitted.told == utc_seconds("2026-11-20T11:00:00Z"));
    REQUIRE(cohort.exported.size() == 3);
    CHECK(cohort.exported[0].id == "0123");
    CHECK(cohort.exported[0].group.empty());
    CHECK(cohort.exported[1].id.empty());
    CHECK(cohort.exported[2].email == "park@x.kr");
    CHECK(cohort.exported[1].group == cohort.exported[2].group);
  }

  TEST_CASE("metadata that are not Gradescope's are refused with file and submission") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "submission_1" / "mlp.cpp", "a");
    for (const char* text :
         {"submission_1: 5", "submission_1: {':submitters': []}", "submission_1: {':submitters': [5]}",
          "submission_1: {':submitters': [{':name': K}], ':created_at': yesterday}"}) {
      CAPTURE(text);
      write(scratch.path() / "submission_metadata.yml", text);
      CHECK_THROWS_WITH_AS(read_cohort({scratch.path()}, mlp()),
                           doctest::Contains("submission_metadata.yml: submission_1 has"), std::runtime_error);
    }
    write(scratch.path() / "submission_metadata.yml", "a: [");
    CHECK_THROWS_WITH_AS(read_cohort({scratch.path()}, mlp()), doctest::Contains("submission_metadata.yml"),
                         std::runtime_error);
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
