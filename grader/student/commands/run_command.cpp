#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/build.hpp"
#include "home/next_step.hpp"
#include "home/test_lab.hpp"
#include "lab/suggest.hpp"
#include "system/process.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

struct RunOptions {
  std::string program;  // "" if the words name it
  bool mine = false;
  bool reference = false;
  std::vector<std::string> words;  // the lab or not, the program where it is not known, and its arguments
};

/// Is the reference here?
bool is_solved(const Lab& lab) { return std::filesystem::is_directory(lab.solution()); }

/// Whose code a program runs, and why.
struct Choice {
  std::string variant;  // "mine" or "solution", as targets name them
  std::string why;
};

/// The student's code where it passes all of its tests, else the reference.
Choice choose_by_tests(const Lab& lab) {
  std::string obstacle;
  try {
    if (all_tests_pass(lab)) {
      return {"mine", "your code: it passes every test"};
    }
    obstacle = "your code does not pass every test yet (./course test " + lab.number() + ")";
  } catch (const BuildError&) {
    obstacle = "your code does not build yet (./course test " + lab.number() + ")";
  }
  if (!is_solved(lab)) {
    throw std::runtime_error(
        fmt::format("{}, and no reference solution is here to run instead.\n"
                    "To run your code all the same, add --mine",
                    obstacle));
  }
  return {"solution", "the reference: " + obstacle};
}

Choice choose(const Lab& lab, const RunOptions& options) {
  if (options.mine && options.reference) {
    throw std::runtime_error("--mine and --reference cannot be combined: choose one");
  }
  if (options.mine) {
    return {"mine", "your code, as you asked"};
  }
  if (!options.reference) {
    return choose_by_tests(lab);
  }
  if (!is_solved(lab)) {
    throw std::runtime_error(fmt::format("solutions/{} is not here: only --mine can run", lab.name));
  }
  return {"solution", "the reference, as you asked"};
}

/// What the words of the command line mean.
struct Program {
  Lab lab;
  std::string name;
  std::vector<std::string> arguments;
};

bool names_lab(const Context& context, const std::string& word) {
  try {
    find_lab(context.root, word);
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

/// Throws std::runtime_error that lists the lab's programs if the words name none of them.
Program named_program(const Context& context, const RunOptions& options) {
  std::vector<std::string> words = options.words;
  const auto take_word = [&] {
    const std::string word = words.front();
    words.erase(words.begin());
    return word;
  };
  // A first word that is neither an option nor a program names the lab
  const bool has_word = !words.empty() && !words.front().starts_with('-');
  const bool lab_is_named = has_word && (!options.program.empty() || names_lab(context, words.front()));
  Program program{named_lab(context.root, lab_is_named ? take_word() : ""), options.program, {}};
  if (program.name.empty() && !words.empty()) {
    program.name = take_word();
  }
  program.arguments = words;

  const std::vector<std::string> programs = programs_of(program.lab);
  if (std::ranges::find(programs, program.name) == programs.end()) {
    const std::string what = program.name.empty() ? "which program?"
                                                  : fmt::format("{} has no program '{}'.{}", program.lab.name,
                                                                program.name, did_you_mean(program.name, programs));
    throw std::runtime_error(
        fmt::format("{} The programs of {}: {}", what, program.lab.name, fmt::join(programs, ", ")));
  }
  return program;
}

int run_program(const Context& context, const RunOptions& options) {
  const Program program = named_program(context, options);
  const Lab& lab = program.lab;
  const bool help = std::ranges::any_of(program.arguments, asks_for_help);
  const Choice choice = help && !options.mine ? Choice{is_solved(lab) ? "solution" : "mine", ""} : choose(lab, options);
  build(lab.root, lab.target(choice.variant, program.name));
  if (!help) {
    print_wrapped(fmt::format("{} {} runs {}\n\n", bold(lab.name), program.name, choice.why));
  }

  // The matrix products of a small network are slower on several threads than on one
  setenv("OPENBLAS_NUM_THREADS", "1", 0);
  become(lab.program(choice.variant, program.name), program.arguments);
}

/// Adds a command that runs a program; `program` is empty where the command line names it.
void add_one(CLI::App& app, const Context& context, const std::string& name, const std::string& program,
             const std::string& help, const std::string& examples) {
  const auto options = std::make_shared<RunOptions>();
  options->program = program;
  CLI::App& command =
      add_command(app, for_students, name, help, [context, options] { return run_program(context, *options); });
  add_flag(command, "--mine", options->mine, "Run your code, whatever its tests say");
  add_flag(command, "--reference", options->reference, "Run the reference solution");
  add_rest(command, options->words);
  add_examples(command, examples);
}

}  // namespace

void add_run_commands(CLI::App& app, const Context& context) {
  add_one(app, context, "demo", "demo", "See a lab's code at work",
          "  ./course demo               the lab at hand\n  ./course demo 02 --help     what the program can be told\n"
          "  ./course demo 02 --mine --epochs 3");
  add_one(app, context, "bench", "bench", "Measure how fast a lab's code is",
          "  ./course bench 02\n  ./course bench 02 --help    what the program can be told");
  add_one(app, context, "run", "", "Run any program of a lab",
          "  ./course run 02             lists the programs of lab 02\n  ./course run 02 fitting");
}

}  // namespace grader
