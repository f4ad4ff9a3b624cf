#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/build.hpp"
#include "home/given_files.hpp"
#include "home/home_run.hpp"
#include "home/manifest.hpp"
#include "home/next_step.hpp"
#include "submission/archive.hpp"
#include "submission/submission.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

struct SubmitOptions {
  std::string lab;
  std::string name;
};

/// The name in a form that is safe in a file name. Throws std::runtime_error if that is empty.
std::string file_name_of(const std::string& name) {
  std::string safe;
  for (const char letter : name) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || letter == '.' || letter == '_' || letter == '-';
    safe += plain ? letter : '_';
  }
  if (safe.find_first_not_of("._-") == std::string::npos) {
    throw std::runtime_error(
        "who hands this in? Add your name or number in Latin letters and digits: ./course submit --name 20261234");
  }
  return safe;
}

/// The user's name on this computer.
std::string user_name() {
  for (const char* variable : {"USER", "LOGNAME"}) {
    if (const char* value = std::getenv(variable); value != nullptr && *value != '\0') {
      return value;
    }
  }
  return "";
}

std::string content_of(const Lab& lab, const std::string& file) {
  std::ifstream in(lab.folder() / file, std::ios::binary);
  if (!in) {
    throw std::runtime_error(fmt::format("labs/{}/{} is missing: there is nothing to hand in", lab.name, file));
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What the student should know before they hand it in; "" if nothing.
std::string warning_before_submission(const Lab& lab, const LabProgress& progress) {
  const std::string test = "    " + bold("./course test " + lab.number()) + "\n";
  try {
    build_tests(lab);
  } catch (const BuildError& error) {
    return fmt::format("{} this code does not compile, so it will get no points. {}\n", red("Careful:"), error.what());
  }
  const std::string note = note_on_given_files(lab);
  if (!progress.is_current(fingerprint(lab))) {
    return fmt::format("{} not every test has run on this code. To see your points first, type:\n\n{}\n{}",
                       yellow("Note:"), test, note);
  }
  return note;
}

int submit(const Context& context, const SubmitOptions& options) {
  const Lab lab = named_lab(context.root, options.lab);
  const std::string name = file_name_of(options.name.empty() ? user_name() : options.name);
  std::map<std::string, std::string> files;
  for (const std::string& file : lab.files) {
    files[file] = content_of(lab, file);
  }
  const LabProgress progress = load_progress(context.root)[lab.name];
  files["manifest.json"] = manifest(lab, files, progress);

  const std::string archive = fmt::format("submissions/{}-{}.tar.gz", lab.name, name);
  fs::create_directories(context.root / "submissions");
  write_archive(context.root / archive, files);

  print_wrapped(fmt::format("\nHand in this file, which holds your {}:\n\n    {}\n\n", fmt::join(lab.files, ", "),
                            bold(archive)));
  if (options.name.empty()) {
    print_wrapped(fmt::format("It is named after your user name. Another name:\n\n    {}\n\n",
                              bold("./course submit " + lab.number() + " --name NAME")));
  }
  if (progress.is_current(fingerprint(lab))) {
    print_wrapped(fmt::format("At home it has {} of {} points.\n\n", progress.points(), progress.possible()));
  }
  print_wrapped(warning_before_submission(lab, progress));
  return 0;
}

}  // namespace

void add_submit_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<SubmitOptions>();
  CLI::App& command = add_command(app, for_students, "submit", "Pack your files of a lab to hand them in",
                                  [context, options] { return submit(context, *options); });
  add_option(command, "lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp; the one at hand by default");
  add_option(command, "--name", options->name, "Your name or number; your user name by default");
  add_examples(command, "  ./course submit 02 --name 20261234   makes submissions/02_mlp-20261234.tar.gz");
}

}  // namespace grader
