#include "home/push_report.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "home/build.hpp"
#include "home/run_tests.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

constexpr std::size_t max_output = 2000;
constexpr std::chrono::seconds test_limit{30};

unsigned points_of(const HomeRun& run) { return run.status == Status::passed ? run.test.points : 0; }

bool is_wrong(const HomeRun& run) { return run.status != Status::passed && run.status != Status::todo; }

std::string summary_of(const LabRun& lab) {
  std::string text = fmt::format("\n## {}: {} of {} points\n\n", lab.lab.name, lab.points(), lab.possible());
  if (!lab.build_error.empty()) {
    return text + "The code does not build:\n\n" + code_block(lab.build_error, max_output);
  }
  text += "| test | points | |\n| --- | ---: | --- |\n";
  for (const HomeRun& run : lab.runs) {
    text +=
        fmt::format("| {} | {} / {} | {} |\n", run.test.name, points_of(run), run.test.points, words_of(run.status));
  }
  for (const HomeRun& run : lab.runs) {
    if (is_wrong(run)) {
      text += fmt::format("\n### {}\n\n{}{}", run.test.name, run.why.empty() ? "" : run.why + "\n\n",
                          code_block(run.output, max_output));
    }
  }
  return text;
}

}  // namespace

unsigned LabRun::points() const {
  unsigned sum = 0;
  for (const HomeRun& run : runs) {
    sum += points_of(run);
  }
  return sum;
}

unsigned LabRun::possible() const {
  unsigned sum = 0;
  for (const HomeRun& run : runs) {
    sum += run.test.points;
  }
  return sum == 0 ? 100 : sum;
}

bool LabRun::is_sound() const { return build_error.empty() && std::ranges::none_of(runs, is_wrong); }

LabRun run_lab(const Lab& lab) {
  LabRun result{lab, "", {}};
  try {
    const std::filesystem::path program = build_tests(lab);
    result.runs = run_tests(program, list_tests(program), test_limit);
  } catch (const std::runtime_error& error) {
    result.build_error = error.what();
  }
  return result;
}

std::string push_summary(const std::vector<LabRun>& runs) {
  std::string text = "# Points at home\n";
  if (runs.empty()) {
    text += "\nNo lab has been started: every file is still the starter.\n";
  }
  for (const LabRun& lab : runs) {
    text += summary_of(lab);
  }
  return text;
}

}  // namespace grader
