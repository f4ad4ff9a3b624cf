#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

#include "command_line.hpp"
#include "home/build.hpp"
#include "home/build_progress.hpp"
#include "home/ctest_report.hpp"
#include "home/home_run.hpp"
#include "home/progress.hpp"
#include "home/run_tests.hpp"
#include "lab/suggest.hpp"
#include "scratch_repository.hpp"
#include "system/sha256.hpp"
#include "system/terminal.hpp"

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
  }
}

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
}

TEST_SUITE("build") {
  TEST_CASE("the last step that ninja reported is how far a build is, with the part that it belongs to") {
    const BuildStep step = last_step(
        "[1/9] Building CXX object grader/CMakeFiles/home.dir/Unity/unity_0_cxx.cxx.o\n"
        "[2/9] Building CXX object common/CMakeFiles/common.dir/tensor/random.cpp.o\n");
    CHECK(step.done == 2);
    CHECK(step.all == 9);
    CHECK(step.part == "common");
    CHECK(last_step("[3/9] Linking CXX executable grader/course\n").part == "");
    CHECK(last_step("ninja: Entering directory `build/check'\n").all == 0);
    CHECK(last_step("").all == 0);
  }

  TEST_CASE("of many errors the first is shown, with the line it points at and a path from the root") {
    const std::string report =
        "[1/3] Building CXX object mlp.cpp.o\nFAILED: mlp.cpp.o\n/usr/bin/c++ -c /home/kim/my "
        "course/labs/02_mlp/mlp.cpp\n"
        "/home/kim/my course/labs/02_mlp/mlp.cpp: In function 'int nn::f()':\n"
        "/home/kim/my course/labs/02_mlp/mlp.cpp:7:10: error: 'weigth' was not declared in this scope\n"
        "    7 |   return weigth;\n      |          ^~~~~~\n"
        "/home/kim/my course/labs/02_mlp/mlp.cpp:9:1: error: expected ';'\n    9 | }\n"
        "ninja: build stopped: subcommand failed.\n";
    CHECK(first_error(report, "/home/kim/my course") ==
          "labs/02_mlp/mlp.cpp:7:10: error: 'weigth' was not declared in this scope\n"
          "    7 |   return weigth;\n      |          ^~~~~~\n"
          "\n1 more error may have the same cause: correct this one first.\n");
  }

  TEST_CASE("an error inside a library's template is shown with the line of ours that causes it") {
    const std::string text = first_error(
        "In file included from /usr/include/x.hpp:3:\n"
        "/r/labs/02_mlp/mlp.cpp:12:5:   required from here\n"
        "/usr/include/x.hpp:99:1: error: no match for 'operator+'\n",
        "/r");
    CHECK(text.find("labs/02_mlp/mlp.cpp:12:5:   required from here\n/usr/include/x.hpp:99:1: error") == 0);
  }

  TEST_CASE("functions that the linker misses are named once each") {
    const std::string text = first_error(
        "[2/2] Linking\n/usr/bin/ld: test.o: in function `main':\nt.cpp:3: undefined reference to "
        "`nn::Linear::forward(int)'\n"
        "t.cpp:4: undefined reference to `nn::Linear::forward(int)'\ncollect2: error: ld returned 1 exit status\n",
        "/r");
    CHECK(text ==
          "Declared, but not defined in any file (compare the .cpp with the header):\n  nn::Linear::forward(int)\n");
    CHECK(first_error("mold: error: undefined symbol: nn::Linear::forward(int)\n>>> referenced by mlp_test.cpp\n"
                      "collect2: error: ld returned 1 exit status\n",
                      "/r") == text);
  }

  TEST_CASE("functions that are there twice are named, whatever the linker's words") {
    const std::string text = "Defined more than once:\n  nn::sigmoid(double)\n";
    CHECK(first_error("/usr/bin/ld: b.o: in function `nn::sigmoid(double)':\nb.cpp:3: multiple definition of "
                      "`nn::sigmoid(double)'; a.o:a.cpp:5: first defined here\n",
                      "/r") == text);
    CHECK(first_error("mold: error: duplicate symbol: lib.a(a.o): /tmp/b.o: nn::sigmoid(double)\n", "/r") == text);
  }

  TEST_CASE("where no error is recognised, the end of the report is shown") {
    CHECK(first_error("something\nelse\n", "/r") == "something\nelse\n");
    CHECK(first_error("", "/r") == "\n");
  }
}

