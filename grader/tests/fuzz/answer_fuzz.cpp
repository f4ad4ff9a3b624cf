// The judge safely reads and compares any answer that a program sends, and gives points only if every number is
// correct.
#include <cstdint>
#include <cstdlib>
#include <span>

#include "judge/judge.hpp"
#include "judge/judge_answer.hpp"

namespace {

using wire::Array;
using wire::Record;

Array numbers(std::vector<double> values) { return Array::of<double>({values.size()}, values); }

/// A reference that observes y = (1, 2) and z = 3, and a mistake that makes z 4.
wire::Expected reference() {
  const Record begin{Record::Kind::begin, "1.1 t", {}, {}};
  const Record end{Record::Kind::end, "", {}, {}};
  const auto observe = [](const std::string& name, const Array& value) {
    return Record{Record::Kind::observe, name, value, {wire::Matcher::Kind::close, 1e-9, 0, 0, {}}};
  };
  wire::Expected expected;
  expected.add_reference({begin, observe("y", numbers({1, 2})), observe("z", numbers({3})), end});
  expected.add_mistake({"four", "Four.", "Why four?", "1.1 t"},
                       {begin, observe("y", numbers({1, 2})), observe("z", numbers({4})), end});
  return expected;
}

/// Whether these records are the answer that earns the points.
bool is_right(const std::vector<Record>& records) {
  return records.size() == 4 && records[0].kind == Record::Kind::begin && records[1].name == "y" &&
         records[2].name == "z" && records[3].kind == Record::Kind::end && records[2].value.as_doubles().size() == 1 &&
         std::abs(records[2].value.as_doubles()[0] - 3) < 1e-6;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const wire::Expected expected = reference();
  const auto bytes = std::as_bytes(std::span(data, size));
  grader::Outcome outcome;
  outcome.exit_status = 0;
  outcome.answer.assign(bytes.begin(), bytes.end());
  grader::TestResult result;
  result.test = {"1.1 t", 8};
  grader::judge_answer(expected, outcome, result);
  if ((result.points != 0) != (result.status == grader::Status::passed)) {
    std::abort();
  }
  if (result.points != 0 && !is_right(wire::parse_all(bytes, {}))) {
    std::abort();
  }
  return 0;
}
