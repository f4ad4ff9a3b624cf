#include "home/progress.hpp"

#include <doctest/doctest.h>
#include <limits>

#include "home/home_run.hpp"
#include "home/next_step.hpp"
#include "scratch_repository.hpp"

namespace fs = std::filesystem;
using namespace grader;

namespace {

constexpr const char* mlp_json = R"({"title": "MLP", "week": 2, "files": ["mlp.cpp"]})";

/// A repository with one lab and the student's file.
Lab lab_with_code(const ScratchRepository& repository, const std::string& code) {
  repository.add_lab("02_mlp", mlp_json);
  repository.write("labs/02_mlp/mlp.cpp", code);
  return find_lab(repository.root(), "02");
}

TestRecord record(const std::string& name, Status status, const std::string& files) {
  return {{name, 10}, status, files};
}

}  // namespace

TEST_SUITE("progress") {
  TEST_CASE("what is written is read again") {
    const ScratchRepository repository;
    CHECK(load_progress(repository.root()).empty());
    update_progress(repository.root(), [](CourseProgress& progress) {
      progress["02_mlp"].tests = {record("2.1 A", Status::passed, "f"), record("2.2 B", Status::timeout, "g")};
      progress["02_mlp"].hints["2.1"] = 2;
    });
    update_progress(repository.root(), [](CourseProgress& progress) { progress["03_cnn"].hints["3.1"] = 1; });

    CourseProgress progress = load_progress(repository.root());
    CHECK(progress.size() == 2);
    const LabProgress& mlp = progress["02_mlp"];
    REQUIRE(mlp.tests.size() == 2);
    CHECK(mlp.tests[1].test.name == "2.2 B");
    CHECK(mlp.tests[1].status == Status::timeout);
    CHECK(mlp.tests[1].files == "g");
    CHECK(mlp.points() == 10);
    CHECK(mlp.possible() == 20);
    CHECK(mlp.hints.at("2.1") == 2);
  }

  TEST_CASE("a damaged file is set aside and forgotten") {
    for (const char* text :
         {"", "{", "[1]", R"({"02_mlp": {}})",
          R"({"02_mlp": {"tests": [{"name": "a", "points": 1, "verdict": "?", "files": ""}], "hints": {}}})"}) {
      const ScratchRepository repository;
      repository.write(".course/progress.json", text);
      CHECK(load_progress(repository.root()).empty());
      CHECK(fs::exists(repository.root() / ".course/progress.json.damaged"));
      CHECK(!fs::exists(repository.root() / ".course/progress.json"));
    }
  }

  TEST_CASE("a fingerprint changes with the content, and only with it") {
    const ScratchRepository repository;
    const Lab lab = lab_with_code(repository, "one");
    const std::string one = fingerprint(lab);
    repository.write("labs/02_mlp/mlp.cpp", "two");
    CHECK(fingerprint(lab) != one);
    repository.write("labs/02_mlp/mlp.cpp", "one");
    CHECK(fingerprint(lab) == one);
    fs::remove(lab.folder() / "mlp.cpp");
    CHECK(fingerprint(lab) != one);
    CHECK(missing_files(lab) == std::vector<std::string>{"mlp.cpp"});
  }

  TEST_CASE("the next step leads from the handout to the demo") {
    const ScratchRepository repository;
    const Lab lab = lab_with_code(repository, "one");
    const std::string now = fingerprint(lab);
    LabProgress progress;
    CHECK(next_step(lab, progress)->command == "./course test 02");

    progress.tests = {record("2.1 A", Status::passed, now), record("2.2 B", Status::todo, now)};
    CHECK(next_step(lab, progress)->command == "./course test 02 2.2");
    CHECK(next_step(lab, progress)->why == "Write task 2.2 in labs/02_mlp/mlp.cpp, then type");

    progress.tests[1].status = Status::passed;
    CHECK(!next_step(lab, progress));
    CHECK(next_step({lab}, {{"02_mlp", progress}}).command == "./course demo 02");

    repository.write("labs/02_mlp/mlp.cpp", "two");
    CHECK(next_step(lab, progress)->command == "./course test 02");
    fs::remove(lab.folder() / "mlp.cpp");
    CHECK(next_step(lab, progress)->command == "./course reset 02");
  }

  TEST_CASE("the task that was tested last comes before what is not done, and so does what fails") {
    const ScratchRepository repository;
    const Lab lab = lab_with_code(repository, "one");
    const std::string now = fingerprint(lab);
    LabProgress progress;
    progress.tests = {record("2.1 A", Status::todo, now), record("2.2 B", Status::failed, now),
                      record("2.3 C", Status::todo, now)};
    CHECK(next_step(lab, progress)->task == "2.2");
    CHECK(next_step(lab, progress)->why == "Correct task 2.2 in labs/02_mlp/mlp.cpp, then type");
    progress.task = "2.3";
    CHECK(next_step(lab, progress)->task == "2.3");
    progress.tests[2].status = Status::passed;
    CHECK(next_step(lab, progress)->task == "2.2");
  }

  TEST_CASE("the lab at hand is the one that was worked on last, and after it comes the next, not an earlier one") {
    const ScratchRepository repository;
    for (const char* name : {"01_tensors", "02_mlp", "03_cnn"}) {
      repository.add_lab(name, mlp_json);
      repository.write(fs::path("labs") / name / "mlp.cpp", "starter");
      repository.write(fs::path("labs") / name / "starter" / "mlp.cpp", "starter");
    }
    const std::vector<Lab> labs = load_labs(repository.root());
    CourseProgress progress;
    CHECK(lab_at_hand(labs, progress).name == "01_tensors");
    repository.write("labs/02_mlp/mlp.cpp", "my code");
    CHECK(lab_at_hand(labs, progress).name == "02_mlp");
    progress["02_mlp"].tests = {record("2.1 A", Status::passed, fingerprint(labs[1]))};
    CHECK(next_step(labs, progress).why == "Read labs/03_cnn/README.md, then type");
    progress["01_tensors"].tested = std::numeric_limits<std::int64_t>::max();
    CHECK(lab_at_hand(labs, progress).name == "01_tensors");
    CHECK_THROWS_AS(lab_at_hand({}, progress), std::runtime_error);
  }

  TEST_CASE("a task whose tests ran on an older file is known as such") {
    LabProgress progress;
    progress.tests = {record("2.1 A", Status::passed, "now"), record("2.1 B", Status::failed, "now"),
                      record("2.2 C", Status::passed, "old"), record("2.3 D", Status::todo, "")};
    const std::vector<TaskProgress> tasks = progress.tasks();
    REQUIRE(tasks.size() == 3);
    CHECK(tasks[0].points == 10);
    CHECK(tasks[0].possible == 20);
    CHECK(tasks[0].failed);
    CHECK(!tasks[0].is_older_than("now"));
    CHECK(tasks[1].done);
    CHECK(tasks[1].is_older_than("now"));
    CHECK(!tasks[2].is_older_than("now"));
  }

  TEST_CASE("a task that is named like a lab stands for the lab's task") {
    std::string lab = "2.3";
    std::string task;
    split_task(lab, task);
    CHECK(lab == "2");
    CHECK(task == "2.3");
  }

  TEST_CASE("running a task keeps the record of the other tests, but not that of tests that are gone") {
    LabProgress progress;
    progress.tests = {record("2.1 A", Status::passed, "old"), record("2.9 Gone", Status::passed, "old")};
    const std::vector<TestInfo> all = {{"2.1 A", 10}, {"2.2 B", 20}, {"2.3 C", 30}};
    remember(progress, all, {{all[1], Status::passed, "", ""}}, "new");
    REQUIRE(progress.tests.size() == 3);
    CHECK(progress.points() == 30);
    CHECK(progress.tests[0].files == "old");
    CHECK(progress.tests[1].files == "new");
    CHECK(progress.tests[2].status == Status::todo);
    CHECK(!progress.is_current("new"));
    CHECK(progress.task == "2.2");
    CHECK(progress.tested > 0);
    remember(progress, all,
             {{all[0], Status::todo, "", ""}, {all[1], Status::todo, "", ""}, {all[2], Status::todo, "", ""}}, "new");
    CHECK(progress.task.empty());
  }
}
