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

/// Reads the submissions of a class: each path is one student's folder or archive; or the only path is a folder,
/// without any of the lab's files at its root, that holds one entry for each student. Hidden entries are passed over.
/// The student's name is that of the entry; `02_mlp-kim.tar.gz`, as ./course submit names it, is kim's; two of the same
/// name get a number, so that neither replaces the other. The time at which a submission is found is the newest time of
/// the archive, or of the lab's files in the folder; `times` are told, by the names of the submissions or of the
/// roster. Throws std::runtime_error for a path that does not exist and for a student of `times` who handed in nothing.
std::vector<Submission> read_cohort(const std::vector<std::string>& paths, const Lab& lab,
                                    const SubmissionTimes& times = {}, const Roster& roster = {});

}  // namespace grader
