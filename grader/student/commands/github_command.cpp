#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <random>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/progress.hpp"
#include "home/push_report.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

constexpr std::size_t max_shown = 4000;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// GitHub obeys lines such as `::error::text`, but not between two special lines with the same random word.
class Quoted {
 public:
  Quoted() : word_(fmt::format("{:08x}{:08x}{:08x}", device_(), device_(), device_())) {
    fmt::print("::stop-commands::{}\n", word_);
  }
  Quoted(const Quoted&) = delete;
  Quoted& operator=(const Quoted&) = delete;
  ~Quoted() { fmt::print("::{}::\n", word_); }

 private:
  std::random_device device_;
  std::string word_;
};

void print_lab(const LabRun& lab) {
  {
    const Quoted quoted;
    fmt::print("{}", inert(lab.build_error, max_shown));
    for (const HomeRun& run : lab.runs) {
      const bool passed = run.status == Status::passed;
      fmt::print("{} {}: {}/{}\n", passed ? "✓" : "✗", run.test.name, passed ? run.test.points : 0, run.test.points);
      fmt::print("{}", passed ? "" : inert(run.why + "\n" + run.output, max_shown) + "\n");
    }
  }
  fmt::print("::notice title={}::{} of {} points at home\n", lab.lab.name, lab.points(), lab.possible());
}

/// Appends to the page that GitHub shows with the run; the student's code cannot find it.
std::ofstream take_summary_file() {
  const std::string path = variable("GITHUB_STEP_SUMMARY");
  for (const char* name : {"GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE"}) {
    unsetenv(name);
  }
  return path.empty() ? std::ofstream() : std::ofstream(path, std::ios::app);
}

int report_push(const Context& context) {
  std::ofstream summary = take_summary_file();
  std::vector<LabRun> runs;
  bool sound = true;
  for (const Lab& lab : load_labs(context.root)) {
    if (!is_untouched(lab)) {
      runs.push_back(run_lab(lab));
      print_lab(runs.back());
      sound = sound && runs.back().is_sound();
    }
  }
  if (runs.empty()) {
    fmt::print("No lab has been started: every file is still the starter.\n");
  }
  summary << push_summary(runs);
  return sound ? 0 : 1;
}

}  // namespace

void add_github_command(CLI::App& app, const Context& context) {
  add_command(app, for_instructors, "github",
              "The workflow of a push on GitHub: test every lab that was started, show the points",
              [context] { return report_push(context); });
}

}  // namespace grader
