#include "lab/version.hpp"

#include <algorithm>
#include <set>
#include <system_error>

#include "system/process.hpp"
#include "system/sha256.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

/// Every file below the folder with one of these extensions, sorted.
std::set<fs::path> files_below(const fs::path& folder, const std::set<std::string>& extensions) {
  std::set<fs::path> files;
  std::error_code missing;
  for (const auto& entry : fs::recursive_directory_iterator(folder, missing)) {
    if (entry.is_regular_file() && extensions.contains(entry.path().extension())) {
      files.insert(entry.path());
    }
  }
  return files;
}

}  // namespace

std::string course_version(const fs::path& root) {
  Command command;
  command.arguments = {"git", "-C", root.string(), "describe", "--always", "--tags", "--dirty"};
  try {
    const Outcome outcome = run(command);
    return outcome.succeeded() ? outcome.output.substr(0, outcome.output.find('\n')) : "";
  } catch (const std::system_error&) {
    return "";
  }
}

std::string lab_version(const Lab& lab) {
  std::set<fs::path> files = files_below(lab.root / "common", {".hpp", ".cpp"});
  files.merge(files_below(lab.folder(), {".hpp", ".json"}));
  files.merge(files_below(lab.solution(), {".cpp", ".hpp", ".patch"}));
  for (const auto& file : files_below(lab.folder(), {".cpp"})) {
    if (file.stem().string().ends_with("_test")) {
      files.insert(file);
    }
  }
  std::string all;
  for (const fs::path& file : files) {
    all += file.lexically_relative(lab.root).string() + ":" + sha256_of_file(file) + "\n";
  }
  return sha256(all).substr(0, 12);
}

}  // namespace grader
