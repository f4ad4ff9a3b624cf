#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "class/earlier_solutions.hpp"
#include "class/gradescope.hpp"
#include "command_line.hpp"
#include "commands.hpp"
#include "home/build.hpp"
#include "release/git.hpp"
#include "system/terminal.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

struct ZipOptions {
  std::string lab;
  std::string out;
  bool committed = false;
  bool earlier_closed = false;
};

int write_zip(const Context& context, const ZipOptions& options) {
  const Lab lab = find_lab(context.root, options.lab);
  check_committed(context.root, options.committed);
  if (!options.earlier_closed) refuse_open_solutions(lab, {}, utc_now());
  write_gradescope_zip(lab, options.out);
  fmt::print("{} is a Gradescope autograder for {}. It contains the solutions: do not show it to anybody.\n",
             options.out, lab.name);
  fmt::print(
      "On Gradescope: Configure Autograder, choose a base image of Ubuntu 24.04 or later, upload the file, set {} "
      "points.\n",
      bold("100"));
  return 0;
}

struct HostOptions {
  std::string step;
  std::string lab;
  std::string folder = "/autograder";
};

/// The steps of setup.sh and run_autograder.
int on_host(const Context& context, const HostOptions& options) {
  const Lab lab = find_lab(context.root, options.lab);
  if (options.step == "prepare") {
    build(context.root, lab.name + ".judge");
    fmt::print("The judge of {} is built.\n", lab.name);
  } else if (options.step == "run") {
    grade_on_gradescope(lab, options.folder);
  } else {
    throw std::runtime_error("'" + options.step + "' is not a step of an autograder; the steps are prepare and run");
  }
  return 0;
}

}  // namespace

void add_gradescope_commands(CLI::App& app, const Context& context) {
  const auto zip = std::make_shared<ZipOptions>();
  CLI::App& zip_command =
      add_command(app, instructor_command("gradescope-zip"), [context, zip] { return write_zip(context, *zip); });
  add_argument(zip_command, "lab", zip->lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_required(zip_command, "--out", zip->out, "The zip file to write");
  add_flag(zip_command, "--earlier-closed", zip->earlier_closed, earlier_closed_help);
  add_flag(zip_command, "--committed", zip->committed, "Use the last commit, without later changes");

  const auto host = std::make_shared<HostOptions>();
  CLI::App& host_command =
      add_command(app, instructor_command("gradescope"), [context, host] { return on_host(context, *host); });
  add_argument(host_command, "step", host->step, "prepare or run");
  add_argument(host_command, "lab", host->lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_option(host_command, "--folder", host->folder, "The folder of Gradescope's files, instead of /autograder");
}

}  // namespace grader
