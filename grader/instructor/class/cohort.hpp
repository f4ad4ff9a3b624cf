#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "class/roster.hpp"
#include "lab/lab.hpp"
#include "submission/submission.hpp"

namespace grader {

/// When each student handed in, in seconds since 1970.
using SubmissionTimes = std::map<std::string, std::int64_t>;

/// Reads lines "STUDENT,TIME", with times as utc_seconds takes them. Throws std::runtime_error that names file and
/// line.
SubmissionTimes read_times(const std::filesystem::path& file);

/// The submissions of a class.
struct Cohort {
  std::vector<Submission> submissions;
  std::vector<Person> exported;  // who handed in, if Moodle or Gradescope exported the submissions
};

/// Reads the submissions of a class: each path is one student's folder or archive; or the only path is a folder,
/// without any of the lab's files at its root, that holds one entry for each student. Hidden entries are passed over,
/// and so are those that programs leave there: submission_metadata.yml, grades.csv, index.html, Thumbs.db, desktop.ini,
/// __MACOSX. If a folder holds none of the lab's files but one archive, that is the submission.
///
/// The student's name is that of the entry; `02_mlp-kim.tar.gz`, as ./course submit names it, is kim's; entries that
/// Moodle or Gradescope exported are called as exported_entries says, and of Moodle's file and online text of the same
/// student the file counts. Two of the same name get a number, so that neither replaces the other.
///
/// The time at which a submission is found is the newest time of the archive, or of the lab's files in the folder; that
/// of Gradescope and `times` are told, the latter by the names of the submissions or of the roster. Throws
/// std::runtime_error for a path that does not exist and for a student of `times` who handed in nothing.
Cohort read_cohort(const std::vector<std::string>& paths, const Lab& lab, const SubmissionTimes& times = {},
                   const Roster& roster = {});

}  // namespace grader
