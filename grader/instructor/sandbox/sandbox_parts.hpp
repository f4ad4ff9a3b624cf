#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

#include "sandbox/job.hpp"
#include "system/process.hpp"

namespace grader {

/// The descriptor of a job's system call filter, the same as in as_user.cpp.
inline constexpr int filter_descriptor = 4;

// What all isolations have in common.

/// A user id that no other running job has, if we are root, so that limits and signals affect only one job.
uid_t job_user();

/// The beginning of a command line that sets the limits of each process; --nproc and "--" must follow.
std::vector<std::string> limit_words(const Limits& limits);

/// The job's command without its arguments: input, environment, limits for time and output.
Command command_of(const Job& job);

/// The signal that ended the program, from bubblewrap's exit status; 0 for none.
int signal_of(const Outcome& outcome);

/// What a job can send signals to: only processes inside of the sandbox, or also the program that the command starts.
enum class Reach { inside, command };

/// Runs the command in its own cgroup if the machine provides one. Runs it once more if it was killed within its limits
/// and cannot have done it itself: the kernel says that it killed processes because the machine's memory ran out, or
/// the command was ended by a signal and the job has no reach to it.
Outcome run_in_group(const Command& command, const Limits& limits, Reach reach);

/// The text with every mount's inside path replaced by its host path, in one pass from left to right.
std::string on_host(const std::string& text, const std::vector<Mount>& mounts);

/// The parent folders of a path, the outermost first, without the root.
std::vector<std::string> folders_above(const std::filesystem::path& path);

}  // namespace grader
