#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace grader {

/// What every command knows.
struct Context {
  std::filesystem::path root;  // of the repository
};

/// The context that the launcher ./course gives. Throws std::runtime_error if another way was taken.
Context find_context();

/// Headings of the help page.
inline constexpr const char* for_students = "For students";
inline constexpr const char* for_instructors = "For instructors";
inline constexpr const char* for_developers = "For developers";

// What our commands need of CLI11, whose header takes several seconds to compile: only command_line.cpp includes it.
// The variables must live until the command has run; a command keeps them in a shared_ptr that its `run` captures.

/// Adds the command `name`; `run` does the work and returns the exit status. Groups divide the help page.
CLI::App& add_command(CLI::App& app, const std::string& group, const std::string& name, const std::string& help,
                      std::function<int()> run);

/// The names of the commands.
std::vector<std::string> command_names(const CLI::App& app);

/// Adds a command that has commands of its own, of which one must be named.
CLI::App& add_command_group(CLI::App& app, const std::string& group, const std::string& name, const std::string& help);

/// A word that must be given, such as the lab.
void add_argument(CLI::App& command, const std::string& name, std::string& value, const std::string& help);
void add_argument(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                  const std::string& help);

/// An option that must be given: "--lab" takes a value.
void add_required(CLI::App& command, const std::string& name, std::string& value, const std::string& help);

/// What may be given: "--seed" takes a value, "task" is a word.
void add_option(CLI::App& command, const std::string& name, std::string& value, const std::string& help);
void add_option(CLI::App& command, const std::string& name, unsigned long& value, const std::string& help);

/// On if it is given: "--mine".
void add_flag(CLI::App& command, const std::string& name, bool& on, const std::string& help);

/// Whatever else is given, in order, unknown options too; --help among other words too.
void add_rest(CLI::App& command, std::vector<std::string>& rest);

/// Is it --help or -h?
bool asks_for_help(const std::string& word);

/// Lines at the end of the command's help page.
void add_examples(CLI::App& command, const std::string& examples);

/// Reads the command line and runs the command that it names, or `no_command` if it names none. Returns the exit
/// status: 2 for a command line that makes no sense, 1 for an exception, whose message is printed.
int run_command_line(int argc, const char* const* argv, const std::function<void(CLI::App&)>& add_commands,
                     const std::function<int()>& no_command);

}  // namespace grader
