#pragma once

#include <cstddef>

namespace nn {

/// Sets the number of threads of OpenBLAS from now on: in this program and, by environment variables that other
/// libraries read as well, in the programs that it starts.
void use_threads(std::size_t count);

}  // namespace nn
