#include <algorithm>
#include <filesystem>

#include "commands.hpp"
#include "home/build.hpp"
#include "instructor_commands.hpp"
#include "system/process.hpp"

namespace grader {

namespace {

/// Does this copy of the course have solutions? The students' copy has none.
bool has_solutions(const Context& context) { return std::filesystem::is_directory(context.root / "solutions"); }

}  // namespace

void add_instructor_commands(CLI::App& app, const Context& context) {
  if (!has_solutions(context)) {
    return;
  }
  for (const InstructorCommand& command : instructor_commands) {
    add_command(app, command.group, command.name, command.help, [] { return 0; });
  }
}

void run_instructor_command(const Context& context, const std::vector<std::string>& words) {
  // `help grade` is about grade
  const std::size_t first = !words.empty() && words.front() == "help" ? 1 : 0;
  const bool known = first < words.size() && std::ranges::any_of(instructor_commands, [&](const InstructorCommand& c) {
                       return words[first] == c.name;
                     });
  if (!known || !has_solutions(context)) {
    return;
  }
  build(context.root, "instructor");
  become(context.root / "build" / "check" / "grader" / "instructor", words);
}

}  // namespace grader
