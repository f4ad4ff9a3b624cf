#pragma once

// How the programs of this lab measure time. Nothing here is for the student to write.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <limits>
#include <unistd.h>

namespace nn {

/// Seconds that this thread has been computing; what other programs do in the meantime does not count.
inline double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Seconds of computing that the fastest call of a function takes: of one call at least, of more until `budget` seconds
/// have passed. The fastest call was disturbed least.
template <class Function>
double fastest(const Function& function, double budget = 0.2) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(budget);
  double best = std::numeric_limits<double>::infinity();
  do {
    const double start = thread_seconds();
    function();
    best = std::min(best, thread_seconds() - start);
  } while (std::chrono::steady_clock::now() < deadline);
  return best;
}

/// Makes sure that BLAS uses one thread. It reads their number when a program starts, so this starts the program again
/// if need be. Call it first in main.
inline void use_one_thread(char** argv) {
  if (const char* threads = std::getenv("OPENBLAS_NUM_THREADS"); threads == nullptr || std::strcmp(threads, "1") != 0) {
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    setenv("OMP_NUM_THREADS", "1", 1);
    execv("/proc/self/exe", argv);
  }
}

}  // namespace nn
