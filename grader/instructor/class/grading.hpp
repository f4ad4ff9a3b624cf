#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "class/gradebook/grade.hpp"
#include "class/results_folder.hpp"
#include "lab/lab.hpp"
#include "sandbox/sandbox.hpp"
#include "submission/submission.hpp"

namespace grader {

// The steps of grading a class, for `course grade` and `course regrade`.

/// The sandbox, or none if the instructor accepts the risk. Throws std::runtime_error that says what to do if the
/// machine refuses a sandbox.
Isolation choose_isolation(bool unsafe);

/// Keeps every N-th submission from number K on, where part is "K/N" and K is below N. Throws std::runtime_error for
/// anything else.
void keep_part(std::vector<Submission>& submissions, const std::string& part);

/// The submissions without a result in the folder.
std::vector<Submission> missing(const std::vector<Submission>& submissions, const ResultsFolder& folder);

/// Builds everything that the judge of the lab needs.
void build_judge(const Lab& lab);

/// Grades the submissions, `jobs` at a time (0: one per core), writes each result into the folder and shows the
/// progress. The judge must have been built.
void grade_all(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder,
               Isolation isolation, std::size_t jobs);

/// The same for submissions without a result; prints how many have one.
void grade_missing(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder,
                   Isolation isolation, std::size_t jobs);

/// Enters into the gradebook that these were handed in, and when; says whose time is another now.
void enter_attempts(const std::filesystem::path& results, const Lab& lab, const std::vector<Submission>& submissions);

/// Enters the results of each submission into the gradebook, where from now on those by the lab as it is count; writes
/// everybody's report and the page of the class; prints the table of grades and how many are by the lab as it was
/// before. Returns whether anybody has a point, which means nothing for a single student: true. Throws
/// std::runtime_error if a submission has no result.
bool finish_grading(const std::filesystem::path& results, const Lab& lab, const std::vector<Submission>& submissions,
                    const ResultsFolder& folder);

/// The gradebook in a folder of results. If there is none, throws std::runtime_error that says what to do, unless it
/// should be created.
Gradebook open_gradebook(const std::filesystem::path& results, bool make);

/// The policy in results/policy.json, or a policy without penalties if there is no such file. Throws std::runtime_error
/// if it is none, or names a lab or a student that does not exist (check_names). `root` is that of the repository.
Policy policy_of(const std::filesystem::path& results, const std::filesystem::path& root);

/// Says which submissions are of nobody in the roster.
void warn_of_strangers(const Roster& roster, const std::vector<Submission>& submissions);

/// A table: student, points, lateness, score, remarks; and the mean and the median of
/// the scores that are in them.
void print_grades(const std::vector<Grade>& grades);

/// What is wrong, in a few words: why nothing could be graded, or which mistakes were recognised.
std::string remark_of(const Result& result);

}  // namespace grader
