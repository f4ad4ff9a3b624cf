#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace grader {

/// Runs git in a folder and returns its output. Hooks are not run, environment variables such as GIT_DIR are ignored,
/// and paths are taken literally. Throws std::runtime_error with git's message if it fails.
std::string git(const std::filesystem::path& folder, const std::vector<std::string>& arguments);

/// The same for a repository that somebody else made, by the folder of git's own files: no other repository is taken if
/// that is none, and nothing is fetched, whatever it configures.
std::string git_of_another(const std::filesystem::path& git_folder, std::vector<std::string> arguments);

/// Does git succeed with these arguments?
bool git_succeeds(const std::filesystem::path& folder, const std::vector<std::string>& arguments);

/// Is this folder the top of a git repository's working tree?
bool is_top_of_repository(const std::filesystem::path& folder);

/// The commit of a folder's repository, as git describes it: a tag or the beginning of its hash, with "-dirty" if files
/// have been changed since.
std::string git_version(const std::filesystem::path& folder);

/// Throws std::runtime_error that names the files that were changed since the last commit, if there are any and the
/// commit alone is not `enough`. Untracked files do not count.
void check_committed(const std::filesystem::path& folder, bool enough);

}  // namespace grader
