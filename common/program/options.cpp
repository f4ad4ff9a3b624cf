#include "program/options.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <getopt.h>
#include <iostream>
#include <sysexits.h>
#include <system_error>
#include <utility>

namespace nn {

namespace {

constexpr int first_option = 1000;  // what getopt_long answers for the first of ours; below are characters

/// Sets the number if the whole text is one.
template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_size(std::string_view text, std::size_t& size, std::size_t lowest, std::size_t highest) {
  return read_number(text, size) && size >= lowest && size <= highest;
}

template <class Real>
std::function<bool(std::string_view)> real_setter(Real& value) {
  return [&value](std::string_view text) { return read_number(text, value) && std::isfinite(value); };
}

std::string whole_number(std::size_t lowest, std::size_t highest) {
  if (highest == std::numeric_limits<std::size_t>::max()) {
    return "a whole number" + (lowest == 0 ? "" : ", at least " + std::to_string(lowest));
  }
  return "a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest);
}

}  // namespace

ProgramOptions::ProgramOptions(std::string description, std::string command)
    : description_(std::move(description)), command_(std::move(command)) {}

void ProgramOptions::text(const std::string& name, std::string& value, const std::string& help) {
  options_.push_back({name, help, "text", [&value](std::string_view text) {
                        value = text;
                        return true;
                      }});
}

void ProgramOptions::choice(const std::string& name, std::string& value, const std::string& help,
                            const std::vector<std::string>& choices) {
  std::string expected;
  for (const std::string& choice : choices) {
    expected += (expected.empty() ? "" : " or ") + choice;
  }
  options_.push_back({name, help, expected, [&value, choices](std::string_view text) {
                        value = text;
                        return std::ranges::find(choices, text) != choices.end();
                      }});
}

void ProgramOptions::number(const std::string& name, std::size_t& value, const std::string& help, std::size_t lowest,
                            std::size_t highest) {
  options_.push_back({name, help, whole_number(lowest, highest), [&value, lowest, highest](std::string_view text) {
                        return read_size(text, value, lowest, highest);
                      }});
}

void ProgramOptions::numbers(const std::string& name, std::vector<std::size_t>& values, const std::string& help,
                             std::size_t lowest, std::size_t highest) {
  // The first value that is given replaces the default
  const auto add = [&values, lowest, highest, first = true](std::string_view text) mutable {
    std::size_t size = 0;
    const bool fits = read_size(text, size, lowest, highest);
    values.resize(std::exchange(first, false) ? 0 : values.size());
    values.push_back(size);
    return fits;
  };
  options_.push_back({name, help, whole_number(lowest, highest) + ", or several", add, Option::several});
}

void ProgramOptions::real(const std::string& name, double& value, const std::string& help) {
  options_.push_back({name, help, "a number", real_setter(value)});
}

void ProgramOptions::real(const std::string& name, float& value, const std::string& help) {
  options_.push_back({name, help, "a number", real_setter(value)});
}

void ProgramOptions::flag(const std::string& name, bool& value, const std::string& help) {
  options_.push_back({name, help, "", [&value](std::string_view) { return value = true; }, Option::none});
}

std::optional<int> ProgramOptions::read(int argc, const char* const* argv) {
  std::vector<::option> known = {{"help", no_argument, nullptr, 'h'}};
  int answer = first_option;
  for (const Option& ours : options_) {
    known.push_back(
        {ours.name.c_str() + 2, ours.values == Option::none ? no_argument : required_argument, nullptr, answer++});
  }
  known.push_back({});

  optind = 0;                                    // begin anew
  auto* words = const_cast<char* const*>(argv);  // which "+" leaves as they are
  while ((answer = getopt_long(argc, words, "+:h", known.data(), nullptr)) != -1) {
    if (answer == 'h') {
      return print_help();
    }
    if (answer == '?') {
      const bool is_character = optopt > 0 && optopt < first_option;
      return refuse((is_character ? std::string("-") + static_cast<char>(optopt) : argv[optind - 1]) + " is unknown");
    }
    const Option& ours = options_[static_cast<std::size_t>((answer == ':' ? optopt : answer) - first_option)];
    if (answer == ':') {
      return refuse(ours.name + " has no value: expected " + ours.expected);
    }

    // What follows a list belongs to it, up to the next option
    std::vector<std::string> values = {optarg == nullptr ? "" : optarg};
    while (ours.values == Option::several && optind < argc && argv[optind][0] != '-') {
      values.emplace_back(argv[optind++]);
    }
    for (const std::string& value : values) {
      if (!ours.set(value)) {
        return refuse(ours.name + " " + value + ": expected " + ours.expected);
      }
    }
  }
  return optind == argc ? std::nullopt : std::optional(refuse(argv[optind] + std::string(" belongs to no option")));
}

int ProgramOptions::print_help() const {
  std::cout << description_ << "\nUsage: " << command_ << " [OPTIONS]\n\nOptions:\n";
  const std::string help_name = "-h, --help";
  std::size_t width = help_name.size();
  for (const Option& ours : options_) {
    width = std::max(width, ours.name.size());
  }
  const auto print_line = [width](const std::string& name, const std::string& help) {
    std::cout << "  " << name << std::string(width + 2 - name.size(), ' ') << help << '\n';
  };
  print_line(help_name, "print this help and exit");
  for (const Option& ours : options_) {
    print_line(ours.name, ours.help + (ours.expected.empty() ? "" : " (" + ours.expected + ")"));
  }
  return 0;
}

int ProgramOptions::refuse(const std::string& reason) const {
  std::cerr << reason << "\n--help names the options.\n";
  return EX_USAGE;
}

}  // namespace nn
