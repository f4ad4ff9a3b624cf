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

// The steps of grading a class, which `course grade` and `course regrade` put together.

/// The sandbox, or none if the instructor takes the risk. Throws std::runtime_error that says what to do if the machine
/// refuses a sandbox.
Isolation choose_isolation(bool unsafe);

/// Keeps every N-th submission from number K on, where part is "K/N" and K is below N. Throws std::runtime_error for
/// anything else.
void keep_part(std::vector<Submission>& submissions, const std::string& part);

/// The submissions without a result in the folder.
std::vector<Submission> missing(const std::vector<Submission>& submissions, const ResultsFolder& folder);

/// Builds what the judge of the lab needs.
void build_judge(const Lab& lab);

/// Grades the submissions, `jobs` at a time (0: one per core), writes each result into the folder and shows how far it
/// is. The judge must have been built.
void grade_all(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder,
               Isolation isolation, std::size_t jobs);

/// The same for those without a result; says how many have one.
void grade_missing(const Lab& lab, const std::vector<Submission>& submissions, const ResultsFolder& folder,
                   Isolation isolation, std::size_t jobs);

/// Enters into the gradebook that these were handed in, and when; says whose time is another now.
void enter_attempts(const std::filesystem::path& results, const Lab& lab, const std::vector<Submission>& submissions);

/// Enters the results of each submission into the gradebook, where from now on those by the lab as it is count; writes
/// everybody's report and the page of the class; prints the table of grades and how many are by the lab as it was
/// before. Throws std::runtime_error if a submission has no result.
void finish_grading(const std::filesystem::path& results, const Lab& lab, const std::vector<Submission>& submissions,
                    const ResultsFolder& folder);

/// The gradebook of a folder of results. Throws std::runtime_error that says what to do if there is none, unless it is
/// to be made.
Gradebook open_gradebook(const std::filesystem::path& results, bool make);

/// The policy in results/policy.json, or that which takes nothing off if there is no such file.
Policy policy_of(const std::filesystem::path& results);

/// A table: student, points, lateness, score, remarks; and the mean and the median.
void print_grades(const std::vector<Grade>& grades);

/// In a few words, what is the matter: why nothing could be graded, or which mistakes were recognized.
std::string remark_of(const Result& result);

}  // namespace grader
