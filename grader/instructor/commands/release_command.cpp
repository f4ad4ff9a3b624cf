#include <fmt/format.h>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "command_line.hpp"
#include "commands.hpp"
#include "lab/lab.hpp"
#include "release/git.hpp"
#include "release/release_scan.hpp"
#include "release/release_update.hpp"
#include "system/terminal.hpp"

namespace grader {

namespace {

struct ReleaseOptions {
  std::string folder;
  std::string solutions;
  bool update = false;
  bool committed = false;
};

/// The full names of the labs in "02,03".
std::set<std::string> labs_named(const Context& context, const std::string& list) {
  std::set<std::string> names;
  std::istringstream words(list);
  for (std::string word; std::getline(words, word, ',');) {
    names.insert(find_lab(context.root, word).name);
  }
  return names;
}

/// Throws if a released file contains a piece of a withheld file.
void check_for_leaks(const Release& release) {
  std::string text;
  for (const Leak& leak : find_leaks(release)) {
    text += fmt::format("\n  {} and {}", leak.withheld, leak.released);
  }
  if (!text.empty()) {
    throw std::runtime_error(
        "nothing was released: these withheld and released files share five lines in a row. Remove the lines from the "
        "released files:" +
        text);
  }
}

void print_paths(const std::string& heading, const std::vector<std::string>& paths) {
  if (!paths.empty()) {
    fmt::print("{}:\n  {}\n", heading, fmt::join(paths, "\n  "));
  }
}

void print_update(const std::string& folder, const UpdateReport& report) {
  print_paths("Added", report.added);
  print_paths("Updated", report.changed);
  print_paths("Removed, because the course no longer has them", report.removed);
  print_paths("Changed by hand before; the old versions are kept under these names", report.backups);
  fmt::print("{}{}\n", folder, report.empty() ? " was up to date." : " is up to date.");
  if (report.committed) {
    fmt::print("The changes are committed. The student's own files were not touched.\n");
  }
}

int release_course(const Context& context, const ReleaseOptions& options) {
  const CourseFiles committed = committed_files(context.root);
  check_committed(context.root, options.committed);
  Release release = make_release(committed, labs_named(context, options.solutions));
  release.version = git_version(context.root);
  check_for_leaks(release);

  const std::string scanned =
      release.withheld.empty()
          ? "This copy of the course has no solutions, so there was nothing to scan for.\n"
          : fmt::format(
                "The scan found no five lines in a row of the {} withheld files in the {} files for students.\n",
                release.withheld.size(), release.files.size());
  fmt::print("{}", scanned);
  if (options.update) {
    print_update(options.folder, update_release(options.folder, release));
    return 0;
  }
  create_release(options.folder, release);
  fmt::print(
      "{} is the students' repository, version {}. Push it to a place where students can clone it:\n\n    {}\n\n",
      options.folder, release.version, bold(fmt::format("git -C {} push URL main", options.folder)));
  return 0;
}

}  // namespace

void add_release_command(CLI::App& app, const Context& context) {
  const auto options = std::make_shared<ReleaseOptions>();
  CLI::App& command =
      add_command(app, instructor_command("release"), [context, options] { return release_course(context, *options); });
  add_argument(command, "folder", options->folder,
               "The new repository; with --update, an earlier release or a student's copy");
  add_flag(command, "--update", options->update,
           "Update the folder to this version; files that the student edits do not change");
  add_option(command, "--solutions", options->solutions, "Labs whose solutions students may see now, such as 02,03");
  add_flag(command, "--committed", options->committed, "Release the last commit, without later changes");
}

}  // namespace grader
