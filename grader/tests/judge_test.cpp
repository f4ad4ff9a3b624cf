#include <csignal>
#include <doctest/doctest.h>

#include "judge/judge_answer.hpp"

namespace {

using grader::Outcome;
using grader::Status;
using grader::TestResult;
using wire::Array;
using wire::Record;

Array numbers(std::vector<double> values) { return Array::of<double>({values.size()}, values); }

Record begin() { return {Record::Kind::begin, "1.1 t", {}, {}}; }
Record end() { return {Record::Kind::end, "", {}, {}}; }
Record observe(const std::string& name, const Array& value) {
  return {Record::Kind::observe, name, value, {wire::Matcher::Kind::close, 1e-9, 0, 0, {}}};
}

/// A test that observes y = 1 and dx = 2; a known mistake makes dx 4.
wire::Expected reference() {
  wire::Expected expected;
  expected.add_reference({begin(), observe("y", numbers({1})), observe("dx", numbers({2})), end()});
  expected.add_mistake({"doubled", "Twice too large.", "Where does the 2 come from?", "1.1 t"},
                       {begin(), observe("y", numbers({1})), observe("dx", numbers({4})), end()});
  return expected;
}

Outcome exited(int status) {
  Outcome outcome;
  outcome.exit_status = status;
  return outcome;
}

Outcome killed(int signal, bool timed_out) {
  Outcome outcome;
  outcome.signal = signal;
  outcome.timed_out = timed_out;
  return outcome;
}

/// The outcome of a program that wrote these records.
Outcome after(const std::vector<Record>& records, Outcome outcome = exited(0)) {
  for (const Record& record : records) {
    const auto bytes = wire::serialize(record);
    outcome.answer.insert(outcome.answer.end(), bytes.begin(), bytes.end());
  }
  return outcome;
}

/// The result of a program that wrote these records and then ended like this.
TestResult judged(const std::vector<Record>& records, Outcome outcome = exited(0)) {
  TestResult result;
  result.test = {"1.1 t", 8};
  grader::judge_answer(reference(), after(records, std::move(outcome)), result);
  return result;
}

/// The mistakes that explain what a program wrote.
std::vector<wire::Mistake> named(const std::vector<Record>& records) {
  return reference().name_mistakes("1.1 t", grader::wrong_values(reference(), "1.1 t", after(records)));
}

bool earns_nothing(const TestResult& result, Status status) {
  return result.points == 0 && result.status == status && !result.messages.empty();
}

const Record good_y = observe("y", numbers({1}));
const Record good_dx = observe("dx", numbers({2}));

}  // namespace

