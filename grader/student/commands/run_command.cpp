#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/build.hpp"
#include "home/run_tests.hpp"
#include "system/process.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

struct RunOptions {
  std::string lab;
  std::string program;
  bool mine = false;
  bool reference = false;
  std::vector<std::string> arguments;  // for the program
};

/// Whose code a program runs, and why.
struct Choice {
  std::string variant;  // "mine" or "solution", as targets name them
  std::string why;
};

/// Does every test pass? Looks at the record or, if the files have changed since, runs the tests now.
bool all_tests_pass(const Lab& lab) {
  LabProgress recorded = load_progress(lab.root)[lab.name];
  const std::string files = fingerprint(lab);
  if (!recorded.is_current(files)) {
    fmt::print("{}\n", dim("Running the tests of " + lab.name + " first ..."));
    const std::filesystem::path program = build_tests(lab);
    const std::vector<TestInfo> tests = list_tests(program);
    const std::vector<HomeRun> runs = run_tests(program, tests, std::chrono::seconds(10));
    recorded = update_progress(
        lab.root, [&](CourseProgress& progress) { remember(progress[lab.name], tests, runs, files); })[lab.name];
  }
  return recorded.is_complete(files);
}

/// The student's code if it passes all tests, else the reference.
Choice choose_by_tests(const Lab& lab) {
  std::string obstacle;
  try {
    if (all_tests_pass(lab)) {
      return {"mine", "your code: it passes every test"};
    }
    obstacle = "your code does not pass every test yet (./course test " + lab.number() + ")";
  } catch (const BuildError&) {
    obstacle = "your code does not build yet (./course test " + lab.number() + ")";
  }
  if (!std::filesystem::is_directory(lab.solution())) {
    throw std::runtime_error(fmt::format(
        "{}, and there is no reference solution here to run instead.\n        To run your code anyway, add --mine",
        obstacle));
  }
  return {"solution", "the reference: " + obstacle};
}

Choice choose(const Lab& lab, const RunOptions& options) {
  if (options.mine && options.reference) {
    throw std::runtime_error("--mine and --reference cannot be combined: choose one");
  }
  if (options.mine) {
    return {"mine", "your code, as you asked"};
  }
  if (!options.reference) {
    return choose_by_tests(lab);
  }
  if (!std::filesystem::is_directory(lab.solution())) {
    throw std::runtime_error(fmt::format("solutions/{} is not here: only --mine can run", lab.name));
  }
  return {"solution", "the reference, as you asked"};
}

int run_program(const Context& context, const RunOptions& options) {
  const Lab lab = find_lab(context.root, options.lab);
  const Choice choice = choose(lab, options);
  build(lab.root, lab.target(choice.variant, options.program));
  fmt::print("{} {} runs {}\n\n", bold(lab.name), options.program, choice.why);

  // The matrix products of a small network are slower on several threads than on one
  setenv("OPENBLAS_NUM_THREADS", "1", 0);
  become(lab.program(choice.variant, options.program), options.arguments);
}

/// Adds a command that runs a program; `program` is empty where the command line names it.
void add_one(CLI::App& app, const Context& context, const std::string& name, const std::string& program,
             const std::string& help) {
  const auto options = std::make_shared<RunOptions>();
  options->program = program;
  CLI::App& command =
      add_command(app, for_students, name, help, [context, options] { return run_program(context, *options); });
  add_argument(command, "lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp");
  if (program.empty()) {
    add_argument(command, "program", options->program, "The program, such as demo");
  }
  add_flag(command, "--mine", options->mine, "Run your code, even if its tests fail");
  add_flag(command, "--reference", options->reference, "Run the reference solution");
  add_rest(command, options->arguments);
}

}  // namespace

void add_run_commands(CLI::App& app, const Context& context) {
  add_one(app, context, "demo", "demo", "See a lab's code at work; other arguments are passed to the program");
  add_one(app, context, "bench", "bench", "Measure how fast a lab's code is");
  add_one(app, context, "run", "", "Run any program of a lab");
}

}  // namespace grader
