#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "system/limits.hpp"

namespace grader {

/// A file or folder of the host in the sandbox.
struct Mount {
  std::filesystem::path host;
  std::filesystem::path inside;  // absolute
  bool writable = false;
};

/// A program to run in the sandbox.
struct Job {
  std::vector<std::string> arguments;     // the program first, found in the sandbox
  std::vector<Mount> mounts;              // in addition to /usr, which is always mounted
  std::vector<std::string> environment;   // "NAME=value"; PATH, LANG, HOME, and one thread for BLAS are always set
  std::filesystem::path input;            // on the host; a copy of it is standard input; empty for none
  std::filesystem::path folder = "/tmp";  // inside; where the program runs
  Limits limits;
};

/// How a program is isolated from the rest of the machine.
enum class Isolation {
  sandbox,  // bubblewrap: namespaces, a read-only toolchain, no network, limits
  user,     // a separate user, limits and a system call filter: no network, no rights, no other process, but it can //
            // read what all users can read. For root in a container with one submission that refuses namespaces
  unsafe,   // limits and a process group only: it can read what its user can read. For trusted submissions
};

/// The name of an isolation in results.
std::string name_of(Isolation isolation);

}  // namespace grader
