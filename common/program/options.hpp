#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nn {

/// The options of a program, each with the variable that it sets and a help text that --help prints; what a variable
/// holds at first is the default. The variables must outlive the object. getopt_long reads the words.
class ProgramOptions {
 public:
  /// `command` is how one types it: "./course demo 02".
  ProgramOptions(std::string description, std::string command);

  /// Declares an option; `name` is "--out" or the like. Numbers must lie between `lowest` and `highest`. After
  /// `numbers` comes one value or several, after `flag` none.
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

  /// Sets the variables by the words of a command line. Returns nothing if the program should go on, or the status to
  /// exit with: 0 after --help, 64 after words that do not fit. What there was to say has then been printed.
  std::optional<int> read(int argc, const char* const* argv);

 private:
  struct Option {
    std::string name;
    std::string help;
    std::string expected;                       // of a value, in words: "a whole number from 1 to 9"
    std::function<bool(std::string_view)> set;  // false if the value is another
    enum { none, one, several } values = one;
  };

  int print_help() const;
  int refuse(const std::string& reason) const;

  std::string description_;
  std::string command_;
  std::vector<Option> options_;
};

}  // namespace nn
