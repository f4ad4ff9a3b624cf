#pragma once

#include <string>
#include <vector>

#include "lab/lab.hpp"
#include "sandbox/sandbox.hpp"
#include "system/process.hpp"

namespace grader {

/// How a lab's submissions are compiled and linked: with the flags, headers, test objects and libraries of our own
/// build. CMake writes this file (cmake/add_lab.cmake), so the judge needs no build system in the sandbox.
struct Harness {
  std::string compiler;
  std::vector<std::string> flags;
  std::vector<std::string> link_flags;
  std::vector<std::string> includes;
  std::string precompiled_header;
  std::vector<std::string> test_objects;
  std::vector<std::string> libraries;
  std::vector<std::string> sources;  // of the test objects, the solution and our libraries, relative to the repository
};

/// Reads the harness of a lab from its build folder. Throws std::runtime_error that says to run `./course check` if the
/// lab has not been built.
Harness load_harness(const Lab& lab);

/// The earlier labs whose solutions are linked into submissions of this lab, in order: the bytes of these are in the
/// sandbox.
std::vector<std::string> linked_solutions(const Harness& harness, const Lab& lab);

/// The command that builds the program `output` from the sources.
std::vector<std::string> compile_command(const Harness& harness, const std::vector<std::string>& sources,
                                         const std::string& output);

/// The files for the compiler: headers, test objects and libraries; of solutions/ only what linked_solutions names, and
/// that compiled.
std::vector<Mount> compile_mounts(const Harness& harness, const Lab& lab);

}  // namespace grader
