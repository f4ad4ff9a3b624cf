#include "judge/mistakes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>

#include "judge/reference.hpp"
#include "lab/suggest.hpp"
#include "system/parallel.hpp"

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
    throw std::runtime_error(patch.string() + ": the lines 'Title: ', 'Hint: ' and 'Test: ' must be before the patch");
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

std::vector<wire::Record> run_mistake(const Lab& lab, const wire::Mistake& mistake, std::uint64_t seed) {
  std::vector<wire::Record> records = run_reference(lab, "mistake." + mistake.id, seed);
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

LabObservations observe_with_mistakes(const Lab& lab, std::uint64_t seed) {
  LabObservations seen;
  seen.mistakes = load_mistakes(lab);
  seen.records.resize(seen.mistakes.size());
  for_each_parallel(seen.mistakes.size(),
                    [&](std::size_t i) { seen.records[i] = run_mistake(lab, seen.mistakes[i], seed); });
  seen.expected.add_reference(run_reference(lab, "solution", seed));
  for (std::size_t i = 0; i < seen.mistakes.size(); ++i) {
    seen.expected.add_mistake(seen.mistakes[i], seen.records[i]);
  }
  return seen;
}

}  // namespace grader
