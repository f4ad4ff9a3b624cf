#include <fmt/format.h>
#include <memory>
#include <string>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/build.hpp"
#include "judge/reference.hpp"
#include "judge/transcript.hpp"

namespace grader {

namespace {

struct TranscriptOptions {
  std::string lab;
  std::string out;
  unsigned long seed = 1;
};

int write_transcript(const Context& context, const TranscriptOptions& options) {
  const Lab lab = find_lab(context.root, options.lab);
  build(context.root, lab.target("solution", "tests"));
  const auto records = run_reference(lab, "solution", options.seed);
  safetensors::save(options.out, transcript(lab, options.seed, records));
  fmt::print("{}: the inputs and outputs of the reference of {}, seed {}\n", options.out, lab.name, options.seed);
  return 0;
}

}  // namespace

void add_transcript_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<TranscriptOptions>();
  CLI::App& command = add_command(app, instructor_command("transcript"),
                                  [context, options] { return write_transcript(context, *options); });
  add_argument(command, "lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_option(command, "--seed", options->seed, "The seed of the inputs; 1, the public one, by default");
  add_required(command, "--out", options->out, "The safetensors file to write");
}

}  // namespace grader
