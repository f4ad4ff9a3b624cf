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
  std::vector<std::string> removed;  // files that the former release had, but this one does not
  std::vector<std::string> backups;  // files that the student had changed, under their new names
  bool committed = false;            // git has a new commit of exactly these changes

  bool empty() const { return added.empty() && changed.empty() && removed.empty() && backups.empty(); }
};

/// Makes a git repository with one commit, the release. The folder must not exist, or must be empty. It is made
/// completely or not at all. Throws std::runtime_error.
void create_release(const std::filesystem::path& folder, const Release& release);

/// Updates a tree of a former release to this one: the release's own repository, or a student's clone or copy of it.
/// Afterwards every file of the release has its released content, and files that only the former release had are
/// removed. The files that the student edits, and files that were in no release, do not change. If the student changed
/// a file that is not theirs, it is first renamed, so nothing is lost. In a git repository exactly these changes are
/// committed; other staged changes stay staged. An interrupted update can be repeated. Throws std::runtime_error,
/// before anything is changed, if the tree has no release.json, if a link leads out of it, or if git is in the middle
/// of a merge; and at the end if the commit fails.
UpdateReport update_release(const std::filesystem::path& tree, const Release& release);

}  // namespace grader
