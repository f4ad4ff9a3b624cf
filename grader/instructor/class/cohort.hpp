#pragma once

#include <string>
#include <vector>

#include "class/roster.hpp"
#include "class/times.hpp"
#include "lab/lab.hpp"
#include "submission/submission.hpp"

namespace grader {

/// The submissions of a class.
struct Cohort {
  std::vector<Submission> submissions;
  std::vector<Person> exported;       // who handed in, if Moodle, Canvas or Gradescope exported the submissions
  std::vector<std::string> warnings;  // what the instructor should know before grading, in sentences
};

/// Reads the submissions of a class: each path is one student's folder or archive; or the only path is a folder,
/// without any of the lab's files at its root, that holds one entry for each student. Entries that programs leave there
/// are passed over: submission_metadata.yml, grades.csv, index.html, Thumbs.db, desktop.ini, __MACOSX; so are hidden
/// ones, with a warning. Links are not followed.
///
/// The student's name is that of the entry; `02_mlp-kim.tar.gz`, as ./course submit names it, is kim's; entries that
/// Moodle, Canvas or Gradescope exported are called as exported_entries says, and of Moodle's file and online text of
/// the same student the file counts.
///
/// The time at which a submission is found is the newest time of the archive, or of the lab's files in the folder; that
/// of Gradescope and `times` are told, the latter by the names of the submissions or of the roster. Throws
/// std::runtime_error for a path that does not exist, for a folder that may be a class or a submission, for two
/// submissions that would be called the same, and for a student of `times` who is unknown.
Cohort read_cohort(const std::vector<std::string>& paths, const Lab& lab, const SubmissionTimes& times = {},
                   const Roster& roster = {});

/// Throws std::runtime_error that says why, and how to arrange a class, if no submission could be read.
void refuse_unreadable(const std::vector<Submission>& submissions, const Lab& lab);

}  // namespace grader
