#include "home/home_run.hpp"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fmt/format.h>
#include <stdexcept>

#include "home/build.hpp"
#include "system/process.hpp"
#include "system/terminal.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

// What is kept of what a test says: its own words come last.
constexpr std::size_t first_lines = 15;
constexpr std::size_t last_lines = 45;

void judge_ending(HomeRun& run, const Outcome& outcome, std::chrono::milliseconds limit) {
  if (outcome.timed_out) {
    run.status = Status::timeout;
    run.why = fmt::format("time limit of {:g} s reached: is there an endless loop?",
                          std::chrono::duration<double>(limit).count());
  } else if (outcome.signal != 0) {
    run.status = Status::crashed;
    run.why = fmt::format("crashed: {}", outcome.signal == SIGKILL ? "killed by the system, as when memory runs out"
                                                                   : strsignal(outcome.signal));
  } else if (outcome.exit_status >= 0 && outcome.exit_status <= 2) {
    constexpr Status by_exit[] = {Status::passed, Status::failed, Status::todo};
    run.status = by_exit[outcome.exit_status];
  } else {
    run.status = Status::left;
    run.why = fmt::format("ended before the test was over, with exit status {}", outcome.exit_status);
  }
}

}  // namespace

std::filesystem::path build_tests(const Lab& lab) {
  if (const std::vector<std::string> missing = missing_files(lab); !missing.empty()) {
    throw std::runtime_error(
        fmt::format("labs/{}/{} is missing. To start again from the starter, type\n\n    "
                    "./course reset {}",
                    lab.name, missing.front(), lab.number()));
  }
  build(lab.root, lab.target("mine", "tests"));
  return lab.program("mine", "tests");
}

HomeRun run_test(const std::filesystem::path& program, const TestInfo& test, std::chrono::milliseconds limit) {
  Command command;
  command.arguments = {program.string(), "--test", test.name};
  command.environment = {"OPENBLAS_NUM_THREADS=1"};
  command.wall_limit = limit;
  command.last_words = std::chrono::seconds(2);  // in which it says where it was
  command.output_limit = 1 << 16;
  command.output_end = 1 << 16;
  const Outcome outcome = run(command);

  HomeRun result{test, Status::todo, "", ""};
  result.output = shortened(outcome.output, outcome.output_end, outcome.output_dropped, first_lines, last_lines);
  judge_ending(result, outcome, limit);
  return result;
}

void remember(LabProgress& progress, const std::vector<TestInfo>& all, const std::vector<HomeRun>& runs,
              const std::string& files) {
  std::vector<TestRecord> records;
  for (const TestInfo& test : all) {
    const auto is_it = [&](const auto& other) { return other.test.name == test.name; };
    const auto now = std::find_if(runs.begin(), runs.end(), is_it);
    const auto before = std::find_if(progress.tests.begin(), progress.tests.end(), is_it);
    if (now != runs.end()) {
      records.push_back({test, now->status, files});
    } else if (before != progress.tests.end()) {
      records.push_back({test, before->status, before->files});
    } else {
      records.push_back({test, Status::todo, ""});
    }
  }
  progress.tests = std::move(records);

  // Remember when, and the task if there was only one
  progress.tested = utc_now();
  const auto one_task = [&](const HomeRun& run) { return run.test.task() == runs.front().test.task(); };
  const bool whole_lab = runs.size() == all.size();
  progress.task = !whole_lab && !runs.empty() && std::ranges::all_of(runs, one_task) ? runs.front().test.task() : "";
}

}  // namespace grader
