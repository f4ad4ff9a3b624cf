#include <doctest/doctest.h>

#include "command_line.hpp"
#include "home/ctest_report.hpp"
#include "lab/suggest.hpp"
#include "scratch_repository.hpp"
#include "system/sha256.hpp"
#include "system/terminal.hpp"

using namespace grader;

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

  TEST_CASE("long lines break at spaces, and hang under the line or under the last column of a table") {
    CHECK(wrapped("short", 10) == "short");
    CHECK(wrapped("one two three\n", 8) == "one two\nthree\n");
    CHECK(wrapped("  one two three", 10) == "  one two\n  three");
    CHECK(wrapped("a   one two three four five six", 20) == "a   one two three\n    four five six");
    CHECK(wrapped("see labs/02_mlp/mlp.cpp:31 there", 10) == "see\nlabs/02_mlp/mlp.cpp:31\nthere");
    CHECK(wrapped("", 10).empty());
  }

  TEST_CASE("colours and bytes of one letter take no columns") {
    CHECK(display_width("\033[31m✗\033[0m ab") == 4);
    CHECK(display_width("한글") == 4);
  }

  TEST_CASE("a text is shortened to its first and last lines, with what was dropped before") {
    CHECK(shortened("a\nb\nc\nd\n", "", 0, 2, 2) == "a\nb\nc\nd\n");
    CHECK(shortened("a\nb\nc\nd\ne\n", "", 0, 1, 2) == "a\n... 2 lines left out ...\nd\ne\n");
    CHECK(shortened("a\nb\n", "y\nz\n", 7, 5, 1) == "a\nb\n... 8 lines left out ...\nz\n");
    CHECK(shortened("", "", 0, 1, 1).empty());
    CHECK(shortened(std::string(1000, 'x'), "", 0, 1, 1).size() < 600);
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
          add_argument(add_command(app, "Group", "test", "help", [] { return 6; }), "lab", lab, "help");
          add_rest(add_command(app, "Group", "demo", "help", [] { return 5; }), rest);
          add_command(app, "Group", "fails", "help", []() -> int { throw std::runtime_error("on purpose"); });
        },
        [] { return 4; });
  }

  TEST_CASE("the status of the command is that of the program") {
    std::vector<std::string> rest;
    std::string lab;
    CHECK(run_line({}, rest, lab) == 4);
    CHECK(run_line({"test", "02"}, rest, lab) == 6);
    CHECK(lab == "02");
    CHECK(run_line({"fails"}, rest, lab) == 1);
    CHECK(run_line({"tset"}, rest, lab) == 2);
    CHECK(run_line({"test"}, rest, lab) == 2);
    CHECK(run_line({"help"}, rest, lab) == 0);
    CHECK(run_line({"help", "test"}, rest, lab) == 0);
    CHECK(run_line({"help", "demo"}, rest, lab) == 0);
  }

  TEST_CASE("what a command does not know goes to its program, in order") {
    std::vector<std::string> rest;
    std::string lab;
    CHECK(run_line({"demo", "02", "--epochs", "3", "fast"}, rest, lab) == 5);
    CHECK(rest == std::vector<std::string>{"02", "--epochs", "3", "fast"});
    CHECK(run_line({"demo", "02", "--help"}, rest, lab) == 5);
    CHECK(rest == std::vector<std::string>{"02", "--help"});
    CHECK(run_line({"demo", "--help"}, rest, lab) == 0);
    CHECK(run_line({"demo", "test"}, rest, lab) == 5);
    CHECK(rest == std::vector<std::string>{"test"});
    CHECK(run_line({"test", "demo"}, rest, lab) == 6);
    CHECK(lab == "demo");
  }
}
