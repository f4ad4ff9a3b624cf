#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>

namespace nn {

/// The whole main of a lab's program: reads its words into the options of `app`, keeps freed memory
/// (tensor/memory.hpp) and calls `run`. Returns the exit status: 0; 1 after it printed what an exception says; CLI11's
/// own for --help and for words that `app` does not know.
int run_program(CLI::App& app, int argc, char** argv, const std::function<void()>& run);

/// The repository: where environment variable COURSE_ROOT points, which ./course sets; else the current folder.
std::filesystem::path course_root();

/// Makes BLAS use so many threads from now on, in this program and in those that it starts.
void use_threads(std::size_t count);

}  // namespace nn
