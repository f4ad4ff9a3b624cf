#include "release/release_update.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <unistd.h>

#include "files/whole_file.hpp"
#include "home/backup.hpp"
#include "lab/release_manifest.hpp"
#include "release/git.hpp"
#include "system/sha256.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

/// Every file in the tree afterwards, including the manifest.
CourseFiles files_with_manifest(const Release& release) {
  CourseFiles files = release.files;
  files[release_manifest_name] = {manifest_text(release), false};
  return files;
}

bool is_there(const fs::path& path) { return fs::exists(fs::symlink_status(path)); }

/// Is this a regular file with this content?
bool has_content(const fs::path& path, const std::string& hash) {
  return fs::is_regular_file(fs::symlink_status(path)) && sha256_of_file(path) == hash;
}

ReleaseManifest manifest_of(const fs::path& tree) {
  if (!fs::is_regular_file(tree / release_manifest_name)) {
    throw std::runtime_error(
        fmt::format("{} has no {}, so it is unknown which of its files are the student's. To make a new release, leave "
                    "out --update",
                    tree.string(), release_manifest_name));
  }
  return parse_release_manifest(nn::read_whole(tree / release_manifest_name));
}

/// Throws if a folder on the way to a path of the release is a link or a file.
void check_way(const fs::path& tree, const std::string& path) {
  fs::path folder = tree;
  for (const fs::path& part : fs::path(path).parent_path()) {
    folder /= part;
    if (is_there(folder) && !fs::is_directory(fs::symlink_status(folder))) {
      throw std::runtime_error(fmt::format(
          "{} should be a folder of the course, but it is a file or a link: move it away", folder.string()));
    }
  }
}

/// Throws if git is in the middle of an operation that a commit would end.
void check_no_merge(const fs::path& tree) {
  for (const char* name : {"MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply"}) {
    std::string path = git(tree, {"rev-parse", "--git-path", name});
    path.pop_back();
    if (is_there(tree / path)) {
      throw std::runtime_error(
          fmt::format("a merge or rebase is not finished in {}: finish it, then update", tree.string()));
    }
  }
}

/// Puts one file of the release in its place.
void bring(const fs::path& tree, const std::string& path, const CourseFile& file, const ReleaseManifest& former,
           UpdateReport& report) {
  const fs::path place = tree / path;
  const bool was_there = is_there(place);
  if (has_content(place, sha256(file.content))) {
    const auto may_run = fs::status(place).permissions() & fs::perms::owner_exec;
    if ((may_run != fs::perms::none) != file.executable) {
      fs::permissions(place, file.executable ? fs::perms(0755) : fs::perms(0644));
      report.changed.push_back(path);
    }
    return;
  }
  const auto before = former.files.find(path);
  const bool as_released = before != former.files.end() && has_content(place, before->second);
  if (was_there && !as_released && path != release_manifest_name) {
    report.backups.push_back(set_aside(place).lexically_relative(tree).generic_string());
  }
  write_course_file(place, file);
  (was_there ? report.changed : report.added).push_back(path);
}

/// Removes a file that only the former release had, and folders that are then empty.
void take_away(const fs::path& tree, const std::string& path, const std::string& hash, UpdateReport& report) {
  const fs::path place = tree / path;
  if (!is_there(place)) {
    return;
  }
  if (has_content(place, hash)) {
    fs::remove(place);
  } else {
    report.backups.push_back(set_aside(place).lexically_relative(tree).generic_string());
  }
  report.removed.push_back(path);
  for (fs::path folder = place.parent_path(); folder != tree && fs::is_empty(folder); folder = folder.parent_path()) {
    fs::remove(folder);
  }
}

/// Commits these paths as they are in the tree, and nothing else. Returns whether there was anything to commit.
bool commit(const fs::path& tree, const CourseFiles& files, const std::set<std::string>& gone,
            const std::string& message) {
  std::vector<std::string> paths;
  for (const auto& [path, file] : files) {
    paths.push_back(path);
  }
  const auto with_paths = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), paths.begin(), paths.end());
    return arguments;
  };
  git(tree, with_paths({"add", "--force", "--"}));
  for (const std::string& path : gone) {
    if (git_succeeds(tree, {"ls-files", "--error-unmatch", "--", path})) {
      paths.push_back(path);
    }
  }
  if (git(tree, with_paths({"status", "--porcelain", "--untracked-files=no", "--"})).empty()) {
    return false;
  }
  git(tree, with_paths({"commit", "--quiet", "--only", "--message", message, "--"}));
  return true;
}

}  // namespace

void create_release(const fs::path& folder, const Release& release) {
  if (is_there(folder) && !(fs::is_directory(folder) && fs::is_empty(folder))) {
    throw std::runtime_error(
        fmt::format("{} already exists. To update it to the committed state, add --update", folder.string()));
  }
  // Make it in a temporary folder next to its path, then rename it, so that it is complete or does not exist
  const fs::path place = fs::absolute(folder).lexically_normal();
  const fs::path whole = place.has_filename() ? place : place.parent_path();
  const fs::path part = whole.string() + ".part-" + std::to_string(getpid());
  try {
    fs::create_directories(part);
    const CourseFiles files = files_with_manifest(release);
    for (const auto& [path, file] : files) {
      write_course_file(part / path, file);
    }
    git(part, {"init", "--quiet", "--initial-branch=main"});
    commit(part, files, {}, "Release of the course, version " + release.version);
    fs::remove(whole);
    fs::rename(part, whole);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(part, ignored);
    throw;
  }
}

UpdateReport update_release(const fs::path& tree, const Release& release) {
  // Know what the tree had, and that nothing stands in the way
  const ReleaseManifest former = manifest_of(tree);
  const CourseFiles files = files_with_manifest(release);
  std::map<std::string, std::string> gone;
  for (const auto& [path, hash] : former.files) {
    if (!files.contains(path) && !release.yours.contains(path) && !former.yours.contains(path)) {
      gone[path] = hash;
      check_way(tree, path);
    }
  }
  for (const auto& [path, file] : files) {
    check_way(tree, path);
  }
  const bool has_git = is_top_of_repository(tree);
  if (has_git) {
    check_no_merge(tree);
  }

  // Write the manifest last: until then, the update is not complete
  UpdateReport report;
  for (const auto& [path, file] : files) {
    if (path != release_manifest_name) {
      bring(tree, path, file, former, report);
    }
  }
  std::set<std::string> removed;
  for (const auto& [path, hash] : gone) {
    take_away(tree, path, hash, report);
    removed.insert(path);
  }
  bring(tree, release_manifest_name, files.at(release_manifest_name), former, report);
  if (has_git) {
    report.committed = commit(tree, files, removed, "Update the course to version " + release.version);
  }
  return report;
}

}  // namespace grader
