#pragma once

#include <string>

#include "sandbox/job.hpp"
#include "system/process.hpp"

namespace grader {

/// Runs the job and ends everything that it started. With `sandbox` it sees the mounts, a read-only /usr, an empty /tmp
/// and nothing else of the host: no network, no process, no environment. Only what it wrote into a writable mount
/// remains; such a mount should be a scratch folder, since only the size of each file in it is bounded. A signal that
/// ended the program is `signal` of the outcome. Where control_groups() has one to give, the job gets a cgroup. With
/// `user` the mounts appear in a scratch folder, whose path stands in front of inside paths in arguments, environment
/// and folder, and is left out of the output; writable mounts must lie on the file system of the folder for temporary
/// files, and the size of /tmp is not bounded. With `unsafe` nothing is mounted: inside paths are replaced by host
/// paths in arguments, environment and folder, and folder /tmp is a scratch folder that is removed.
///
/// A job that is killed, though it had time left, is run once more: the machine may have been out of memory, which was
/// not its own doing. Throws std::invalid_argument for a mount that does not exist or is not absolute inside,
/// std::system_error if the sandbox cannot be started (see sandbox_problem).
Outcome run_in_sandbox(const Job& job, Isolation isolation = Isolation::sandbox);

/// What holds a job, in words: "bubblewrap, cgroup v2", "bubblewrap, rlimits", or the same for another isolation: "a
/// user of its own, in a container", "none (--unsafe)".
std::string containment(Isolation isolation);

}  // namespace grader
