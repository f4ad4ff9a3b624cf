#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/manifest.hpp"
#include "home/progress.hpp"
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
    throw std::runtime_error("your name is missing: add --name and your name or number, in Latin letters and digits");
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

int submit(const Context& context, const SubmitOptions& options) {
  const Lab lab = find_lab(context.root, options.lab);
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

  fmt::print("\nHand in this file:\n\n    {}\n\n", bold(archive));
  if (progress.is_current(fingerprint(lab))) {
    fmt::print("On your computer it gets {} of {} points.\n\n", progress.points(), progress.possible());
  } else {
    fmt::print("{} some tests have not been run on this code yet. To see your points first, type:\n\n    {}\n\n",
               yellow("Note:"), bold("./course test " + lab.number()));
  }
  return 0;
}

}  // namespace

void add_submit_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<SubmitOptions>();
  CLI::App& command = add_command(app, for_students, "submit", "Pack your files of a lab to hand them in",
                                  [context, options] { return submit(context, *options); });
  add_argument(command, "lab", options->lab, "The lab: 02_mlp, 02, 2 or mlp");
  add_option(command, "--name", options->name, "Your name or number; your user name by default");
}

}  // namespace grader
