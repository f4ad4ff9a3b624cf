#include <algorithm>
#include <fmt/format.h>
#include <memory>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/complete.hpp"

namespace grader {

void add_complete_command(CLI::App& app, const Context& context) {
  const auto words = std::make_shared<std::vector<std::string>>();
  // An empty group hides it from the help page
  CLI::App& command =
      add_command(app, "", "complete", "What may follow these words, for the shell", [&app, context, words] {
        for (const std::string& word : completions(context.root, command_names(app), *words)) {
          fmt::print("{}\n", word);
        }
        return 0;
      });
  add_rest(command, *words);
}

}  // namespace grader
