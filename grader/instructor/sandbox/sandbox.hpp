#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "system/limits.hpp"
#include "system/process.hpp"

namespace grader {

/// A file or folder of the host as the sandbox sees it.
struct Mount {
  std::filesystem::path host;
  std::filesystem::path inside;  // absolute
  bool writable = false;
};

/// A program to run in the sandbox.
struct Job {
  std::vector<std::string> arguments;     // the program first, as found inside
  std::vector<Mount> mounts;              // besides /usr, which is always there
  std::vector<std::string> environment;   // "NAME=value"; PATH, LANG, HOME, and one thread for BLAS are set anyway
  std::filesystem::path input;            // on the host; its copy is standard input; empty for none
  std::filesystem::path folder = "/tmp";  // inside; where to run
  Limits limits;
};

/// How a program is kept from the rest of the machine.
enum class Isolation {
  sandbox,  // bubblewrap: namespaces, a read-only toolchain, no network, limits
  user,  // a user of its own, limits and a filter of system calls: no network, no rights, no other process, but it can
         // read what all users can read. For root in a container that holds one submission and refuses namespaces
  unsafe,  // limits and a process group only: it can read what its user can read. For trusted submissions
};

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

/// Why the sandbox, or `user`, does not work on this machine and what to do about it, in sentences; empty if it works.
std::string sandbox_problem(Isolation isolation = Isolation::sandbox);

}  // namespace grader
