#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "files/whole_file.hpp"
#include "home/build.hpp"
#include "home/compare_files.hpp"
#include "home/next_step.hpp"
#include "home/test_lab.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

struct SolutionOptions {
  std::string lab;
  bool anyway = false;
};

constexpr std::size_t widest = 250;  // two columns of the longest lines

/// A page of Markdown with each paragraph in one line, to be wrapped anew.
std::string joined_paragraphs(const std::string& page) {
  std::string text;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    const bool begins = line.empty() || line.find_first_of("#-|`> ") == 0;
    text += text.empty() || text.ends_with('\n') || !begins ? "" : "\n";
    text += line.empty() ? "\n" : (text.empty() || text.ends_with('\n') ? "" : " ") + line;
  }
  return text + "\n";
}

/// Throws std::runtime_error unless every test passes.
void check_is_complete(const Lab& lab) {
  std::string obstacle;
  try {
    if (all_tests_pass(lab)) {
      return;
    }
    obstacle = "not every test passes yet";
  } catch (const BuildError&) {
    obstacle = "your code does not build yet";
  }
  throw std::runtime_error(
      fmt::format("{}. You remember best what you find yourself: ./course hint {} gives a hint. "
                  "To see the solution all the same: ./course solution {} --anyway",
                  obstacle, lab.number(), lab.number()));
}

int show_solution(const Context& context, const SolutionOptions& options) {
  const Lab lab = named_lab(context.root, options.lab);
  if (!std::filesystem::is_directory(lab.solution())) {
    throw std::runtime_error(
        fmt::format("solutions/{} is not in this copy of the course: your instructor has it", lab.name));
  }
  if (!options.anyway) {
    check_is_complete(lab);
  }

  // Compare file by file
  for (const std::string& file : lab.files) {
    fmt::print("\n{}\n\n", bold(fmt::format("labs/{0}/{1} and solutions/{0}/{1}", lab.name, file)));
    const std::string differences = compare_files(lab.folder() / file, lab.solution() / file, terminal_width(widest));
    fmt::print("{}", differences.empty() ? "They are equal.\n" : differences);
  }

  // Answer the questions of the handout
  if (const auto answers = lab.solution() / "answers.md"; std::filesystem::exists(answers)) {
    fmt::print("\n{}\n\n", bold(fmt::format("solutions/{}/answers.md", lab.name)));
    print_wrapped(joined_paragraphs(nn::read_whole(answers)));
  }
  return 0;
}

}  // namespace

void add_solution_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<SolutionOptions>();
  CLI::App& command = add_command(app, for_students, "solution", "Compare a finished lab with the reference",
                                  [context, options] { return show_solution(context, *options); });
  add_option(command, "lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp; the one at hand by default");
  add_flag(command, "--anyway", options->anyway, "Even if not every test passes");
  add_examples(command, "  ./course solution 02 | less     page by page");
}

}  // namespace grader
