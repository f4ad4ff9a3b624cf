#include <fmt/format.h>
#include <memory>
#include <string>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/build.hpp"
#include "verify/verify.hpp"

namespace grader {

namespace {

int record(const Context& context, const std::string& called) {
  const Lab lab = find_lab(context.root, called);
  build(context.root, lab.name + ".judge");
  const wire::Expected expected = observe_on_public_seed(lab);
  safetensors::save(expected_file(lab), expected.to_document());
  fmt::print("labs/{}/expected.safetensors holds what the reference and {} mistakes observe on the public seed.\n",
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
