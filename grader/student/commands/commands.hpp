#pragma once

#include "command_line.hpp"

namespace grader {

// Each of these adds a command to the program, and is defined in its own source, named after it.
void add_test_command(CLI::App& app, const Context& context);
void add_watch_command(CLI::App& app, const Context& context);
void add_earlier_command(CLI::App& app, const Context& context);
void add_doctor_command(CLI::App& app, const Context& context);
void add_solution_command(CLI::App& app, const Context& context);
void add_hint_command(CLI::App& app, const Context& context);
void add_reset_command(CLI::App& app, const Context& context);
void add_submit_command(CLI::App& app, const Context& context);
void add_run_commands(CLI::App& app, const Context& context);
void add_data_command(CLI::App& app, const Context& context);
void add_check_command(CLI::App& app, const Context& context);
void add_github_command(CLI::App& app, const Context& context);

/// Shows the commands of instructors and developers on the help page, if the repository has solutions.
void add_instructor_commands(CLI::App& app, const Context& context);

/// If the command line names a command of the program `instructor`, builds that program and becomes it; else returns.
void run_instructor_command(const Context& context, const std::vector<std::string>& words);

/// Prints what may follow the words behind "complete", with which completion.bash asks, and ends the program; returns
/// if the words begin otherwise. To be called when all commands are known.
void answer_shell(const CLI::App& app, const Context& context, const std::vector<std::string>& words);

/// Prints how far the student is in every lab, and the next step. Returns the exit status.
int show_status(const Context& context);

}  // namespace grader
