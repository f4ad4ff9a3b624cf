#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

#include "sandbox/job.hpp"
#include "system/process.hpp"

namespace grader {

/// Where a job finds the filter of system calls, as in as_user.cpp.
inline constexpr int filter_descriptor = 4;

// What the ways to isolate a job have in common.

/// A user id that no other running job has, for when we are root: limits and signals reach only the one job.
uid_t job_user();

/// The beginning of a command line that sets the limits of each process; --nproc and "--" must follow.
std::vector<std::string> limit_words(const Limits& limits);

/// The job's command but for its arguments: input, environment, limits on time and output.
Command command_of(const Job& job);

/// The signal that ended the program, which bubblewrap tells as an exit status; 0 for none.
int signal_of(const Outcome& outcome);

/// Runs the command in a cgroup of its own where the machine has one to give; once more if it was killed and its limits
/// do not tell why.
Outcome run_in_group(const Command& command, const Limits& limits);

/// The text with every mount's inside path replaced by its host path, in one pass from left to right.
std::string on_host(const std::string& text, const std::vector<Mount>& mounts);

/// The folders on the way to a path, the outermost first, without the root.
std::vector<std::string> folders_above(const std::filesystem::path& path);

}  // namespace grader
