#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <fmt/format.h>
#include <stdexcept>
#include <unistd.h>

#include "lab/suggest.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

void complain(const std::string& message) {
  std::fflush(stdout);
  // What follows the first line is indented like it
  const std::string text = wrapped("        " + message).substr(8);
  fmt::print(stderr, "{} {}\n", isatty(2) == 1 ? red("course:") : "course:", text);
}

/// `course help` is `course --help`, and `course help test` is `course test --help`.
std::vector<std::string> arguments_of(int argc, const char* const* argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && arguments.front() == "help") {
    arguments.erase(arguments.begin());
    arguments.push_back("--help");
  }
  return arguments;
}

int parse_and_run(CLI::App& app, std::vector<std::string> arguments, const std::function<int()>& no_command) {
  const std::vector<std::string> names = command_names(app);
  const bool named = !arguments.empty() && arguments.front()[0] != '-';
  if (named && std::find(names.begin(), names.end(), arguments.front()) == names.end()) {
    complain(fmt::format("there is no command '{}'.{} See: ./course help", arguments.front(),
                         did_you_mean(arguments.front(), names)));
    return 2;
  }
  try {
    std::reverse(arguments.begin(), arguments.end());
    app.parse(arguments);
    return app.get_subcommands().empty() ? no_command() : 0;
  } catch (const CLI::RuntimeError& status) {
    return status.get_exit_code();
  } catch (const CLI::Success& help_was_asked_for) {
    print_wrapped(app.help());
    return help_was_asked_for.get_exit_code();
  } catch (const CLI::ParseError& error) {
    const auto commands = app.get_subcommands();
    const std::string command = commands.empty() ? "" : " " + commands.front()->get_name();
    const auto parts = commands.empty() ? std::vector<std::string>{} : command_names(*commands.front());
    const bool wants_part = !parts.empty() && commands.front()->get_subcommands().empty();
    complain(fmt::format(
        "{}\n        Usage: ./course help{}",
        wants_part ? fmt::format("choose one of: ./course{} {}", command, fmt::join(parts, ", ")) : error.what(),
        command));
    return 2;
  }
}

}  // namespace

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) {
    names.push_back(command->get_name());
  }
  return names;
}

Context find_context() {
  const char* root = std::getenv("COURSE_ROOT");
  if (root == nullptr) {
    throw std::runtime_error("COURSE_ROOT is not set: start this program with ./course, at the root of the repository");
  }
  return {root};
}

CLI::App& add_command(CLI::App& app, const std::string& group, const std::string& name, const std::string& help,
                      std::function<int()> run) {
  CLI::App* command = app.add_subcommand(name, help);
  command->group(group);
  command->footer("");
  command->callback([run = std::move(run)] {
    if (const int status = run(); status != 0) {
      throw CLI::RuntimeError(status);
    }
  });
  return *command;
}

CLI::App& add_command_group(CLI::App& app, const std::string& group, const std::string& name, const std::string& help) {
  CLI::App* command = app.add_subcommand(name, help);
  command->group(group);
  command->footer("");
  command->require_subcommand(1);
  return *command;
}

void add_argument(CLI::App& command, const std::string& name, std::string& value, const std::string& help) {
  command.add_option(name, value, help)->required()->type_name("");
}

void add_argument(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                  const std::string& help) {
  command.add_option(name, values, help)->required()->type_name("");
}

void add_required(CLI::App& command, const std::string& name, std::string& value, const std::string& help) {
  command.add_option(name, value, help)->required()->type_name("TEXT");
}

void add_option(CLI::App& command, const std::string& name, std::string& value, const std::string& help) {
  command.add_option(name, value, help)->type_name(name[0] == '-' ? "TEXT" : "");
}

void add_option(CLI::App& command, const std::string& name, unsigned long& value, const std::string& help) {
  command.add_option(name, value, help)->type_name("NUMBER");
}

void add_flag(CLI::App& command, const std::string& name, bool& on, const std::string& help) {
  command.add_flag(name, on, help);
}

void add_rest(CLI::App& command, std::vector<std::string>& rest) {
  command.allow_extras();
  command.set_help_flag();
  command.parse_complete_callback([&command, &rest] {
    rest = command.remaining();
    if (rest.size() == 1 && asks_for_help(rest.front())) {
      throw CLI::CallForHelp();
    }
  });
}

void add_examples(CLI::App& command, const std::string& examples) { command.footer("Examples:\n" + examples); }

bool asks_for_help(const std::string& word) { return word == "--help" || word == "-h"; }

int run_command_line(int argc, const char* const* argv, const std::function<void(CLI::App&)>& add_commands,
                     const std::function<int()>& no_command) {
  try {
    CLI::App app(
        "Deep learning in C++20, from the perceptron to a translator.\n"
        "Without a command: shows your progress and the next step.",
        "./course");
    app.get_formatter()->column_width(20);
    app.get_formatter()->label("SUBCOMMAND", "COMMAND");
    app.get_formatter()->label("Positionals", "Words");
    app.get_formatter()->label("REQUIRED", "");
    app.footer("The options of a command: ./course help COMMAND");
    app.require_subcommand(0, 1);  // so that a command's name may also be a word of another command
    add_commands(app);
    return parse_and_run(app, arguments_of(argc, argv), no_command);
  } catch (const std::exception& error) {
    complain(error.what());
    return 1;
  }
}

}  // namespace grader
