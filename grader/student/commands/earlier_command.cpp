#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/cmake_cache.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

int earlier(const Context& context, const std::string& choice) {
  if (choice == "mine" || choice == "solution") {
    choose_earlier_labs(context.root, choice == "mine" ? EarlierLabs::mine : EarlierLabs::solution);
  } else if (!choice.empty()) {
    throw std::runtime_error(
        fmt::format("'{}' is neither: ./course earlier mine, or ./course earlier solution", choice));
  }
  const bool mine = earlier_labs(context.root) == EarlierLabs::mine;
  print_wrapped(fmt::format("Your code for a lab runs on {} of the labs before it.\n",
                            bold(mine ? "your own code" : "the reference solutions")));
  if (choice.empty()) {
    print_wrapped(
        fmt::format("To change it: {}\n", bold(mine ? "./course earlier solution" : "./course earlier mine")));
  }
  return 0;
}

}  // namespace

void add_earlier_command(CLI::App& app, const Context& context) {
  const auto choice = std::make_shared<std::string>();
  CLI::App& command =
      add_command(app, for_students, "earlier", "Build later labs on your own code, or on the solutions",
                  [context, choice] { return earlier(context, *choice); });
  add_option(command, "choice", *choice, "mine or solution; without it, what holds now");
  add_examples(command, "  ./course earlier mine       all the way up to the translator, every line is yours");
}

}  // namespace grader
