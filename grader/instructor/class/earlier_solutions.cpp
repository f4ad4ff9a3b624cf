#include "class/earlier_solutions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdexcept>

#include "judge/harness.hpp"
#include "system/utc.hpp"

namespace grader {

void refuse_open_solutions(const Lab& lab, const Policy& policy, std::int64_t now) {
  std::vector<std::string> open;
  for (const std::string& earlier : linked_solutions(load_harness(lab), lab)) {
    const std::optional<std::int64_t> end = policy.closes(earlier);
    if (!end) open.push_back(earlier + " (no due date in policy.json)");
    if (end && *end > now) open.push_back(fmt::format("{} (until {})", earlier, utc_text(*end)));
  }
  if (open.empty()) return;
  throw std::runtime_error(fmt::format(
      "submissions of {} link the solutions of earlier labs that can still be handed in: {}. A submission can read the "
      "compiled solution in its own memory and print it. So nothing was done. Choose one:\n"
      "- wait until they are closed;\n"
      "- write when they were due into policy.json in the folder of the results: {{\"due\": {{\"{}\": "
      "\"2026-12-01T23:59:00+09:00\"}}}};\n"
      "- add --earlier-closed, if nobody can hand them in any more or if you accept the risk.",
      lab.name, fmt::join(open, ", "), open.front().substr(0, open.front().find(' '))));
}

}  // namespace grader
