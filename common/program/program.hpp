#pragma once

#include <filesystem>
#include <functional>

#include "program/options.hpp"

namespace nn {

/// The whole main of a lab's program: reads the command line into `options`, calls keep_freed_memory
/// (tensor/memory.hpp) and then `run`. Returns the exit status: 0; 1 after an exception, whose message is printed; or
/// that of ProgramOptions::read for --help and invalid options.
int run_program(ProgramOptions& options, int argc, const char* const* argv, const std::function<void()>& run);

/// The repository: the value of the environment variable COURSE_ROOT, which ./course sets, or else the current folder.
std::filesystem::path course_root();

}  // namespace nn
