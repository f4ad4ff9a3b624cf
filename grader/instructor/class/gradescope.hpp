#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "lab/lab.hpp"

namespace grader {

/// Writes the zip file that makes a Gradescope autograder of a lab: setup.sh and run_autograder at its root, the name
/// of the lab in `lab`, and the committed course, with its solutions, in `course`. The file is written whole or not at
/// all. Throws std::runtime_error if nothing is committed or the lab has no committed solution.
void write_gradescope_zip(const Lab& lab, const std::filesystem::path& file);

/// Grades the submission in a Gradescope container, whose files are in `folder` (/autograder): reads folder/submission,
/// which contains the lab's files, a repository with them in labs/NN_name, or one archive; closes the folder to other
/// users, so that the submission's code cannot read the course; runs the code in the sandbox or, if the container
/// refuses that, as a separate user; and writes folder/results/results.json. At the start it writes a first version of
/// that file, without points, which says that the grader was stopped. Tests that would begin more than eight minutes
/// after the start are not run: after ten minutes the host would stop the grader. Throws std::runtime_error, and leaves
/// that first version, if the submission cannot be contained or the grader fails.
void grade_on_gradescope(const Lab& lab, const std::filesystem::path& folder);

}  // namespace grader
