#pragma once

#include <filesystem>
#include <functional>

#include "program/options.hpp"

namespace nn {

/// The whole main of a lab's program: reads its words into `options`, keeps freed memory (tensor/memory.hpp) and calls
/// `run`. Returns the exit status: 0; 1 after it printed what an exception says; that of ProgramOptions::read for
/// --help and for words that do not fit.
int run_program(ProgramOptions& options, int argc, const char* const* argv, const std::function<void()>& run);

/// The repository: where environment variable COURSE_ROOT points, which ./course sets; else the current folder.
std::filesystem::path course_root();

}  // namespace nn
