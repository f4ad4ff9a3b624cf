#include <doctest/doctest.h>

#include "verify/lab_frame.hpp"

namespace {

using grader::Problems;
using grader::TestInfo;

grader::Lab lab_with_hints(const std::map<std::string, std::vector<std::string>>& hints) {
  grader::Lab lab;
  lab.name = "02_mlp";
  lab.hints = hints;
  return lab;
}

const grader::Lab sound_lab = lab_with_hints({{"2.1", {"a", "b", "c"}}});
const TestInfo first_test{"2.1 A::b", 60, "02_mlp"};
const TestInfo second_test{"2.1 A::c", 40, "02_mlp"};
const std::vector<wire::Mistake> one_mistake{{"id", "Title", "Hint", "2.1 A::b"}};

/// The problems if this test replaces the second one.
Problems problems_with(const TestInfo& test, const grader::Lab& lab = sound_lab) {
  return problems_of_frame(lab, {first_test, test}, one_mistake);
}

}  // namespace

TEST_SUITE("frame") {
  TEST_CASE("a lab as it should be has no problem") { CHECK(problems_with(second_test).empty()); }

  TEST_CASE("points add up to 100, and every test has some") {
    CHECK(problems_with({"2.1 A::c", 30, "02_mlp"}) == Problems{"the tests are worth 90 points, not 100"});
    CHECK(problems_with({"2.1 A::c", 0, "02_mlp"}) ==
          Problems{"the test '2.1 A::c' has no points: give it points, TEST_CASE(\"...\" * points(5))",
                   "the tests are worth 60 points, not 100"});
  }

  TEST_CASE("a test's name is unique, can be asked for with --test, and begins with a task of the lab") {
    CHECK(problems_with({"2.1 A::b", 40, "02_mlp"}) ==
          Problems{"two tests are called '2.1 A::b': give each its own name"});
    CHECK(problems_with({"2.1 A::b, twice", 40, "02_mlp"}) ==
          Problems{"the test name '2.1 A::b, twice' holds one of * ? , \\ which --test does not take as they are: "
                   "leave it out"});
    CHECK(problems_with({"2.1 A*", 40, "02_mlp"}).size() == 1);
    for (const char* name : {"A::b", "2.1", "2.1 ", "2. A", "2.x A", "3.1 A", "12.1 A", "02.1 A"}) {
      CAPTURE(name);
      CHECK(problems_with({name, 40, "02_mlp"}).front() ==
            "the test name '" + std::string(name) + "' must begin with its task, such as '2.1 what it tests'");
    }
  }

  TEST_CASE("the suite is called as the lab") {
    CHECK(problems_with({"2.1 A::c", 40, "03_cnn"}) ==
          Problems{"the test '2.1 A::c' is in TEST_SUITE(\"03_cnn\"), not in \"02_mlp\""});
  }

  TEST_CASE("every task has three hints, and only tasks have some") {
    const std::string file = "labs/02_mlp/lab.json";
    CHECK(problems_with(second_test, lab_with_hints({{"2.1", {"a", "b"}}})) ==
          Problems{file + ": task 2.1 has 2 hints, not 3: a question, a pointer, the steps"});
    CHECK(problems_with(second_test, lab_with_hints({{"2.2", {"a", "b", "c"}}})) ==
          Problems{file + ": task 2.1 has 0 hints, not 3: a question, a pointer, the steps",
                   file + " has hints for 2.2, but no test has that task"});
  }

  TEST_CASE("every task has a known mistake") {
    CHECK(problems_of_frame(sound_lab, {first_test, second_test}, {}) ==
          Problems{"task 2.1 has no known mistake: add a .patch to solutions/02_mlp/mistakes"});
  }
}
