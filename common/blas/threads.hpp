#pragma once

#include <cstddef>

namespace nn {

/// Makes OpenBLAS use this number of threads from now on, in this program and, by environment variables that other
/// libraries read as well, in those that it starts.
void use_threads(std::size_t count);

}  // namespace nn
