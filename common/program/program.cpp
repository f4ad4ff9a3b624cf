#include "program/program.hpp"

#include <cstdlib>
#include <iostream>
#include <string>

#include "blas/cblas.hpp"
#include "tensor/memory.hpp"

namespace nn {

int run_program(CLI::App& app, int argc, char** argv, const std::function<void()>& run) {
  CLI11_PARSE(app, argc, argv);
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

void use_threads(std::size_t count) {
  openblas_set_num_threads(static_cast<int>(count));
  setenv("OPENBLAS_NUM_THREADS", std::to_string(count).c_str(), 1);
  setenv("OMP_NUM_THREADS", std::to_string(count).c_str(), 1);
}

}  // namespace nn
