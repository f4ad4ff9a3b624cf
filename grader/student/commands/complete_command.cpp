#include <cstdlib>
#include <fmt/format.h>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/complete.hpp"

namespace grader {

void answer_shell(const CLI::App& app, const Context& context, const std::vector<std::string>& words) {
  if (words.empty() || words.front() != "complete") {
    return;
  }
  for (const std::string& word : completions(context.root, command_names(app), {words.begin() + 1, words.end()})) {
    fmt::print("{}\n", word);
  }
  std::exit(0);
}

}  // namespace grader
