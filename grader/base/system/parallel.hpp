#pragma once

#include <cstddef>
#include <functional>

namespace grader {

/// Calls work(0), work(1), ..., work(count - 1), each once, on `threads` threads (0: one per core); each thread takes
/// the next number. After an exception no more numbers are taken, and the exception is thrown when all threads have
/// ended.
void for_each_parallel(std::size_t count, const std::function<void(std::size_t)>& work, std::size_t threads = 0);

}  // namespace grader
