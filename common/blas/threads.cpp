#include "blas/threads.hpp"

#include <cstdlib>
#include <string>

// From OpenBLAS; its <cblas.h> conflicts with the declarations of xtensor-blas
extern "C" void openblas_set_num_threads(int count);

namespace nn {

void use_threads(std::size_t count) {
  openblas_set_num_threads(static_cast<int>(count));
  setenv("OPENBLAS_NUM_THREADS", std::to_string(count).c_str(), 1);
  setenv("OMP_NUM_THREADS", std::to_string(count).c_str(), 1);
}

}  // namespace nn
