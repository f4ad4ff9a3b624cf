#include "judge/reference.hpp"

#include <fmt/format.h>
#include <stdexcept>

#include "system/process.hpp"

namespace grader {

namespace {

constexpr int max_tests = 60;  // of a lab: the time limit of a whole run is the sum of their limits

/// The records that are sent to the program for a test: its givens, never hidden values.
std::vector<std::byte> givens_of(const std::vector<wire::Record>& records) {
  std::vector<std::byte> bytes;
  for (const wire::Record& record : records) {
    if (record.kind == wire::Record::Kind::given) {
      const std::vector<std::byte> more = wire::serialize(record);
      bytes.insert(bytes.end(), more.begin(), more.end());
    }
  }
  return bytes;
}

}  // namespace

Reference::Reference(const Lab& lab, std::uint64_t seed) {
  const std::vector<wire::Record> records = run_reference(lab, "solution", seed);
  expected.add_reference(records);
  for (const auto& [test, of_test] : wire::by_test(records)) {
    givens[test] = givens_of(of_test);
    shapes[test] = shapes_of(of_test);
    if (expected.observations(test).empty()) {
      throw std::runtime_error(
          fmt::format("lab {}: test '{}' observes nothing, so it cannot be graded", lab.name, test));
    }
  }
}

std::vector<wire::Record> run_reference(const Lab& lab, const std::string& variant, std::uint64_t seed,
                                        const std::string& test) {
  Command command;
  command.arguments = {lab.program(variant, "tests").string(), "--role", "reference", "--seed", std::to_string(seed)};
  if (!test.empty()) {
    command.arguments.insert(command.arguments.end(), {"--test", test});
  }
  command.environment = {"OPENBLAS_NUM_THREADS=1"};
  command.answer_limit = std::size_t{1} << 30;
  command.wall_limit = lab.test_limits.wall * max_tests;
  const Outcome outcome = run(command);

  // A mistake may fail the test's own CHECKs (status 1); only its observations matter
  const bool ended = outcome.exit_status == 0 || outcome.exit_status == 1;
  if (!ended || outcome.timed_out || outcome.answer_cut) {
    throw std::runtime_error(fmt::format("{} failed in the reference's role for seed {}{}:\n{}",
                                         command.arguments.front(), seed,
                                         outcome.timed_out ? " (time limit reached)" : "", outcome.output));
  }
  return wire::parse_all(outcome.answer, {});
}

}  // namespace grader