TEST_SUITE("check") {
  TEST_CASE(
      "tests that did not start count as failed, tests that skipped themselves as skipped, what tests print as "
      "nothing") {
    const ScratchRepository repository;
    repository.write("junit.xml",
                     "<testsuite name=\"(empty)\">\n"
                     "\t<testcase name=\"a\" classname=\"a\" time=\"1\" "
                     "status=\"run\">\n\t\t<system-out>&lt;testcase status=\"fail\"&gt;</system-out>\n\t</testcase>\n"
                     "\t<testcase name=\"b\" classname=\"b\" time=\"1\" status=\"fail\">\n\t\t<failure "
                     "message=\"\"/>\n\t</testcase>\n"
                     "\t<testcase name=\"c\" classname=\"c\" time=\"1\" status=\"notrun\">\n\t\t<skipped "
                     "message=\"SKIP_RETURN_CODE=77\"/>\n\t</testcase>\n"
                     "\t<testcase name=\"d\" classname=\"d\" time=\"1\" status=\"notrun\">\n\t\t<skipped "
                     "message=\"Unable to find executable\"/>\n\t</testcase>\n"
                     "\t<testcase name=\"e\" classname=\"e\" time=\"1\" status=\"disabled\">\n\t</testcase>\n"
                     "</testsuite>\n");
    const TestCounts counts = count_tests(repository.root() / "junit.xml");
    CHECK(summary_line(counts) == "1 passed, 2 failed, 2 skipped");
    CHECK(summary_line(count_tests(repository.root() / "none.xml")) == "0 passed, 0 failed");
  }
}

TEST_SUITE("words") {
  TEST_CASE("a near miss is recognised, a far one is not") {
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("test", "tset") == 1);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(closest("tset", {"demo", "test"}) == "test");
    CHECK(closest("sumbit", {"submit", "reset"}) == "submit");
    CHECK(!closest("grade", {"demo", "test"}));
    CHECK(!closest("", {"demo"}));
  }

  TEST_CASE("a bar is full only at the end, and empty only at the start") {
    CHECK(bar(0, 100, 4) == "░░░░");
    CHECK(bar(1, 100, 4) == "█░░░");
    CHECK(bar(99, 100, 4) == "███░");
    CHECK(bar(100, 100, 4) == "████");
    CHECK(bar(0, 0, 2) == "░░");
  }

  TEST_CASE("indented text ends with what was left out") {
    CHECK(indented("a\nb", 2) == "  a\n  b\n");
    CHECK(indented("a\nb\nc\n", 1, 1) == " a\n ... and 2 more lines\n");
    CHECK(indented("", 2).empty());
  }

  TEST_CASE("SHA-256 of the examples of FIPS 180-4") {
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }
}

TEST_SUITE("command line") {
  int run_line(const std::vector<const char*>& words, std::vector<std::string>& rest, std::string& lab) {
    std::vector<const char*> line = {"course"};
    line.insert(line.end(), words.begin(), words.end());
    return run_command_line(
        static_cast<int>(line.size()), line.data(),
        [&](CLI::App& app) {
          CLI::App& command = add_command(app, "Group", "demo", "help", [] { return 5; });
          add_argument(command, "lab", lab, "help");
          add_rest(command, rest);
          add_command(app, "Group", "fails", "help", []() -> int { throw std::runtime_error("on purpose"); });
        },
        [] { return 4; });
  }

  TEST_CASE("the status of the command is that of the program") {
    std::vector<std::string> rest;
    std::string lab;
    CHECK(run_line({}, rest, lab) == 4);
    CHECK(run_line({"demo", "02"}, rest, lab) == 5);
    CHECK(lab == "02");
    CHECK(run_line({"fails"}, rest, lab) == 1);
    CHECK(run_line({"dmeo"}, rest, lab) == 2);
    CHECK(run_line({"demo"}, rest, lab) == 2);
    CHECK(run_line({"help"}, rest, lab) == 0);
    CHECK(run_line({"help", "demo"}, rest, lab) == 0);
  }

  TEST_CASE("what a command does not know goes to its program, in order") {
    std::vector<std::string> rest;
    std::string lab;
    CHECK(run_line({"demo", "02", "--epochs", "3", "fast"}, rest, lab) == 5);
    CHECK(rest == std::vector<std::string>{"--epochs", "3", "fast"});
  }
}
