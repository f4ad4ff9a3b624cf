#pragma once

#include <filesystem>

namespace CLI {
class App;
}

namespace grader {

/// What every command knows.
struct Context {
  std::filesystem::path root;  // of the repository
};

/// Headings of the help page.
inline constexpr const char* for_students = "For students";
inline constexpr const char* for_instructors = "For instructors";
inline constexpr const char* for_developers = "For developers";

// Each of these adds a command to the program. Each has a file of its own, named after it.
void add_test_command(CLI::App& app, const Context& context);
void add_hint_command(CLI::App& app, const Context& context);
void add_reset_command(CLI::App& app, const Context& context);
void add_submit_command(CLI::App& app, const Context& context);
void add_run_commands(CLI::App& app, const Context& context);
void add_data_command(CLI::App& app, const Context& context);
void add_check_command(CLI::App& app, const Context& context);
void add_grade_command(CLI::App& app, const Context& context);
void add_grades_command(CLI::App& app, const Context& context);
void add_regrade_command(CLI::App& app, const Context& context);
void add_release_command(CLI::App& app, const Context& context);
void add_gradescope_commands(CLI::App& app, const Context& context);
void add_github_command(CLI::App& app, const Context& context);
void add_transcript_command(CLI::App& app, const Context& context);
void add_record_command(CLI::App& app, const Context& context);
void add_verify_command(CLI::App& app, const Context& context);

/// Prints how far the student is in every lab, and the next step. Returns the exit status.
int show_status(const Context& context);

}  // namespace grader
