#include "home/given_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>

#include "files/whole_file.hpp"
#include "lab/release_manifest.hpp"
#include "system/process.hpp"
#include "system/sha256.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

bool is_source(const fs::path& path) { return path.extension() == ".cpp" || path.extension() == ".hpp"; }

/// Does the judge compile a submission of the lab with it?
bool counts(const std::string& path, const Lab& lab) {
  const bool in_lab = path.starts_with("labs/" + lab.name + "/");
  return (in_lab && (is_source(path) || path.ends_with(".json") || path.ends_with(".safetensors"))) ||
         (path.starts_with("common/") && is_source(path));
}

bool is_students(const std::string& path, const Lab& lab) {
  return std::ranges::any_of(lab.files,
                             [&](const std::string& file) { return path == "labs/" + lab.name + "/" + file; });
}

GivenFiles compare_with_release(const Lab& lab) {
  const ReleaseManifest manifest = parse_release_manifest(nn::read_whole(lab.root / release_manifest_name));
  GivenFiles result;
  for (const auto& [path, hash] : manifest.files) {
    if (counts(path, lab) && (!fs::exists(lab.root / path) || sha256_of_file(lab.root / path) != hash)) {
      result.changed.push_back(path);
    }
  }
  for (const auto& entry : fs::recursive_directory_iterator(lab.folder())) {
    const std::string path = entry.path().lexically_relative(lab.root).generic_string();
    if (entry.is_regular_file() && is_source(path) && !manifest.files.contains(path) && !is_students(path, lab)) {
      result.extra.push_back(path);
    }
  }
  std::ranges::sort(result.extra);
  return result;
}

GivenFiles compare_with_git(const Lab& lab) {
  Command git;
  git.arguments = {"git", "status",           "--porcelain", "-z", "--no-renames", "--untracked-files=all",
                   "--",  "labs/" + lab.name, "common"};
  git.folder = lab.root;
  Outcome outcome;
  try {
    outcome = run(git);
  } catch (const std::system_error&) {
    return {};  // there is no git
  }
  GivenFiles result;
  // Entries are "XY path", each with a zero at its end; untracked files are "?? path"
  for (std::size_t at = 0; outcome.succeeded() && at < outcome.output.size();) {
    const std::string entry = outcome.output.substr(at, outcome.output.find('\0', at) - at);
    at += entry.size() + 1;
    const std::string path = entry.substr(std::min<std::size_t>(3, entry.size()));
    if (counts(path, lab) && !is_students(path, lab)) {
      (entry.starts_with("??") ? result.extra : result.changed).push_back(path);
    }
  }
  return result;
}

}  // namespace

GivenFiles compare_given_files(const Lab& lab) {
  return fs::exists(lab.root / release_manifest_name) ? compare_with_release(lab) : compare_with_git(lab);
}

std::string note_on_given_files(const Lab& lab) {
  const GivenFiles files = compare_given_files(lab);
  std::string text;
  if (!files.changed.empty()) {
    text += fmt::format(
        "These files are not as the course gave them. The judge uses its own, so your code may fail there:\n"
        "    {}\n"
        "To bring one back: git checkout HEAD -- FILE\n",
        fmt::join(files.changed, "\n    "));
  }
  if (!files.extra.empty()) {
    text += fmt::format(
        "These files are not part of the lab. The judge does not see them; what is needed must be in {}:\n"
        "    {}\n",
        fmt::join(lab.files, ", "), fmt::join(files.extra, "\n    "));
  }
  return text;
}

}  // namespace grader
