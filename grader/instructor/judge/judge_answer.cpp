#include "judge/judge_answer.hpp"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fmt/format.h>
#include <functional>

#include "system/text.hpp"
#include "testing/diagnosis/diagnosis.hpp"

namespace grader {

namespace {

constexpr std::size_t max_message = 500;
constexpr int test_called_exit = 3;  // the status of a test program whose test did
constexpr safetensors::Limits answer_limits{.header_bytes = 65536, .data_bytes = std::size_t{1} << 26, .rank = 8};

/// The records from a program, as far as they could be read.
struct Answer {
  std::vector<wire::Record> records;
  bool malformed = false;
};

/// Reads no more records than a test with so many observations can send: one to begin, one to end early or not, one
/// to end. Reading costs the judge's time and memory, outside of any limit of the sandbox.
Answer read_answer(const std::vector<std::byte>& bytes, std::size_t observations) {
  Answer answer;
  std::span<const std::byte> unread = bytes;
  try {
    while (!unread.empty() && answer.records.size() < observations + 3) {
      answer.records.push_back(wire::parse_front(unread, answer_limits));
    }
    answer.malformed = !unread.empty();
  } catch (const safetensors::FormatError&) {
    answer.malformed = true;
  }
  return answer;
}

/// Sets the status and messages of a test that did not end normally.
void explain_end(const Answer& answer, const Outcome& outcome, TestResult& result, std::chrono::seconds cpu_limit) {
  const auto find = [&](wire::Record::Kind kind) {
    return std::ranges::find(answer.records, kind, &wire::Record::kind);
  };
  const auto todo = find(wire::Record::Kind::todo);
  const auto error = find(wire::Record::Kind::error);
  // Before a signal ends it, a program says where in the student's files it was
  const std::string place = error == answer.records.end() ? "" : ", " + inert(error->name, max_message);
  // A program that ignores SIGXCPU is killed a little later
  const bool used_its_time = outcome.cpu_seconds >= static_cast<double>(cpu_limit.count());
  if (outcome.timed_out || outcome.signal == SIGXCPU || (outcome.signal == SIGKILL && used_its_time)) {
    result.status = Status::timeout;
    result.messages.push_back(fmt::format("The test was stopped after {:.0f} seconds{}. Is there an endless loop?",
                                          outcome.wall_seconds, place));
  } else if (outcome.signal == SIGKILL) {
    result.status = Status::crashed;
    result.messages.push_back("The program was killed: it used too much memory, or the machine ran out of memory.");
  } else if (outcome.signal != 0) {
    result.status = Status::crashed;
    result.messages.push_back(fmt::format("The program crashed: {}{}. {}", strsignal(outcome.signal), place,
                                          place.empty() ? "Run the asan preset at home to see where." : ""));
  } else if (todo != answer.records.end()) {
    result.status = Status::todo;
    result.messages.push_back("Not done yet: " + inert(todo->name, max_message));
  } else if (error != answer.records.end() && outcome.exit_status != test_called_exit) {
    result.status = Status::failed;
    result.messages.push_back("The test ended with an exception: " + inert(error->name, max_message));
  } else if (outcome.answer_cut || answer.malformed || find(wire::Record::Kind::end) != answer.records.end()) {
    result.status = Status::failed;
    result.messages.push_back("The program sent something unexpected.");
  } else {
    result.status = Status::left;
    result.messages.push_back(
        fmt::format("The program ended (exit status {}) before the test was over{}.", outcome.exit_status, place));
  }
}

/// Compares the observations that came, in order, as far as they are what should have come. Calls `differs` for each
/// that is wrong. Returns how many there were.
std::size_t compare_observations(const std::vector<wire::Expected::Observation>& observations,
                                 const std::vector<wire::Record>& records,
                                 const std::function<void(const wire::Record&, const wire::Comparison&)>& differs) {
  std::size_t judged = 0;
  for (; judged < observations.size() && judged + 1 < records.size(); ++judged) {
    const wire::Record& record = records[judged + 1];
    const wire::Expected::Observation& right = observations[judged];
    if (record.kind != wire::Record::Kind::observe || record.name != right.name) {
      break;
    }
    const wire::Comparison comparison = wire::compare(record.value, right.value, right.matcher);
    if (!comparison.passed) {
      differs(record, comparison);
    }
  }
  return judged;
}

}  // namespace

void judge_answer(const wire::Expected& expected, const Outcome& outcome, TestResult& result,
                  std::chrono::seconds cpu_limit) {
  const auto& observations = expected.observations(result.test.name);
  const Answer answer = read_answer(outcome.answer, observations.size());

  // A complete answer is begin, all observations in order, and end, and the program ends by itself
  const bool complete = !answer.malformed && !outcome.answer_cut && outcome.signal == 0 && !outcome.timed_out &&
                        answer.records.size() == observations.size() + 2 &&
                        answer.records.front().kind == wire::Record::Kind::begin &&
                        answer.records.back().kind == wire::Record::Kind::end;
  const std::size_t judged = compare_observations(
      observations, answer.records, [&](const wire::Record& record, const wire::Comparison& comparison) {
        result.messages.push_back(record.name + ": " + inert(wire::describe(comparison, false), max_message));
      });

  if (!complete || judged != observations.size()) {
    explain_end(answer, outcome, result, cpu_limit);
  } else {
    result.status = result.messages.empty() ? Status::passed : Status::failed;
  }
  result.points = result.status == Status::passed ? result.test.points : 0;
}

wire::Expected::ValueByName wrong_values(const wire::Expected& expected, const std::string& test,
                                         const Outcome& outcome) {
  wire::Expected::ValueByName wrong;
  const auto& observations = expected.observations(test);
  const std::vector<wire::Record> records = read_answer(outcome.answer, observations.size()).records;
  const std::size_t judged = compare_observations(
      observations, records,
      [&](const wire::Record& record, const wire::Comparison&) { wrong[record.name] = record.value; });
  const bool more = judged + 1 < records.size();
  if (more && records[judged + 1].kind == wire::Record::Kind::error) {
    wrong.insert(wire::exception_value(records[judged + 1].name));
  }
  return wrong;
}

std::vector<std::string> diagnosis(const wire::Expected& expected, const std::vector<wire::Record>& givens,
                                   const std::string& test, const Outcome& outcome) {
  const wire::Expected::ValueByName wrong = wrong_values(expected, test, outcome);
  std::vector<wire::Observed> observations;
  for (const auto& [name, value, matcher] : expected.observations(test)) {
    const auto got = wrong.find(name);
    observations.push_back({name, got == wrong.end() ? value : got->second, value, matcher});
  }
  std::vector<std::string> sentences;
  for (const std::string& sentence : wire::diagnose(givens, observations)) {
    sentences.push_back(inert(sentence, max_message));
  }
  return sentences;
}

}  // namespace grader
