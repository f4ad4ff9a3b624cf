#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lab/lab.hpp"

namespace grader {

/// What a student's repository holds of a lab.
struct Collected {
  std::string student;                       // from the repository's name, by student_of
  std::string commit;                        // the hash of the commit that counts
  std::int64_t time = 0;                     // of that commit, in seconds since 1970, by the clock of who made it
  std::map<std::string, std::string> files;  // content by name
  std::string problem;                       // why nothing can be collected; empty if it can
};

/// Reads the lab's files, labs/NN_name/NAME, from the repositories of git in a folder, one for each student, with a
/// working tree or bare, sorted by name. The commit that counts is the last one on the checked out branch, or the last
/// until the deadline, in seconds since 1970. Files come from git's objects, never from the working tree: so links are
/// not followed, not even in the path of the lab. A repository that is a link, contains one or borrows objects from
/// another is refused. Nothing that a repository configures is run, and nothing is fetched.
std::vector<Collected> collect(const std::filesystem::path& folder, const Lab& lab,
                               std::optional<std::int64_t> deadline);

/// Writes what was collected as submissions for `course grade`, each with the time of its commit: 02_mlp-kim.tar.gz.
/// Throws std::runtime_error, and writes nothing, if two of them are called the same.
void write_collected(const std::vector<Collected>& all, const Lab& lab, const std::filesystem::path& out);

}  // namespace grader
