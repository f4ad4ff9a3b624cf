#include <fmt/format.h>
#include <memory>
#include <stdexcept>
#include <thread>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/build.hpp"
#include "home/ctest_report.hpp"
#include "lab/lab.hpp"
#include "system/file_lock.hpp"
#include "system/process.hpp"

namespace grader {

namespace {

/// Runs a tool that prints its own output. Returns its exit status.
int run_shown(const Context& context, std::vector<std::string> arguments) {
  std::fflush(stdout);
  Command command;
  command.arguments = std::move(arguments);
  command.folder = context.root;
  command.environment = {"OPENBLAS_NUM_THREADS=1"};
  command.wall_limit = std::chrono::hours(6);
  command.show = true;
  return run(command).exit_status;
}

/// Builds targets for the tests and the programs: everything, or what one lab promises. Returns whether it succeeded.
bool build_all(const Context& context, const std::string& lab) {
  const FileLock turn(context.root / "build" / "lock");
  try {
    configure(context.root);
    fmt::print("Building everything{} in build/check ...\n", lab.empty() ? "" : " of " + lab);
    std::vector<std::string> ninja{"ninja", "-C", "build/check"};
    if (!lab.empty()) {
      ninja.insert(ninja.end(), {"instructor", "labs/" + lab + "/all"});
    }
    return run_shown(context, ninja) == 0;
  } catch (const BuildError& error) {
    fmt::print("{}\n", error.what());
    return false;
  }
}

int check(const Context& context, const std::string& called) {
  const std::string lab = called.empty() ? "" : find_lab(context.root, called).name;
  if (!lab.empty() && !std::filesystem::is_directory(context.root / "solutions" / lab)) {
    throw std::runtime_error(fmt::format(
        "{0} can be checked only with solutions/{0}, which is not here. To test your own code: ./course test {0}",
        lab));
  }
  if (!build_all(context, lab)) {
    fmt::print("\nThe build failed, so no test was run.\n0 passed, 1 failed\n");
    return 1;
  }
  const std::filesystem::path report = context.root / "build" / "check" / "junit.xml";
  std::filesystem::remove(report);
  std::vector<std::string> ctest{"ctest",
                                 "--test-dir",
                                 "build/check",
                                 "--output-on-failure",
                                 fmt::format("-j{}", std::thread::hardware_concurrency()),
                                 "--output-junit",
                                 report.string()};
  if (!lab.empty()) {
    ctest.insert(ctest.end(), {"-L", "^" + lab + "$"});
  }
  const int status = run_shown(context, ctest);
  const TestCounts counts = count_tests(report);
  fmt::print("\n{}\n", summary_line(counts));
  return status == 0 && counts.failed == 0 && counts.passed > 0 ? 0 : 1;
}

}  // namespace

void add_check_command(CLI::App& app, const Context& context) {
  const auto lab = std::make_shared<std::string>();
  CLI::App& command =
      add_command(app, for_developers, "check", "Build everything and run every test of the repository, or of one lab",
                  [context, lab] { return check(context, *lab); });
  add_option(command, "lab", *lab, "Only what this lab promises: 02_mlp, 02, 2 or mlp");
}

}  // namespace grader
