#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "release/release.hpp"

namespace grader {

/// What an update did, path by path.
struct UpdateReport {
  std::vector<std::string> added;
  std::vector<std::string> changed;
  std::vector<std::string> removed;  // the former release had them, this one has not
  std::vector<std::string> backups;  // what the student had changed, under its new name
  bool committed = false;            // git has a new commit of exactly these changes

  bool empty() const { return added.empty() && changed.empty() && removed.empty() && backups.empty(); }
};

/// Makes a git repository with one commit of the release. The folder must not be there, or be empty; it is made whole
/// or not at all. Throws std::runtime_error.
void create_release(const std::filesystem::path& folder, const Release& release);

/// Brings a tree of a former release to this one: the release's own repository, or a student's clone or copy of it.
/// Afterwards every file of the release is as released, and what only the former one had is gone. The files that the
/// student edits, and those that no release had, are not touched. A file that the student changed though it is not
/// theirs is set aside under another name first, so nothing is lost. In a git repository the changes are committed,
/// and nothing else is; other staged changes stay staged. An update that was interrupted is done again.
/// Throws std::runtime_error, before anything is changed, if the tree has no release.json, if a link leads out of it,
/// or if git is in the middle of a merge; and at the end if git does not commit.
UpdateReport update_release(const std::filesystem::path& tree, const Release& release);

}  // namespace grader
