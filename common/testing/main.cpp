// The main program of every graded test.
#define DOCTEST_CONFIG_IMPLEMENT
#include <CLI/CLI.hpp>
#include <cstdint>
#include <doctest/doctest.h>
#include <string>

#include "testing/home_session.hpp"
#include "testing/reporter.hpp"
#include "testing/session.hpp"

namespace {

struct Options {
  bool list = false;
  std::string test;
  std::string role = "home";
  std::uint64_t seed = wire::public_seed;
};

/// Makes the session for the role. The lab's name and its folder are compiled into the lab's test file.
std::unique_ptr<nn::Session> make_session(const Options& options) {
  if (options.role == "reference") {
    return nn::make_reference_session(nn::lab_name, options.seed);
  }
  if (options.role == "answer") {
    return nn::make_answer_session();
  }
  return nn::make_home_session(nn::lab_name, nn::lab_expected_file);
}

/// Runs the tests. Returns 0 if all passed, 1 if one failed, 2 if none failed but one is not done yet.
int run(const Options& options) {
  nn::set_session(make_session(options));
  nn::set_reporter_speaks(options.role == "home");

  doctest::Context context;
  context.setOption("reporters", "course");
  context.setOption("no-breaks", true);
  context.setOption("case-sensitive", true);
  if (options.list) {
    const char* arguments[] = {"tests", "--list-test-cases"};
    context.applyCommandLine(2, arguments);
  }
  if (!options.test.empty()) {
    context.setOption("test-case", options.test.c_str());
  }
  context.run();

  const nn::Tally& tally = nn::tally();
  if (!options.list && tally.passed + tally.failed + tally.todo == 0) {
    std::cerr << "no test is called '" << options.test << "'; --list names them all\n";
    return 1;
  }
  return tally.failed > 0 ? 1 : tally.todo > 0 ? 2 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(
      "The graded tests of a lab. Exit status: 0 all passed, 1 a test failed, 2 nothing is wrong but not all done.");
  app.add_flag("--list", options.list, "print the tests, their points and suites as JSON");
  app.add_option("--test", options.test, "run only the test of this name");
  app.add_option("--role", options.role,
                 "home: compare with the recorded reference; reference: draw from --seed and "
                 "record on descriptor 3; answer: read givens from standard input")
      ->check(CLI::IsMember({"home", "reference", "answer"}));
  app.add_option("--seed", options.seed, "seed of the reference's draws");
  CLI11_PARSE(app, argc, argv);
  return run(options);
}
