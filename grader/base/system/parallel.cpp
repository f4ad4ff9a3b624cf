#include "system/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace grader {

void for_each_parallel(std::size_t count, const std::function<void(std::size_t)>& work, std::size_t threads) {
  std::atomic<std::size_t> next = 0;
  std::mutex guard;
  std::exception_ptr first;
  std::atomic<bool> failed = false;
  const auto take = [&] {
    for (std::size_t i = 0; !failed && (i = next++) < count;) {
      try {
        work(i);
      } catch (...) {
        failed = true;
        const std::scoped_lock lock(guard);
        first = first ? first : std::current_exception();
      }
    }
  };

  // The threads are joined at the end of this block
  {
    const std::size_t wanted = threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
    std::vector<std::jthread> pool;
    for (std::size_t i = 0; i < std::min(wanted, count); ++i) {
      pool.emplace_back(take);
    }
  }
  if (first) {
    std::rethrow_exception(first);
  }
}

}  // namespace grader
