#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace nn {

/// The options of a program, each with the variable that it sets and a help text for --help; the initial value of the
/// variable is the default. The variables must outlive the object. CLI11 parses the command line, in options.cpp only:
/// it would take seconds to compile in every program.
class ProgramOptions {
 public:
  /// `command` is what the user types: "./course demo 02".
  ProgramOptions(const std::string& description, const std::string& command);
  ~ProgramOptions();
  ProgramOptions(const ProgramOptions&) = delete;
  ProgramOptions& operator=(const ProgramOptions&) = delete;

  /// Declares an option; `name` is "--out" or the like. Numbers must lie between `lowest` and `highest`.
  void text(const std::string& name, std::string& value, const std::string& help);
  void choice(const std::string& name, std::string& value, const std::string& help,
              const std::vector<std::string>& choices);
  void number(const std::string& name, std::size_t& value, const std::string& help, std::size_t lowest = 0,
              std::size_t highest = std::numeric_limits<std::size_t>::max());
  void numbers(const std::string& name, std::vector<std::size_t>& values, const std::string& help, std::size_t lowest,
               std::size_t highest);
  void real(const std::string& name, double& value, const std::string& help);
  void real(const std::string& name, float& value, const std::string& help);
  void flag(const std::string& name, bool& value, const std::string& help);

  /// Sets the variables from a command line. Returns nothing if the program should continue; otherwise the exit status:
  /// 0 after --help, another number after invalid options. The help or the error has then been printed.
  std::optional<int> read(int argc, const char* const* argv);

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace nn
