#include "class/roster.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "class/cohort.hpp"
#include "class/formats/formats.hpp"
#include "class/gradebook/grade.hpp"
#include "class/pages/class_figures.hpp"
#include "class/pages/class_page.hpp"
#include "class/pages/student_page.hpp"
#include "class/results_folder.hpp"
#include "files/scratch_folder.hpp"
#include "made_up_class.hpp"
#include "system/text.hpp"
#include "system/utc.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;

Roster roster_from(const std::string& text) {
  const nn::ScratchFolder scratch;
  std::ofstream(scratch.path() / "class.csv") << text;
  return read_roster(scratch.path() / "class.csv");
}

std::string refusal_of(const std::string& text) {
  try {
    roster_from(text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

/// A class of which kim (in a group with lee) and "stranger" handed in.
struct SmallClass {
  SmallClass() : gradebook(scratch.path() / "grades.db"), folder(scratch.path(), "02_mlp", 7) {
    lab.name = "02_mlp";
    lab.title = "MLP";
    for (const char* student : {"kim", "stranger"}) {
      Result result = made_up_result(student, random);
      for (TestResult& test : result.tests) {
        test.status = Status::passed;
        test.points = test.test.points;
      }
      Submission submission;
      submission.student = student;
      submission.files = {{"mlp.cpp", student}};
      folder.write(submission, result);
      gradebook.enter_attempt(student, "02_mlp", result.sha256, {utc_seconds(result.submitted_at), std::nullopt});
      gradebook.enter(result, ResultsFolder::file_of(result));
    }
  }
  std::map<std::string, Grade> grades(const Policy& policy = {}) {
    std::map<std::string, Grade> by_student;
    for (const Grade& grade : list(policy)) by_student[grade.result.student] = grade;
    return by_student;
  }
  std::vector<Grade> list(const Policy& policy = {}) {
    return grades_of(gradebook, scratch.path(), policy, "02_mlp", roster);
  }

  nn::ScratchFolder scratch;
  Gradebook gradebook;
  ResultsFolder folder;
  Lab lab;
  std::mt19937 random{5};
  Roster roster = roster_from(
      "id,name,folder,email,group\n1,Kim Minsu,kim,kim@x.kr,A\n2,Lee Jiwoo,lee,,A\n3,Park Seoyeon,park,park@x.kr,\n");
};

}  // namespace

TEST_SUITE("roster") {
  TEST_CASE("a roster is read with columns in any order, commas or semicolons, quotes, a byte order mark and CRLF") {
    for (const std::string text : {"name,id,email,folder,group\n\"Kim, Minsu\",1,kim@x.kr,kim,A\n",
                                   "\xEF\xBB\xBF"
                                   "ID;Folder;E-Mail;Group;Name\r\n1;kim;kim@x.kr;A;\"Kim, Minsu\"\r\n\r\n;;;;\r\n"}) {
      CAPTURE(text);
      const Roster roster = roster_from(text);
      REQUIRE(roster.people().size() == 1);
      const Person& kim = roster.people()[0];
      CHECK(kim.student == "kim");
      CHECK(kim.name == "Kim, Minsu");
      CHECK(kim.id == "1");
      CHECK(kim.email == "kim@x.kr");
      CHECK(kim.group == "A");
    }
    CHECK(roster_from("name,id\n\xB1\xE8\xB9\xCE\xBC\xF6,1\n").people()[0].name == "김민수");  // CP949
  }

  TEST_CASE("a folder or id that two students have is refused with both lines, quoted line breaks counted") {
    CHECK(contains(refusal_of("name,id\n\"Kim\nMinsu\",1\n\nLee,2\nPark,1\n"),
                   "lines 2 and 6: two students have the id '1'"));
    CHECK(
        contains(refusal_of("name,id,folder\nKim,1,kim\nLee,2,kim\n"), "lines 2 and 3: two students have the folder"));
  }

  TEST_CASE("what is wrong with a roster is said with its line") {
    CHECK(contains(refusal_of("Kim,1\nLee,2\n"), "line 1: the header row has a column 'Kim'"));
    CHECK(contains(refusal_of("name,email\nKim,kim@x.kr\n"), "line 1: the first row must name the columns"));
    CHECK(contains(refusal_of("name,id,id\nKim,1,1\n"), "line 1: the header row has the column 'id' twice"));
    CHECK(contains(refusal_of("name,id\nKim,1\nLee,2,3\n"), "line 3: this row has 3 cells"));
    CHECK(contains(refusal_of("name,id\nKim,1\nLee,\n"), "line 3: this student has neither an id nor a folder"));
    CHECK(contains(refusal_of("name,id\nKim,1\n\"Lee,2\n"), "line 3: the quotes"));
    CHECK(contains(refusal_of("name,id\n"), "a row per student"));
  }

  TEST_CASE("a submission is found by folder, id, e-mail or full name, and not by a name that two students have") {
    const Roster roster = roster_from(
        "name,id,email,folder\nKim Minsu,1,kim@x.kr,\nLee Jiwoo,2,,lee\nLee Jiwoo,3,,\n김민수,4,minsu@x.kr,\n");
    for (const char* called :
         {"1", "kim@x.kr", "Kim Minsu", "Kim_Minsu", "Kim_Minsu_123456", "kimminsu", "minsukim_12345"}) {
      CAPTURE(called);
      CHECK(roster.student_called(called) == "1");
    }
    CHECK(roster.student_called("김민수") == "4");
    CHECK(roster.student_called("lee") == "lee");
    CHECK(roster.find("Lee_Jiwoo") == nullptr);
    CHECK(roster.find("lee~2") == nullptr);
    CHECK(roster.find("leejiwoo_7") == nullptr);
    CHECK(roster.find("nobody") == nullptr);
  }

  TEST_CASE("who handed in nothing has a grade of 0 points, which is not in the mean") {
    SmallClass small;
    const auto grades = small.grades();
    REQUIRE(grades.size() == 4);
    const Grade& park = grades.at("park");
    CHECK(park.result.error == "nothing handed in");
    CHECK(park.score == 0);
    CHECK(park.attempts == 0);
    CHECK(park.max_points() == 100);
    CHECK(park.person.name == "Park Seoyeon");
    CHECK(figures_of(small.list()).scores.mean == 100);
  }

  TEST_CASE("the policy can count who handed in nothing as 0 in the mean") {
    SmallClass small;
    std::ofstream(small.scratch.path() / "policy.json") << R"({"missing": "zero"})";
    CHECK(figures_of(small.list(load_policy(small.scratch.path() / "policy.json"))).scores.mean == 75);
    std::ofstream(small.scratch.path() / "policy.json") << R"({"missing": "zeros"})";
    CHECK_THROWS_WITH_AS(load_policy(small.scratch.path() / "policy.json"),
                         doctest::Contains("\"left out\" or \"zero\""), std::runtime_error);
  }

  TEST_CASE("a score set by hand for who handed in nothing counts, and is in the mean") {
    SmallClass small;
    small.gradebook.enter_student("park");
    small.gradebook.set_override("park", "02_mlp", {60, "oral exam", "Lee", "2026-11-25T00:00:00Z"});
    CHECK(small.grades().at("park").score == 60);
    CHECK(figures_of(small.list()).scores.mean == 90);
  }

  TEST_CASE("one submission counts for all of a group, and as one in the counts of submissions") {
    SmallClass small;
    const auto grades = small.grades();
    const Grade& lee = grades.at("lee");
    CHECK(lee.score == 100);
    CHECK(lee.handed_in_by == "kim");
    CHECK(grades.at("kim").handed_in_by.empty());
    const ClassFigures figures = figures_of(small.list());
    CHECK(figures.tests.front().runs == 2);
    CHECK(figures.identical.empty());
  }

  TEST_CASE("a member of a group keeps the own days of extension") {
    SmallClass small;
    Policy policy;
    policy.due["02_mlp"] = utc_seconds("2026-11-19T10:00:00Z");
    policy.percent = 10;
    policy.extensions["Lee_Jiwoo"]["02_mlp"] = 2;
    const auto grades = small.grades(policy);
    CHECK(grades.at("kim").score == 90);
    CHECK(grades.at("lee").score == 100);
  }

  TEST_CASE("a submission of nobody in the roster keeps its grade and its name") {
    SmallClass small;
    const auto grades = small.grades();
    CHECK(grades.at("stranger").score == 100);
    CHECK(grades.at("stranger").person.id.empty());
  }

  TEST_CASE("who handed in nothing is in the class page, has a page, and is in every export") {
    SmallClass small;
    const std::vector<Grade> grades = small.list();
    CHECK(contains(class_page(small.lab, grades), "Park Seoyeon"));
    CHECK(contains(class_page(small.lab, grades), "1 student who handed in nothing"));
    const Grade park = small.grades().at("park");
    CHECK(contains(student_page(small.lab, park), "nothing handed in"));
    CHECK_FALSE(contains(student_page(small.lab, park), "sha256"));
    for (const Format& format : formats()) {
      if (format.name == "classroom50" || format.name == "autolab" || !format.one) continue;
      CAPTURE(format.name);
      CHECK(contains(format.one(park), "nothing handed in"));
      CHECK_FALSE(contains(format.one(park), "does not compile"));
    }
    CHECK(contains(formats().front().all(grades), "park,02_mlp,,0,0,100,0,,,,0,nothing handed in,Park Seoyeon,3,"));
  }

  TEST_CASE("without a roster the people of an export are one, with a roster they are added to it") {
    const nn::ScratchFolder scratch;
    keep_exported({{"Kim_Minsu_5", "Kim Minsu", "", "", "", "5", 0}}, scratch.path(), "02_mlp");
    keep_exported(
        {{"Lee_J_2", "Lee J", "2", "", "submission_1", "", 0}, {"Park_3", "Park", "3", "", "submission_1", "", 0}},
        scratch.path(), "02_mlp");
    CHECK_FALSE(has_roster(scratch.path()));
    CHECK(roster_of(scratch.path(), "02_mlp").people().size() == 3);
    CHECK(roster_of(scratch.path(), "02_mlp").find("Kim_Minsu_5")->participant == "5");
    CHECK(roster_of(scratch.path(), "03_optimizers").empty());

    std::ofstream(scratch.path() / "class.csv") << "name,id\nKim Minsu,1\nLee Jiwoo,2\nPark Seoyeon,3\nChoi,4\n";
    keep_roster(scratch.path() / "class.csv", scratch.path());
    const Roster roster = roster_of(scratch.path(), "02_mlp");
    CHECK(roster.people().size() == 4);
    CHECK(roster.student_called("Kim_Minsu_5") == "1");
    CHECK(roster.find("1")->participant == "5");
    CHECK(roster.student_called("Lee_J_2") == "2");
    CHECK(roster.group_of(*roster.find("2")).size() == 2);
  }

  TEST_CASE("times may name students as the roster does") {
    const nn::ScratchFolder scratch;
    fs::create_directories(scratch.path() / "Kim Minsu");
    std::ofstream(scratch.path() / "Kim Minsu" / "mlp.cpp") << "a";
    Lab lab;
    lab.name = "02_mlp";
    lab.files = {"mlp.cpp"};
    const Roster roster = roster_from("name,id\nKim Minsu,1\n");
    const std::string class_folder = scratch.path();
    CHECK(read_cohort({class_folder}, lab, {{"1", 5}}, roster).submissions[0].submitted.best() == 5);
  }
}
