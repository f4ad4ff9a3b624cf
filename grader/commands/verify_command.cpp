#include <fmt/format.h>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "command_line.hpp"
#include "commands.hpp"
#include "verify/verify.hpp"

namespace grader {

namespace {

/// Verifies one promise of one lab. Returns 0 if it is kept, 77 if it could not be tried (CTest's "skipped"), else 1.
int verify(const Context& context, const std::string& called, const std::string& promise) {
  static const std::map<std::string, Problems (*)(const Lab&)> promises{
      {"solution", verify_solution},         {"starter", verify_starter}, {"recorded", verify_recorded},
      {"mistakes", verify_mistakes},         {"judge", verify_judge},     {"parity", verify_parity},
      {"alternatives", verify_alternatives}, {"handout", verify_handout}, {"attacks", verify_attacks}};
  const auto found = promises.find(promise);
  if (found == promises.end()) {
    throw std::runtime_error(
        "a promise is one of: solution, starter, recorded, mistakes, judge, alternatives, parity, handout, attacks");
  }

  const Problems problems = found->second(find_lab(context.root, called));
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
  CLI::App& command = add_command(app, for_developers, "verify", "Verify one promise of a lab; part of ./course check",
                                  [context, lab, promise] { return verify(context, *lab, *promise); });
  add_argument(command, "lab", *lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_argument(
      command, "promise", *promise,
      "solution: passes all; starter: is not done; recorded: expected.safetensors is up to date; mistakes: each is "
      "caught where it should be; judge: points on a fresh seed are exact; alternatives: other right code has all "
      "points; parity: equals PyTorch; handout: its code stands in files that are compiled; attacks: hostile "
      "submissions earn nothing");
}

}  // namespace grader
