#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "class/roster.hpp"
#include "submission/submission.hpp"

namespace grader {

/// When each student handed in, in seconds since 1970.
using SubmissionTimes = std::map<std::string, std::int64_t>;

/// Reads a CSV file with rows STUDENT,TIME, as csv_table.hpp reads one, with times as utc_seconds takes them; a first
/// row "student,time" is left out. Throws std::runtime_error that names file and line.
SubmissionTimes read_times(const std::filesystem::path& file);

/// Enters the times, by the names of the submissions or of the roster. Returns who handed in nothing, of the roster.
/// Throws std::runtime_error for somebody who is in neither.
std::vector<std::string> tell_times(const SubmissionTimes& times, const Roster& roster,
                                    std::vector<Submission>& submissions);

/// A warning if all times were found within a minute of each other: they are then of copying, not of handing in. "" if
/// not, and for a single submission.
std::string warning_of_times(const std::vector<Submission>& submissions);

}  // namespace grader
