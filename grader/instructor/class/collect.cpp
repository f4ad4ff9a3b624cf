#include "class/collect.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <sstream>
#include <stdexcept>

#include "release/git.hpp"
#include "submission/archive.hpp"
#include "submission/submission.hpp"
#include "submission/submission_scan.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

/// Why a repository gives nothing, in words for the instructor.
struct NotCollected : std::runtime_error {
  using std::runtime_error::runtime_error;
};

bool is_real_folder(const fs::path& path) { return fs::is_directory(fs::symlink_status(path)); }

/// The folder with git's own files. Throws NotCollected unless all of it is in the repository.
fs::path git_folder(const fs::path& repository) {
  if (!is_real_folder(repository)) throw NotCollected("is not a folder");
  const bool is_bare = is_real_folder(repository / "objects") && fs::exists(fs::symlink_status(repository / "HEAD"));
  const fs::path folder = is_bare ? repository : repository / ".git";
  if (!is_real_folder(folder)) throw NotCollected("is not a repository of git");
  for (const char* elsewhere : {"commondir", "objects/info/alternates", "objects/info/http-alternates"}) {
    if (fs::exists(fs::symlink_status(folder / elsewhere))) {
      throw NotCollected(fmt::format("borrows from another repository ({}): clone it again", elsewhere));
    }
  }
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_symlink()) {
      throw NotCollected(fmt::format("has a link among git's files, {}: clone it again",
                                     shown(entry.path().lexically_relative(folder).string())));
    }
  }
  return folder;
}

std::string last_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

/// Finds the commit that counts, and its time.
void find_commit(const fs::path& git_folder, std::optional<std::int64_t> deadline, Collected& collected) {
  std::vector<std::string> arguments = {"rev-list", "--max-count=1", "--first-parent", "--timestamp"};
  if (deadline) arguments.push_back(fmt::format("--min-age={}", *deadline));
  arguments.insert(arguments.end(), {"HEAD", "--"});
  std::istringstream line(git_of_another(git_folder, arguments));
  if (!(line >> collected.time >> collected.commit)) throw NotCollected("has no commit until the deadline");
}

/// The content of a file of the commit; nothing if it has no such file.
std::optional<std::string> file_of(const fs::path& git_folder, const std::string& commit, const std::string& path) {
  std::istringstream entry(git_of_another(git_folder, {"ls-tree", "--full-tree", "-l", "-z", commit, "--", path}));
  std::string mode;
  std::string type;
  std::string object;
  std::size_t size = 0;
  if (!(entry >> mode >> type >> object)) return std::nullopt;
  if (mode != "100644" && mode != "100755") throw NotCollected(fmt::format("{} is a link or a folder", path));
  entry >> size;
  if (size > SubmissionLimits{}.file_bytes) {
    throw NotCollected(fmt::format("{} is larger than {} KiB", path, SubmissionLimits{}.file_bytes >> 10));
  }
  std::string content = git_of_another(git_folder, {"cat-file", "blob", object});
  if (content.size() != size) throw NotCollected(fmt::format("{} cannot be read", path));
  return content;
}

Collected collect_from(const fs::path& repository, const Lab& lab, std::optional<std::int64_t> deadline) {
  Collected collected;
  collected.student = student_of(repository);
  try {
    const fs::path folder = git_folder(repository);
    find_commit(folder, deadline, collected);
    for (const std::string& name : lab.files) {
      if (auto content = file_of(folder, collected.commit, lab.wanted().folder + "/" + name)) {
        collected.files[name] = std::move(*content);
      }
    }
    if (collected.files.empty()) {
      throw NotCollected(
          fmt::format("has no {}/{} in that commit", lab.wanted().folder, fmt::join(lab.files, " and no ")));
    }
  } catch (const NotCollected& error) {
    collected.problem = error.what();
  } catch (const std::runtime_error& error) {
    collected.problem = "cannot be read by git: " + shown(last_line(error.what()));
  }
  if (!collected.problem.empty()) collected.files.clear();
  return collected;
}

}  // namespace

std::vector<Collected> collect(const fs::path& folder, const Lab& lab, std::optional<std::int64_t> deadline) {
  if (!fs::is_directory(folder)) throw std::runtime_error(folder.string() + " is not a folder");
  std::vector<fs::path> repositories;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.path().filename().string().starts_with(".")) repositories.push_back(entry.path());
  }
  std::ranges::sort(repositories);
  std::vector<Collected> all;
  for (const fs::path& repository : repositories) all.push_back(collect_from(repository, lab, deadline));
  return all;
}

void write_collected(const std::vector<Collected>& all, const Lab& lab, const fs::path& out) {
  std::set<std::string> students;
  for (const Collected& collected : all) {
    if (!students.insert(collected.student).second) {
      throw std::runtime_error(fmt::format("two repositories would be those of {}: rename one", collected.student));
    }
  }
  for (const Collected& collected : all) {
    if (!collected.problem.empty()) continue;
    const fs::path archive = out / fmt::format("{}-{}.tar.gz", lab.name, collected.student);
    write_archive(archive, collected.files);
    fs::last_write_time(archive, file_time(collected.time));
  }
}

}  // namespace grader
