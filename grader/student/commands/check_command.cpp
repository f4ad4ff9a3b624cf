#include <fmt/format.h>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/build.hpp"
#include "home/ctest_report.hpp"
#include "system/file_lock.hpp"
#include "system/process.hpp"

namespace grader {

namespace {

/// Runs a tool that speaks for itself. Returns its exit status.
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

/// Builds everything for the tests and for the programs. Returns whether it succeeded.
bool build_everything(const Context& context) {
  const FileLock turn(context.root / "build" / "lock");
  try {
    configure(context.root);
    fmt::print("Building everything in build/check ...\n");
    return run_shown(context, {"ninja", "-C", "build/check"}) == 0;
  } catch (const BuildError& error) {
    fmt::print("{}\n", error.what());
    return false;
  }
}

int check(const Context& context) {
  if (!build_everything(context)) {
    fmt::print("\nThe build failed: no test was run.\n0 passed, 1 failed\n");
    return 1;
  }
  const std::filesystem::path report = context.root / "build" / "check" / "junit.xml";
  std::filesystem::remove(report);
  const int status = run_shown(
      context, {"ctest", "--test-dir", "build/check", "--output-on-failure", "-j2", "--output-junit", report.string()});
  const TestCounts counts = count_tests(report);
  fmt::print("\n{}\n", summary_line(counts));
  return status == 0 && counts.failed == 0 && counts.passed > 0 ? 0 : 1;
}

}  // namespace

void add_check_command(CLI::App& app, const Context& context) {
  add_command(app, for_developers, "check", "Build everything and run every test of the repository",
              [context] { return check(context); });
}

}  // namespace grader
