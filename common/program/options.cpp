#include "program/options.hpp"

#include <CLI/CLI.hpp>

namespace nn {

ProgramOptions::ProgramOptions(const std::string& description, const std::string& command)
    : app_(std::make_unique<CLI::App>(description, command)) {}

ProgramOptions::~ProgramOptions() = default;

void ProgramOptions::text(const std::string& name, std::string& value, const std::string& help) {
  app_->add_option(name, value, help);
}

void ProgramOptions::choice(const std::string& name, std::string& value, const std::string& help,
                            const std::vector<std::string>& choices) {
  app_->add_option(name, value, help)->check(CLI::IsMember(choices));
}

void ProgramOptions::number(const std::string& name, std::size_t& value, const std::string& help, std::size_t lowest,
                            std::size_t highest) {
  CLI::Option* const option = app_->add_option(name, value, help);
  if (lowest > 0 || highest < std::numeric_limits<std::size_t>::max()) {
    option->check(CLI::Range(lowest, highest));  // --help prints it
  }
}

void ProgramOptions::numbers(const std::string& name, std::vector<std::size_t>& values, const std::string& help,
                             std::size_t lowest, std::size_t highest) {
  app_->add_option(name, values, help)->check(CLI::Range(lowest, highest));
}

void ProgramOptions::real(const std::string& name, double& value, const std::string& help) {
  app_->add_option(name, value, help);
}

void ProgramOptions::real(const std::string& name, float& value, const std::string& help) {
  app_->add_option(name, value, help);
}

void ProgramOptions::flag(const std::string& name, bool& value, const std::string& help) {
  app_->add_flag(name, value, help);
}

std::optional<int> ProgramOptions::read(int argc, const char* const* argv) {
  try {
    app_->parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    return app_->exit(error);
  }
}

}  // namespace nn
