#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace grader {

/// Information for every command.
struct Context {
  std::filesystem::path root;  // of the repository
};

/// The context from the launcher ./course. Throws std::runtime_error if the program was started in another way.
Context find_context();

/// Headings of the help page.
inline constexpr const char* for_students = "For students";
inline constexpr const char* for_instructors = "For instructors";
inline constexpr const char* for_developers = "For developers";

// The parts of CLI11 that our commands need. Its header takes several seconds to compile, so only command_line.cpp
// includes it. The variables must exist until the command has run; a command keeps them in a shared_ptr that its `run`
// captures.

/// Adds the command `name`; `run` does the work and returns the exit status. Groups divide the help page.
CLI::App& add_command(CLI::App& app, const std::string& group, const std::string& name, const std::string& help,
                      std::function<int()> run);

/// The names of the commands.
std::vector<std::string> command_names(const CLI::App& app);

/// Adds a command that has commands of its own, of which one must be named.
CLI::App& add_command_group(CLI::App& app, const std::string& group, const std::string& name, const std::string& help);

/// A required argument, such as the lab.
void add_argument(CLI::App& command, const std::string& name, std::string& value, const std::string& help);
void add_argument(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                  const std::string& help);

/// A required option: "--lab" takes a value.
void add_required(CLI::App& command, const std::string& name, std::string& value, const std::string& help);

/// An optional option or argument: "--seed" takes a value, "task" is a word.
void add_option(CLI::App& command, const std::string& name, std::string& value, const std::string& help);
void add_option(CLI::App& command, const std::string& name, unsigned long& value, const std::string& help);

/// A flag: "--mine".
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
