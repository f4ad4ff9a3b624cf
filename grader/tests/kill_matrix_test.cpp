#include "verify/kill_matrix.hpp"

#include <doctest/doctest.h>

namespace {

using Kind = wire::Record::Kind;

safetensors::Array number(double x) { return safetensors::Array::of<double>({}, {&x, 1}); }

/// The records of a run with two tests, with one observation each.
std::vector<wire::Record> run_of(double first, double second) {
  return {{Kind::begin, "9.1 first", {}, {}},  {Kind::observe, "y", number(first), {}},  {Kind::end, "", {}, {}},
          {Kind::begin, "9.2 second", {}, {}}, {Kind::observe, "y", number(second), {}}, {Kind::end, "", {}, {}}};
}

const std::vector<grader::TestInfo> two_tests{{"9.1 first", 50}, {"9.2 second", 50}};

}  // namespace

TEST_CASE("the kill matrix shows which tests each mistake fails, and which test is meant to catch it") {
  wire::Expected expected;
  expected.add_reference(run_of(1, 2));
  expected.add_mistake({"both", "t", "h", "9.1 first"}, run_of(5, 6));
  expected.add_mistake({"last", "t", "h", "9.2 second"}, run_of(1, 7));
  CHECK(grader::kill_matrix(two_tests, expected) ==
        "      99\n"
        "      ..\n"
        "      12\n"
        "both  #x\n"
        "last  .#\n");
}

TEST_CASE("a test that no mistake fails is found") {
  wire::Expected expected;
  expected.add_reference(run_of(1, 2));
  expected.add_mistake({"first", "t", "h", "9.1 first"}, run_of(3, 2));
  CHECK(grader::tests_without_mistake(two_tests, expected) == std::vector<std::string>{"9.2 second"});
  expected.add_mistake({"second", "t", "h", "9.2 second"}, run_of(1, 3));
  CHECK(grader::tests_without_mistake(two_tests, expected).empty());
}
