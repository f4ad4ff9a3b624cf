#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace grader {

/// A committed file of the course.
struct CourseFile {
  std::string content;
  bool executable = false;

  bool operator==(const CourseFile&) const = default;
};

/// By path from the root, with '/'.
using CourseFiles = std::map<std::string, CourseFile>;

/// The committed tree of the course in two parts: what students get and what is withheld from them.
struct Release {
  std::string version;          // of the commit, as git describes it
  CourseFiles files;            // the files for students, except release.json
  CourseFiles withheld;         // solutions, patches, answers, attacks on the grader; labs/.gitignore
  std::set<std::string> yours;  // the files that students edit, of all labs; neither released nor withheld
};

/// Every file of the commit that is checked out in `root`. Throws std::runtime_error if root is not the top of a git
/// repository, and for a committed link: a release contains only files.
CourseFiles committed_files(const std::filesystem::path& root);

/// Splits the files of the course. The solutions of the labs in `open_labs` ("02_mlp") are released too. In
/// released pages, a link to a withheld file becomes a text that says who has it; the workflow for GitHub moves to
/// GitHub's folder for it.
Release make_release(const CourseFiles& committed, const std::set<std::string>& open_labs);

/// The text of its release.json.
std::string manifest_text(const Release& release);

/// Writes a file whole, with its parent folders.
void write_course_file(const std::filesystem::path& path, const CourseFile& file);

}  // namespace grader