TEST_SUITE("judge") {
  TEST_CASE("correct numbers earn the points, whatever the exit status") {
    CHECK(judged({begin(), good_y, good_dx, end()}).points == 8);
    CHECK(judged({begin(), good_y, good_dx, end()}, exited(1)).points == 8);
    CHECK(judged({begin(), good_y, good_dx, end()}).status == Status::passed);
  }

  TEST_CASE("a wrong number earns nothing, and a known mistake is named") {
    const std::vector<Record> doubled{begin(), good_y, observe("dx", numbers({4})), end()};
    CHECK(earns_nothing(judged(doubled), Status::failed));
    REQUIRE(named(doubled).size() == 1);
    CHECK(named(doubled)[0].id == "doubled");
    CHECK(named({begin(), good_y, observe("dx", numbers({5})), end()}).empty());
  }

  TEST_CASE("no message of the judge contains an expected number") {
    const TestResult result = judged({begin(), good_y, observe("dx", numbers({31})), end()});
    REQUIRE(result.messages.size() == 1);
    CHECK(result.messages[0] == "dx: 1 of 1 numbers differ; worst at (0,): got 31 (shape (1,))");
  }

  TEST_CASE("numbers that no known mistake explains are compared with the correct ones, as far as they came") {
    wire::Expected expected;
    expected.add_reference(
        {begin(), observe("y", numbers({0.31, -1.27, 0.93})), observe("dx", numbers({2.17, 0.59})), end()});
    const std::vector<Record> turned{begin(), observe("y", numbers({-0.31, 1.27, -0.93}))};
    const auto sentences = grader::diagnosis(expected, {}, "1.1 t", after(turned));
    REQUIRE(sentences.size() == 1);
    CHECK(sentences[0] == "'y': every number has the wrong sign.");
    CHECK(grader::diagnosis(expected, {}, "1.1 t", after({begin()})).empty());
    CHECK(grader::diagnosis(expected, {}, "1.1 t", after({begin(), observe("y", numbers({5.5, 0.1, 2.22}))})).empty());
  }

  TEST_CASE("missing, additional, renamed and reordered observations earn nothing") {
    CHECK(earns_nothing(judged({begin(), good_y, end()}), Status::failed));
    CHECK(earns_nothing(judged({begin(), good_y, good_dx, good_dx, end()}), Status::failed));
    CHECK(earns_nothing(judged({begin(), good_dx, good_y, end()}), Status::failed));
    CHECK(earns_nothing(judged({begin(), good_y, observe("dz", numbers({2})), end()}), Status::failed));
    CHECK(earns_nothing(judged({good_y, good_y, good_dx, end()}), Status::failed));
    CHECK(earns_nothing(judged({}), Status::left));
  }

  TEST_CASE("records after the last that a test can send are not read, and earn nothing") {
    std::vector<Record> flood{begin(), good_y, good_dx};
    flood.insert(flood.end(), 1000, good_dx);
    CHECK(earns_nothing(judged(flood), Status::failed));
    // Not even whether they are records matters
    Outcome garbage = after({begin(), good_y, good_dx, good_dx, good_dx});
    garbage.answer.resize(garbage.answer.size() + 1'000'000);
    TestResult result;
    result.test = {"1.1 t", 8};
    grader::judge_answer(reference(), garbage, result);
    CHECK(earns_nothing(result, Status::failed));
  }

  TEST_CASE("a program that ends before the test earns nothing, although its numbers are correct") {
    CHECK(earns_nothing(judged({begin(), good_y, good_dx}), Status::left));
    CHECK(earns_nothing(judged({begin(), good_y, good_dx, end()}, killed(SIGSEGV, false)), Status::crashed));
    CHECK(earns_nothing(judged({begin(), good_y, good_dx, end()}, killed(SIGKILL, true)), Status::timeout));
    const TestResult short_of_memory = judged({begin(), good_y, good_dx, end()}, killed(SIGKILL, false));
    CHECK(earns_nothing(short_of_memory, Status::crashed));
    CHECK(short_of_memory.messages.back().find("memory") != std::string::npos);
  }

  TEST_CASE("code that is not implemented is not done, never wrong") {
    CHECK(earns_nothing(judged({begin(), {Record::Kind::todo, "f (a.cpp:3)", {}, {}}, end()}), Status::todo));
    CHECK(earns_nothing(judged({begin(), {Record::Kind::error, "ShapeError", {}, {}}, end()}), Status::failed));
  }

  TEST_CASE("bytes that are not records earn nothing, before and after correct ones") {
    Outcome garbage = exited(0);
    garbage.answer.assign(1000, std::byte{0xFF});
    CHECK(earns_nothing(judged({}, garbage), Status::failed));
    Outcome trailing = exited(0);
    for (const Record& record : {begin(), good_y, good_dx, end()}) {
      const auto bytes = wire::serialize(record);
      trailing.answer.insert(trailing.answer.end(), bytes.begin(), bytes.end());
    }
    trailing.answer.push_back(std::byte{1});
    CHECK(earns_nothing(judged({}, trailing), Status::failed));
  }

  TEST_CASE("an answer that was cut off for its size earns nothing") {
    Outcome cut = exited(0);
    cut.answer_cut = true;
    CHECK(earns_nothing(judged({begin(), good_y, good_dx, end()}, cut), Status::failed));
  }
}
