#include <algorithm>
#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>
#include <string>

#include "commands.hpp"
#include "home/build.hpp"
#include "system/terminal.hpp"
#include "train/progress.hpp"
#include "verify/verify_alternatives.hpp"
#include "verify/verify_attacks.hpp"
#include "verify/verify_handout.hpp"
#include "verify/verify_judge.hpp"
#include "verify/verify_mistakes.hpp"
#include "verify/verify_parity.hpp"
#include "verify/verify_recorded.hpp"
#include "verify/verify_solution.hpp"
#include "verify/verify_starter.hpp"

namespace grader {

namespace {

/// What can be verified of a lab, and the target that builds everything for it; empty if nothing must be built.
struct Promise {
  const char* name;
  Problems (*verify)(const Lab&);
  const char* target;
  const char* meaning;
};

constexpr std::array<Promise, 9> promises{{
    {"solution", verify_solution, "solution.tests", "passes every test; tests, hints and mistakes are complete"},
    {"starter", verify_starter, "starter.tests", "passes no test and says 'not done yet'"},
    {"recorded", verify_recorded, "mistakes", "expected.safetensors is up to date"},
    {"mistakes", verify_mistakes, "mistakes", "each fails the test that should catch it, and is named"},
    {"judge", verify_judge, "mistakes", "points for a fresh seed are exact"},
    {"alternatives", verify_alternatives, "alternatives", "other correct code gets all points"},
    {"parity", verify_parity, "solution.tests", "results equal PyTorch's"},
    {"handout", verify_handout, "", "its code is in files that are compiled"},
    {"attacks", verify_attacks, "mistakes", "hostile submissions earn nothing; for one lab only"},
}};

constexpr int skipped_status = 77;  // CTest's "skipped"

/// Verifies one promise. Returns 0 if it is kept, 77 if it could not be checked, else 1.
int verify(const Lab& lab, const Promise& promise) {
  // With CTest, everything is already built in COURSE_BUILD
  if (std::getenv("COURSE_BUILD") == nullptr && *promise.target != '\0') {
    build(lab.root, lab.name + "." + promise.target);
  }
  const Problems problems = promise.verify(lab);
  for (const std::string& problem : problems) {
    fmt::print("{}\n", problem);
  }
  if (!problems.empty() && problems.front().starts_with("skipped: ")) {
    return skipped_status;
  }
  return problems.empty() ? 0 : 1;
}

/// Verifies all promises of every lab. Returns 0 if no promise is broken.
int verify_all(const Lab& lab) {
  int status = 0;
  for (const Promise& promise : promises) {
    if (promise.verify == verify_attacks) {
      continue;
    }
    const auto start = std::chrono::steady_clock::now();
    fmt::print("{}: {}\n", bold(promise.name), promise.meaning);
    std::fflush(stdout);
    const int ended = verify(lab, promise);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print("{} {}  {}\n\n",
               ended == 0                ? green("✓")
               : ended == skipped_status ? yellow("-")
                                         : red("✗"),
               ended == 0                ? "kept"
               : ended == skipped_status ? "skipped"
                                         : "broken",
               nn::duration_text(seconds));
    status = ended == 1 ? 1 : status;
  }
  return status;
}

int run_verify(const Context& context, const std::string& called, const std::string& name) {
  const Lab lab = find_lab(context.root, called);
  if (name.empty()) {
    return verify_all(lab);
  }
  const auto* found = std::ranges::find(promises, name, &Promise::name);
  if (found == promises.end()) {
    std::string names;
    for (const Promise& promise : promises) {
      names += fmt::format("{}{}", names.empty() ? "" : ", ", promise.name);
    }
    throw std::runtime_error(fmt::format("the promises are: {}", names));
  }
  return verify(lab, *found);
}

}  // namespace

void add_verify_command(CLI::App& app, const Context& context) {
  const auto lab = std::make_shared<std::string>();
  const auto promise = std::make_shared<std::string>();
  CLI::App& command = add_command(app, instructor_command("verify"),
                                  [context, lab, promise] { return run_verify(context, *lab, *promise); });
  add_argument(command, "lab", *lab, "The lab: 02_mlp, 02, 2 or mlp");
  std::string help = "Only this promise;";
  for (const Promise& one : promises) {
    help += fmt::format(" {}: {};", one.name, one.meaning);
  }
  help.back() = '.';
  add_option(command, "promise", *promise, help);
}

}  // namespace grader
