#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "system/limits.hpp"

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

/// What results call an isolation.
std::string name_of(Isolation isolation);

}  // namespace grader
