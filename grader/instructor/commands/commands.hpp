#pragma once

#include "instructor_commands.hpp"

namespace grader {

/// add_command and add_command_group, for an entry of instructor_commands.
inline CLI::App& add_command(CLI::App& app, const InstructorCommand& command, std::function<int()> run) {
  return add_command(app, command.group, command.name, command.help, std::move(run));
}
inline CLI::App& add_command_group(CLI::App& app, const InstructorCommand& command) {
  return add_command_group(app, command.group, command.name, command.help);
}

/// The help of --earlier-closed.
inline constexpr const char* earlier_closed_help =
    "Earlier labs whose solutions this one links can no longer be handed in, whatever policy.json says";

// Each of these adds a command to the program `instructor`, under the name and help of instructor_commands. Each has
// its own file, named after it.
void add_collect_command(CLI::App& app, const Context& context);
void add_grade_command(CLI::App& app, const Context& context);
void add_grades_command(CLI::App& app, const Context& context);
void add_regrade_command(CLI::App& app, const Context& context);
void add_release_command(CLI::App& app, const Context& context);
void add_gradescope_commands(CLI::App& app, const Context& context);
void add_transcript_command(CLI::App& app, const Context& context);
void add_record_command(CLI::App& app, const Context& context);
void add_verify_command(CLI::App& app, const Context& context);

}  // namespace grader
