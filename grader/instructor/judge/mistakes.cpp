#include "judge/mistakes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>

#include "lab/suggest.hpp"
#include "system/process.hpp"

namespace grader {

namespace {

wire::Mistake load_mistake(const std::filesystem::path& patch) {
  std::ifstream file(patch);
  wire::Mistake mistake;
  mistake.id = patch.stem().string();
  for (std::string line; std::getline(file, line) && !line.starts_with("--- ");) {
    for (const auto& [key, field] : {std::pair{"Title: ", &mistake.title}, std::pair{"Hint: ", &mistake.hint},
                                     std::pair{"Test: ", &mistake.test}}) {
      if (line.starts_with(key)) {
        *field = line.substr(std::string(key).size());
      }
    }
  }
  if (mistake.title.empty() || mistake.hint.empty() || mistake.test.empty()) {
    throw std::runtime_error(patch.string() +
                             ": the lines 'Title: ', 'Hint: ' and 'Test: ' must stand before the patch");
  }
  return mistake;
}

}  // namespace

std::vector<wire::Mistake> load_mistakes(const Lab& lab) {
  std::vector<std::filesystem::path> patches;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(lab.mistakes(), missing)) {
    if (entry.path().extension() == ".patch") {
      patches.push_back(entry.path());
    }
  }
  std::ranges::sort(patches);

  std::vector<wire::Mistake> mistakes;
  std::ranges::transform(patches, std::back_inserter(mistakes), load_mistake);
  return mistakes;
}

std::vector<wire::Record> run_reference(const std::filesystem::path& program, std::uint64_t seed) {
  Command command;
  command.arguments = {program.string(), "--role", "reference", "--seed", std::to_string(seed)};
  command.environment = {"OPENBLAS_NUM_THREADS=1"};
  command.answer_limit = std::size_t{1} << 30;
  const Outcome outcome = run(command);

  // A mistake may fail the test's own CHECKs (status 1); what matters is what it observed
  const bool ended = outcome.exit_status == 0 || outcome.exit_status == 1;
  if (!ended || outcome.timed_out || outcome.answer_cut) {
    throw std::runtime_error(fmt::format("{} failed in the reference's role for seed {}{}:\n{}", program.string(), seed,
                                         outcome.timed_out ? " (out of time)" : "", outcome.output));
  }
  return wire::parse_all(outcome.answer, {});
}

std::vector<wire::Record> run_mistake(const Lab& lab, const wire::Mistake& mistake, std::uint64_t seed) {
  std::vector<wire::Record> records = run_reference(lab.program("mistake." + mistake.id, "tests"), seed);
  std::vector<std::string> tests;
  for (const wire::Record& record : records) {
    if (record.kind == wire::Record::Kind::begin) {
      tests.push_back(record.name);
    }
  }
  if (std::ranges::find(tests, mistake.test) == tests.end()) {
    throw std::runtime_error(
        fmt::format("solutions/{}/mistakes/{}.patch: there is no test '{}'.{} Correct the line 'Test: '", lab.name,
                    mistake.id, mistake.test, did_you_mean(mistake.test, tests)));
  }
  return records;
}

wire::Expected observe_reference(const Lab& lab, const std::vector<wire::Record>& reference, std::uint64_t seed) {
  wire::Expected expected;
  expected.add_reference(reference);
  for (const wire::Mistake& mistake : load_mistakes(lab)) {
    expected.add_mistake(mistake, run_mistake(lab, mistake, seed));
  }
  return expected;
}

}  // namespace grader
