// The main program of every graded test.
#define DOCTEST_CONFIG_IMPLEMENT
#define DOCTEST_CONFIG_NO_POSIX_SIGNALS  // testing/call_stack.hpp has a handler that knows the student's files
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <doctest/doctest.h>
#include <getopt.h>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "testing/call_stack.hpp"
#include "testing/home_session.hpp"
#include "testing/reporter.hpp"
#include "testing/session.hpp"

namespace {

constexpr int left_early = 3;

struct Options {
  bool list = false;
  std::string test;
  std::string role = "home";
  std::uint64_t seed = wire::public_seed;
};

/// Makes the session for the role. The lab's name and its folder are compiled into the test program.
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
    std::cerr << "there is no test '" << options.test << "'; --list prints all names\n";
    return 1;
  }
  return tally.failed > 0 ? 1 : tally.todo > 0 ? 2 : 0;
}

bool over = false;

/// Called by exit: whoever calls it in a test ends the program before anything is judged.
void notice_early_exit() {
  if (!over) {
    nn::report_exit();
    std::_Exit(left_early);
  }
}

constexpr const char* usage = R"(The graded tests of a lab.

  --list         print a line for each test: its points, its suite and its name, with tabs between them
  --test NAME    run only the test of this name
  --role ROLE    home: compare with the recorded reference; reference: draw from --seed and record on descriptor 3;
                 answer: read givens from standard input
  --seed NUMBER  seed of the reference's draws

Exit status: 0 all passed, 1 a test failed, 2 nothing is wrong but not all is done, 3 a test called exit(), 64 these
words are not understood.
)";

/// The text as a seed.
bool read_seed(std::string_view text, std::uint64_t& seed) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  return error == std::errc() && end == text.data() + text.size();
}

/// The options of a command line; nothing if it is not understood or asks for help.
std::optional<Options> read_options(int argc, char** argv) {
  const option long_options[] = {{"list", no_argument, nullptr, 'l'},
                                 {"test", required_argument, nullptr, 't'},
                                 {"role", required_argument, nullptr, 'r'},
                                 {"seed", required_argument, nullptr, 's'},
                                 {nullptr, 0, nullptr, 0}};
  Options options;
  for (int name = 0; (name = getopt_long(argc, argv, "", long_options, nullptr)) != -1;) {
    const std::string_view value = optarg == nullptr ? "" : optarg;
    bool understood = name != '?';
    if (name == 'l') {
      options.list = true;
    } else if (name == 't') {
      options.test = value;
    } else if (name == 'r') {
      options.role = value;
      understood = value == "home" || value == "reference" || value == "answer";
    } else if (name == 's') {
      understood = read_seed(value, options.seed);
    }
    if (!understood) {
      return std::nullopt;
    }
  }
  return optind == argc ? std::optional(options) : std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Options> options = read_options(argc, argv);
  if (!options) {
    std::cerr << usage;
    return 64;  // EX_USAGE of sysexits.h: the command line is wrong
  }
  std::atexit(notice_early_exit);
  std::at_quick_exit(notice_early_exit);
  const int status = run(*options);
  over = true;
  return status;
}
