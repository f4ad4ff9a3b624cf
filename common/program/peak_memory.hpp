#pragma once

#include <functional>

namespace nn {

/// How much more memory (RSS, in MB of 2^20 bytes) this process held at the worst moment of a call than before it.
/// Linux counts it (/proc/self/clear_refs and VmHWM); 0 where it does not. timing.py does the same in Python.
double peak_megabytes(const std::function<void()>& function);

}  // namespace nn
