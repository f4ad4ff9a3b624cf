#include "home/home_run.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <thread>

#include "home/given_files.hpp"
#include "home/run_tests.hpp"
#include "home/test_report.hpp"
#include "scratch_repository.hpp"
#include "system/process.hpp"
#include "system/sha256.hpp"

namespace fs = std::filesystem;
using namespace grader;

TEST_SUITE("tests at home") {
  TEST_CASE("how a test ends is its status") {
    const ScratchRepository repository;
    const auto status_of_program = [&](const char* body, std::chrono::milliseconds limit = std::chrono::minutes(1)) {
      return run_test(repository.add_script("program", body), {"2.1 A", 10}, limit).status;
    };
    CHECK(status_of_program("exit 0") == Status::passed);
    CHECK(status_of_program("exit 1") == Status::failed);
    CHECK(status_of_program("exit 2") == Status::todo);
    CHECK(status_of_program("exit 7") == Status::left);
    CHECK(status_of_program("kill -SEGV $$") == Status::crashed);
    CHECK(status_of_program("sleep 100", std::chrono::milliseconds(100)) == Status::timeout);
  }

  TEST_CASE("many tests run at the same time, and are shown in their order") {
    const ScratchRepository repository;
    const auto program = repository.add_script("program", "case \"$2\" in 2.1*) sleep 0.2;; 2.3*) exit 1;; esac");
    const std::vector<TestInfo> tests = {{"2.1 A", 10}, {"2.2 B", 10}, {"2.3 C", 10}};
    std::vector<std::string> shown;
    const std::vector<HomeRun> runs =
        run_tests(program, tests, std::chrono::minutes(1), [&](const HomeRun& run) { shown.push_back(run.test.name); });
    CHECK(shown == std::vector<std::string>{"2.1 A", "2.2 B", "2.3 C"});
    REQUIRE(runs.size() == 3);
    CHECK(runs[0].status == Status::passed);
    CHECK(runs[2].status == Status::failed);
    CHECK_THROWS(run_tests(repository.root() / "no such program", tests, std::chrono::minutes(1)));
  }

  TEST_CASE("the program is asked for one test, and its words are kept") {
    const ScratchRepository repository;
    const HomeRun run = run_test(repository.add_script("program", "echo \"$1|$2|$#\"; exit 1"),
                                 {"2.1 Perceptron::predict, twice", 10}, std::chrono::minutes(1));
    CHECK(run.output == "--test|2.1 Perceptron::predict, twice|2\n");
  }

  TEST_CASE("after one test that does not end, others of its task get a tenth of the time, and say so") {
    const ScratchRepository repository;
    const auto program = repository.add_script("program", "case \"$2\" in 2.1*) sleep 100;; 2.2*) sleep 1.5;; esac");
    std::vector<TestInfo> tests;
    for (int i = 0; i < 40; ++i) {
      tests.push_back({fmt::format("2.1 {}", i), 1});
    }
    tests.push_back({"2.2 A", 1});
    // As many as there are cores begin before the first has met its limit
    tests.erase(tests.begin() + static_cast<std::ptrdiff_t>(std::thread::hardware_concurrency()) + 1, tests.end() - 1);
    const std::vector<HomeRun> runs = run_tests(program, tests, std::chrono::seconds(2));
    CHECK(runs[0].why == "time limit of 2 s reached: is there an endless loop?");
    CHECK(runs[runs.size() - 2].why.starts_with("time limit of 1 s reached, a short one, since '2.1 "));
    CHECK(runs.back().status == Status::passed);
  }

  TEST_CASE("a flood of output is kept by its first and last lines, and says how many are left out") {
    const ScratchRepository repository;
    const HomeRun run =
        run_test(repository.add_script("program", "seq 1 300000; exit 1"), {"2.1 A", 10}, std::chrono::minutes(1));
    CHECK(run.status == Status::failed);
    CHECK(run.output.starts_with("1\n2\n3\n"));
    CHECK(run.output.ends_with("\n299999\n300000\n"));
    CHECK(run.output.find("\n15\n... 299940 lines left out ...\n299956\n") != std::string::npos);
  }

  TEST_CASE("where code is missing is taken from what the test says") {
    CHECK(place_of_gap("not done yet: f() (labs/02_mlp/mlp.cpp:31)\n(more:1)") == "labs/02_mlp/mlp.cpp:31");
    CHECK(place_of_gap("not done yet: f()\n") == "");
  }
}

TEST_SUITE("given files") {
  constexpr const char* mlp_json = R"({"title": "MLP", "week": 2, "files": ["mlp.cpp"]})";

  Lab given_lab(const ScratchRepository& repository) {
    repository.add_lab("02_mlp", mlp_json);
    for (const char* file : {"mlp.cpp", "mlp.hpp", "mlp_test.cpp", "README.md"}) {
      repository.write(fs::path("labs/02_mlp") / file, file);
    }
    return find_lab(repository.root(), "02");
  }

  void change_given_files(const ScratchRepository& repository) {
    repository.write("labs/02_mlp/mlp.cpp", "the student's");
    repository.write("labs/02_mlp/mlp.hpp", "changed");
    repository.write("labs/02_mlp/README.md", "changed");
    repository.write("labs/02_mlp/helper.hpp", "extra");
    repository.write("labs/02_mlp/mlp.cpp.backup-1", "kept");
  }

  void check_that_changes_are_noticed(const Lab& lab) {
    const GivenFiles files = compare_given_files(lab);
    CHECK(files.changed == std::vector<std::string>{"labs/02_mlp/mlp.hpp"});
    CHECK(files.extra == std::vector<std::string>{"labs/02_mlp/helper.hpp"});
    CHECK(note_on_given_files(lab).find("labs/02_mlp/helper.hpp") != std::string::npos);
  }

  TEST_CASE("in a release, a changed header and an extra source are named; other files are the student's matter") {
    const ScratchRepository repository;
    const Lab lab = given_lab(repository);
    repository.write("release.json", fmt::format(R"({{"version": "1", "yours": ["labs/02_mlp/mlp.cpp"], "files": {{
                       "labs/02_mlp/mlp.hpp": "{}", "labs/02_mlp/mlp_test.cpp": "{}", "labs/02_mlp/README.md": "{}"}}}})",
                                                 sha256("mlp.hpp"), sha256("mlp_test.cpp"), sha256("README.md")));
    CHECK(compare_given_files(lab).as_given());
    CHECK(note_on_given_files(lab).empty());
    change_given_files(repository);
    check_that_changes_are_noticed(lab);
  }

  TEST_CASE("in a clone, they are named by git; where there is neither, nothing is said") {
    const ScratchRepository repository;
    const Lab lab = given_lab(repository);
    const auto git = [&](std::vector<std::string> arguments) {
      arguments.insert(arguments.begin(), {"git", "-c", "user.name=K", "-c", "user.email=k@example.org"});
      Command command;
      command.arguments = arguments;
      command.folder = repository.root();
      REQUIRE(run(command).succeeded());
    };
    git({"init", "--quiet"});
    git({"add", "."});
    git({"commit", "--quiet", "--message", "Begin"});
    CHECK(compare_given_files(lab).as_given());
    change_given_files(repository);
    check_that_changes_are_noticed(lab);
    fs::remove_all(repository.root() / ".git");
    CHECK(compare_given_files(lab).as_given());
  }
}
