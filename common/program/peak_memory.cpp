#include "program/peak_memory.hpp"

#include <fstream>
#include <malloc.h>
#include <string>

namespace nn {

namespace {

/// A line of /proc/self/status such as "VmHWM:  1234 kB", in MB.
double status_megabytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (double kilobytes = 0; word == name + ":" && status >> kilobytes) {
      return kilobytes / 1024;
    }
  }
  return 0;
}

}  // namespace

double peak_megabytes(const std::function<void()>& function) {
  malloc_trim(0);                                             // what is free must not hide what the call takes
  std::ofstream("/proc/self/clear_refs") << 5 << std::flush;  // the peak is counted from here
  const double before = status_megabytes("VmRSS");
  function();
  return status_megabytes("VmHWM") - before;
}

}  // namespace nn
