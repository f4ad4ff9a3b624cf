#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "judge/result.hpp"
#include "verify/attack.hpp"

namespace grader {

/// A class of twenty honest students of a lab: some are done, some have mistakes, forgot a semicolon, have not started
/// or have an empty submission. Makes their submissions below the folder and returns them.
std::vector<std::filesystem::path> make_class(const Lab& lab, const std::filesystem::path& folder);

/// The output and results of a run of `course grade`.
struct Grading {
  std::string output;                            // what it printed
  std::map<std::string, Result> results;         // by student
  std::map<std::string, std::string> documents;  // every result, report and page, by name
};

/// Grades the submissions with `course grade`, as an instructor does, with the limits of
/// grader/tests/attacks/limits.json. Its temporary files are in a folder `scratch`. They and its environment contain a
/// canary, which no submission may see. Throws std::runtime_error if it fails.
Grading grade_as_instructor(const Lab& lab, const std::vector<std::filesystem::path>& submissions,
                            const std::filesystem::path& scratch, const std::string& canary, std::uint64_t seed);

/// The result without its times: equal for equal submissions.
Result without_times(Result result);

}  // namespace grader
