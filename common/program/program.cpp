#include "program/program.hpp"

#include <cstdlib>
#include <iostream>

#include "tensor/memory.hpp"

namespace nn {

int run_program(ProgramOptions& options, int argc, const char* const* argv, const std::function<void()>& run) {
  if (const std::optional<int> status = options.read(argc, argv)) {
    return *status;
  }
  try {
    keep_freed_memory();
    run();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}

std::filesystem::path course_root() {
  const char* root = std::getenv("COURSE_ROOT");
  return root == nullptr ? "." : root;
}

}  // namespace nn
