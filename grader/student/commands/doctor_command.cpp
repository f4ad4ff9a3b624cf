#include <fmt/format.h>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/doctor.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

int doctor(const Context& context) {
  bool sound = true;
  fmt::print("\n");
  for (const Finding& finding : examine(context.root)) {
    const bool well = finding.remedy.empty();
    sound = sound && (well || !finding.is_needed);
    const std::string mark = well ? green("✓") : finding.is_needed ? red("✗") : yellow("!");
    print_wrapped(fmt::format("  {} {:<11}  {}\n", mark, finding.what, finding.state));
    if (!well) {
      print_wrapped(fmt::format("                 {}\n", finding.remedy));
    }
  }
  print_wrapped(sound ? "\nAll that the course needs is here.\n\n"
                      : "\nSomething is missing. The line below it says how to get it; then type ./course again.\n\n");
  return sound ? 0 : 1;
}

}  // namespace

void add_doctor_command(CLI::App& app, const Context& context) {
  add_command(app, for_students, "doctor", "What the course finds on this machine, to paste into a question",
              [context] { return doctor(context); });
}

}  // namespace grader
