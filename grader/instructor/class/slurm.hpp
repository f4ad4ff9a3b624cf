#pragma once

#include <string>
#include <vector>

#include "class/results_folder.hpp"
#include "lab/lab.hpp"
#include "submission/submission.hpp"

namespace grader {

/// Grades the submissions without a result on a Slurm cluster: an array job runs `course WORDS --part K/N` for each K,
/// on nodes that have the repository, the submissions and the folder of results at the same paths. Waits and shows the
/// progress. If it is interrupted, the job continues; called again, it waits for that job, or submits a new job for the
/// missing results. The script and the output of the nodes are in the folder slurm/ next to the results. Throws
/// std::runtime_error that names the log if the job ends and results are missing, or if there is no Slurm.
void grade_on_slurm(const std::vector<std::string>& words, const Lab& lab, const std::vector<Submission>& submissions,
                    const ResultsFolder& folder, std::size_t jobs);

}  // namespace grader
