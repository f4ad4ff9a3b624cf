#include "class/cohort.hpp"

#include <doctest/doctest.h>

#include "class/grading.hpp"
#include "class/regrade.hpp"
#include "class_folder.hpp"
#include "files/scratch_folder.hpp"
#include "judge/lab_version.hpp"
#include "made_up_class.hpp"
#include "scratch_repository.hpp"
#include "submission/archive.hpp"
#include "system/utc.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;

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

  TEST_CASE("paths on the command line are students of their own, and equal names are refused") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "a" / "kim" / "mlp.cpp", "a");
    write(scratch.path() / "b" / "lee" / "mlp.cpp", "b");
    const std::string kim = scratch.path() / "a" / "kim";
    const std::string lee = scratch.path() / "b" / "lee";
    CHECK(students(read_cohort({kim, lee + "/"}, mlp()).submissions) == std::vector<std::string>{"kim", "lee"});
    CHECK_THROWS_WITH_AS(read_cohort({kim, kim + "/"}, mlp()), doctest::Contains("would both be the student kim"),
                         std::runtime_error);
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

  TEST_CASE("Canvas's loose files are put together by student, in the newest try, and who is late is told") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "kimminsu_12345_67890_mlp.cpp", "old");
    write(scratch.path() / "kimminsu_12345_67891_mlp-1.cpp", "new");
    write(scratch.path() / "kimminsu_12345_67891_report.pdf", "x");
    write(scratch.path() / "leejiwoo_LATE_22222_67892_mlp-2.cpp", "lee");
    write_archive(scratch.path() / "park_33333_67893_02_mlp-park-1.tar.gz", {{"mlp.cpp", "park"}});
    const std::int64_t moment = utc_seconds("2026-11-20T10:00:00Z");
    fs::last_write_time(scratch.path() / "kimminsu_12345_67890_mlp.cpp", file_time(moment));
    fs::last_write_time(scratch.path() / "kimminsu_12345_67891_mlp-1.cpp", file_time(moment + 600));
    const Cohort cohort = read_cohort({scratch.path()}, mlp());
    CHECK(students(cohort.submissions) == std::vector<std::string>{"kimminsu_12345", "leejiwoo_22222", "park_33333"});
    REQUIRE(cohort.submissions.size() == 3);
    CHECK(cohort.submissions[0].files.at("mlp.cpp") == "new");
    CHECK(cohort.submissions[0].submitted.found == moment + 600);
    CHECK(cohort.submissions[0].ignored == std::vector<std::string>{"report.pdf"});
    CHECK(cohort.submissions[1].files.at("mlp.cpp") == "lee");
    CHECK(cohort.submissions[2].files.at("mlp.cpp") == "park");
    CHECK(cohort.exported.size() == 3);
    REQUIRE(cohort.warnings.size() == 1);
    CHECK(cohort.warnings[0].starts_with("Canvas calls these late: leejiwoo_22222."));
  }

  TEST_CASE("of a whole course the lab's folder counts, in a folder or an archive, beside solutions and a PDF") {
    const nn::ScratchFolder scratch;
    for (const char* path : {"labs/02_mlp/starter/mlp.cpp", "solutions/02_mlp/mlp.cpp", "labs/03_optimizers/mlp.cpp"}) {
      write(scratch.path() / "class" / "kim" / "course-main" / path, "other");
    }
    write(scratch.path() / "class" / "kim" / "course-main" / "labs/02_mlp/mlp.cpp", "kim's");
    write_archive(scratch.path() / "class" / "lee" / "course.zip",
                  {{"course-main/labs/02_mlp/mlp.cpp", "lee's"}, {"course-main/solutions/02_mlp/mlp.cpp", "other"}});
    write(scratch.path() / "class" / "lee" / "report.pdf", "%PDF-1.7");
    const auto submissions = read_cohort({scratch.path() / "class"}, mlp()).submissions;
    REQUIRE(submissions.size() == 2);
    CHECK(submissions[0].files.at("mlp.cpp") == "kim's");
    CHECK(submissions[1].files.at("mlp.cpp") == "lee's");
  }

  TEST_CASE("a class that nobody can read is refused before grading, with reasons and how to arrange it") {
    const nn::ScratchFolder scratch;
    write_archive(scratch.path() / "class.tar.gz", {{"kim/mlp.cpp", "a"}, {"lee/mlp.cpp", "b"}});
    write(scratch.path() / "loose" / "kim.cpp", "a");
    write(scratch.path() / "loose" / "lee.cpp", "b");
    for (const std::string path : {"class.tar.gz", "loose"}) {
      const auto submissions = read_cohort({scratch.path() / path}, mlp()).submissions;
      CHECK_THROWS_WITH_AS(refuse_unreadable(submissions, mlp()), doctest::Contains("submissions/kim/mlp.cpp"),
                           std::runtime_error);
    }
    write(scratch.path() / "loose" / "park" / "mlp.cpp", "c");
    CHECK_NOTHROW(refuse_unreadable(read_cohort({scratch.path() / "loose"}, mlp()).submissions, mlp()));
  }

  TEST_CASE("no link is followed: neither an entry of the class nor what is below it") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "solutions" / "02_mlp" / "mlp.cpp", "solution");
    write_archive(scratch.path() / "lee.zip", {{"mlp.cpp", "lee's"}});
    const fs::path all = scratch.path() / "class";
    fs::create_directories(all / "labs");
    fs::create_directories(all / "inside");
    fs::create_directory_symlink("../solutions/02_mlp", all / "folder");
    fs::create_symlink("../lee.zip", all / "archive.zip");
    fs::create_directory_symlink("../../solutions", all / "labs" / "labs");
    fs::create_symlink("../../lee.zip", all / "inside" / "mine.zip");
    const auto submissions = read_cohort({all}, mlp()).submissions;
    REQUIRE(submissions.size() == 4);
    for (const Submission& submission : submissions) {
      CAPTURE(submission.student);
      CHECK(submission.files.empty());
      CHECK(submission.error != "");
    }
    CHECK(submissions[1].error == "It is a link, and links are not followed");
    CHECK(read_submission((all / "folder").string() + "/", mlp().wanted()).error ==
          "It is a link, and links are not followed");
  }

  TEST_CASE("times are read as Excel and Gradescope write them, and may be for people who handed in nothing") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "times.csv",
          "\xEF\xBB\xBFstudent;time\r\n\"Kim Minsu\";2026-11-20 19:00:00.25 +0900\r\n"
          "lee ; 2026-11-20T10:00:00Z\r\n");
    const SubmissionTimes times = read_times(scratch.path() / "times.csv");
    const std::int64_t moment = utc_seconds("2026-11-20T10:00:00Z");
    CHECK(times == SubmissionTimes{{"Kim Minsu", moment}, {"lee", moment}});
    write(scratch.path() / "plain.csv", "\"Kim, Minsu\",2026-11-20T10:00:00Z\n");
    CHECK(read_times(scratch.path() / "plain.csv") == SubmissionTimes{{"Kim, Minsu", moment}});

    write(scratch.path() / "class" / "kim" / "mlp.cpp", "a");
    const Roster roster({person("kim", "Kim Minsu", "1"), person("lee", "Lee Jiwoo", "2")});
    const Cohort cohort = read_cohort({scratch.path() / "class"}, mlp(), times, roster);
    CHECK(cohort.submissions[0].submitted.told == moment);
    REQUIRE(cohort.warnings.size() == 1);
    CHECK(cohort.warnings[0] == "there are times for students who handed in nothing: lee.");
  }

  TEST_CASE("times that all lie within a minute are warned of, unless they are told") {
    const nn::ScratchFolder scratch;
    const std::int64_t moment = utc_seconds("2026-11-20T10:00:00Z");
    for (const char* student : {"kim", "lee"}) write(scratch.path() / student / "mlp.cpp", "a");
    fs::last_write_time(scratch.path() / "kim" / "mlp.cpp", file_time(moment));
    fs::last_write_time(scratch.path() / "lee" / "mlp.cpp", file_time(moment + 60));
    const std::vector<std::string> warnings = read_cohort({scratch.path()}, mlp()).warnings;
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].starts_with("all submissions have the time 2026-11-20T10:00:00Z, to a minute"));
    CHECK(read_cohort({scratch.path()}, mlp(), {{"kim", moment}}).warnings.empty());
    fs::last_write_time(scratch.path() / "lee" / "mlp.cpp", file_time(moment + 61));
    CHECK(read_cohort({scratch.path()}, mlp()).warnings.empty());
    fs::remove_all(scratch.path() / "lee");
    CHECK(read_cohort({scratch.path()}, mlp()).warnings.empty());
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
