#include <fmt/format.h>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <unistd.h>

#include "command_line.hpp"
#include "commands.hpp"
#include "home/backup.hpp"
#include "home/next_step.hpp"
#include "system/sha256.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

/// Replaces one file with the starter; the old file is kept under another name.
void reset_file(const Lab& lab, const std::string& file) {
  const fs::path path = lab.folder() / file;
  const fs::path starter = lab.starter() / file;
  const std::string shown = "labs/" + lab.name + "/" + file;
  if (!fs::exists(starter)) {
    throw std::runtime_error(
        fmt::format("labs/{}/starter/{} is missing; to get it back, type\n\n    "
                    "git checkout labs/{}/starter",
                    lab.name, file, lab.name));
  }
  if (fs::exists(path) && sha256_of_file(path) == sha256_of_file(starter)) {
    fmt::print("{} is already the starter.\n", shown);
    return;
  }
  fs::create_directories(path.parent_path());
  if (fs::exists(path)) {
    const fs::path backup = set_aside(path);
    print_wrapped(
        fmt::format("Your code is kept as labs/{}/{}\n", lab.name, fs::relative(backup, lab.folder()).string()));
  }
  fs::copy_file(starter, path);
  // The copy may be read-only like its original, and older than what was built from the old file
  fs::permissions(path, fs::perms::owner_write, fs::perm_options::add);
  fs::last_write_time(path, fs::file_time_type::clock::now());
  fmt::print("{} is the starter again.\n", shown);
}

/// Asks before a lab is reset that the command does not name.
bool may_reset(const Lab& lab) {
  if (isatty(STDIN_FILENO) != 1) {
    throw std::runtime_error(
        fmt::format("which lab? The one at hand is {}: ./course reset {}", lab.name, lab.number()));
  }
  print_wrapped(fmt::format("Start {} again? Your code is kept under another name. [y/N] ", lab.name));
  std::fflush(stdout);
  std::string answer;
  std::getline(std::cin, answer);
  return answer.starts_with('y') || answer.starts_with('Y');
}

int reset(const Context& context, const std::string& called) {
  const Lab lab = named_lab(context.root, called);
  if (called.empty() && !may_reset(lab)) {
    fmt::print("Nothing was changed.\n");
    return 1;
  }
  for (const std::string& file : lab.files) {
    reset_file(lab, file);
  }
  update_progress(context.root, [&](CourseProgress& progress) { progress.erase(lab.name); });
  print_wrapped(
      fmt::format("Its points and hints are forgotten.\n\nNext:\n\n    {}\n\n", bold("./course test " + lab.number())));
  return 0;
}

}  // namespace

void add_reset_command(CLI::App& app, const Context& context) {
  const auto lab = std::make_shared<std::string>();
  CLI::App& command = add_command(app, for_students, "reset", "Start a lab again, from 0 points; your code is kept",
                                  [context, lab] { return reset(context, *lab); });
  add_option(command, "lab", *lab, "The lab: 02_mlp, 02, 2 or mlp; asks about the one at hand by default");
}

}  // namespace grader
