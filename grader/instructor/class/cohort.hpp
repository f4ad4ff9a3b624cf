#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "lab/lab.hpp"
#include "submission/submission.hpp"

namespace grader {

/// When each student handed in, in seconds since 1970.
using SubmissionTimes = std::map<std::string, std::int64_t>;

/// Reads lines "STUDENT,TIME", with times as utc_seconds takes them. Throws std::runtime_error that names file and
/// line.
SubmissionTimes read_times(const std::filesystem::path& file);

/// Reads the submissions of a class: each path is one student's folder or archive. Or there is one path, a folder
/// without any of the lab's files at its root, with one entry for each student. Hidden entries are skipped. The name of
/// an entry is the student's name; `02_mlp-kim.tar.gz`, as made by ./course submit, belongs to kim. If two have the
/// same name, the second gets a number, so that neither replaces the other. The time of a submission is taken from
/// `times` or, if it is not there, is the time of the archive or the newest time of the lab's files in the folder.
/// Throws std::runtime_error for a path that does not exist and for a student in `times` without a submission.
std::vector<Submission> read_cohort(const std::vector<std::string>& paths, const Lab& lab,
                                    const SubmissionTimes& times = {});

}  // namespace grader
