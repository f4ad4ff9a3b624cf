#include <fmt/format.h>
#include <memory>
#include <string>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/build.hpp"
#include "judge/mistakes.hpp"
#include "safetensors/safetensors.hpp"

namespace grader {

namespace {

int record(const Context& context, const std::string& called) {
  const Lab lab = find_lab(context.root, called);
  build(context.root, lab.name + ".mistakes");
  const wire::Expected expected = observe_with_mistakes(lab, wire::public_seed).expected;
  safetensors::save(lab.expected_file(), expected.to_document());
  fmt::print(
      "labs/{}/expected.safetensors has the observations of the reference and of {} mistakes for the public seed.\n",
      lab.name, expected.mistakes().size());
  return 0;
}

}  // namespace

void add_record_command(CLI::App& app, const Context& context) {
  const auto lab = std::make_shared<std::string>();
  CLI::App& command = add_command(app, instructor_command("record"), [context, lab] { return record(context, *lab); });
  add_argument(command, "lab", *lab, "The lab: 02_mlp, 02, 2 or mlp");
}

}  // namespace grader
