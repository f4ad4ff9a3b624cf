#include "home/data_command.hpp"

#include <memory>

#include "command_line.hpp"
#include "commands.hpp"

namespace grader {

void add_data_command(CLI::App& app, const Context& context) {
  const auto arguments = std::make_shared<std::vector<std::string>>();
  CLI::App& command =
      add_command(app, for_students, "data", "Real data: data list, data get NAME, data path NAME, data verify [NAME]",
                  [context, arguments] { return data_command(context.root, *arguments); });
  add_rest(command, *arguments);
}

}  // namespace grader
