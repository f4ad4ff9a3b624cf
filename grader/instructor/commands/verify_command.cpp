#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/build.hpp"
#include "verify/verify.hpp"

namespace grader {

namespace {

/// How a promise is verified, and which target of the lab builds what that takes; none if it is empty.
struct Promise {
  Problems (*verify)(const Lab&);
  std::string target;
};

/// Verifies one promise of one lab. Returns 0 if it is kept, 77 if it could not be tried (CTest's "skipped"), else 1.
int verify(const Context& context, const std::string& called, const std::string& promise) {
  static const std::map<std::string, Promise> promises{{"solution", {verify_solution, "solution.tests"}},
                                                       {"starter", {verify_starter, "starter.tests"}},
                                                       {"recorded", {verify_recorded, "judge"}},
                                                       {"mistakes", {verify_mistakes, "judge"}},
                                                       {"judge", {verify_judge, "judge"}},
                                                       {"parity", {verify_parity, "solution.tests"}},
                                                       {"alternatives", {verify_alternatives, "alternatives"}},
                                                       {"handout", {verify_handout, ""}},
                                                       {"attacks", {verify_attacks, "judge"}}};
  const auto found = promises.find(promise);
  if (found == promises.end()) {
    throw std::runtime_error(
        "a promise is one of: solution, starter, recorded, mistakes, judge, alternatives, parity, handout, attacks");
  }

  // CTest names a folder in which all is built
  const Lab lab = find_lab(context.root, called);
  if (std::getenv("COURSE_BUILD") == nullptr && !found->second.target.empty()) {
    build(context.root, lab.name + "." + found->second.target);
  }
  const Problems problems = found->second.verify(lab);
  for (const std::string& problem : problems) {
    fmt::print("{}\n", problem);
  }
  if (!problems.empty() && problems.front().starts_with("skipped: ")) {
    return 77;
  }
  return problems.empty() ? 0 : 1;
}

}  // namespace

void add_verify_command(CLI::App& app, const Context& context) {
  const auto lab = std::make_shared<std::string>();
  const auto promise = std::make_shared<std::string>();
  CLI::App& command = add_command(app, instructor_command("verify"),
                                  [context, lab, promise] { return verify(context, *lab, *promise); });
  add_argument(command, "lab", *lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_argument(
      command, "promise", *promise,
      "solution: passes all, and tests, hints and mistakes are complete; starter: is not done; recorded: "
      "expected.safetensors is up to date; mistakes: each is "
      "caught where it should be; judge: points on a fresh seed are exact; alternatives: other right code has all "
      "points; parity: equals PyTorch; handout: its code stands in files that are compiled; attacks: hostile "
      "submissions earn nothing");
}

}  // namespace grader
