#pragma once

#include <string>

#include "sandbox/job.hpp"
#include "system/process.hpp"

namespace grader {

/// Runs the job and ends everything that it started. With `sandbox`, it sees the mounts, a read-only /usr, an empty
/// /tmp and nothing else of the host: no network, no processes, no environment. Only files in a writable mount remain;
/// such a mount should be a scratch folder, because only the size of each single file is limited. If a signal ended the
/// program, it is `signal` of the outcome. If control_groups() finds a folder, the job gets a cgroup. With `user`, the
/// mounts are in a scratch folder. Its path is put in front of inside paths in arguments, environment and folder, and
/// is removed from the output. Writable mounts must be on the same file system as the folder for temporary files, and
/// the size of /tmp is not limited. With `unsafe`, nothing is mounted: inside paths in arguments, environment and
/// folder are replaced by host paths, and folder /tmp is a scratch folder that is removed. A job that was killed within
/// its limits because the machine ran out of memory, or because its sandbox was ended, is run once more: that is not
/// the job's fault. A job that sends itself a signal is not. Throws
/// std::invalid_argument for a mount that does not exist or is not absolute inside, std::system_error if the sandbox
/// cannot be started (see sandbox_problem).
Outcome run_in_sandbox(const Job& job, Isolation isolation = Isolation::sandbox);

/// How a job is contained, as text: "bubblewrap, cgroup v2", "bubblewrap, rlimits", or for another isolation "a user of
/// its own, in a container" or "none (--unsafe)".
std::string containment(Isolation isolation);

}  // namespace grader
