#include "home/run_tests.hpp"

#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "system/parallel.hpp"

namespace grader {

namespace {

/// How long tests may take: those of a task that has met its limit get a tenth of it.
class TimeLimits {
 public:
  explicit TimeLimits(std::chrono::milliseconds limit)
      : limit_(limit), short_limit_(std::min(limit, std::max<std::chrono::milliseconds>(limit / 10, shortest))) {}

  HomeRun run(const std::filesystem::path& program, const TestInfo& test) {
    const std::string slow = slow_test(test.task());
    HomeRun result = run_test(program, test, slow.empty() ? limit_ : short_limit_);
    if (result.status == Status::timeout && slow.empty()) {
      const std::scoped_lock turn(mutex_);
      slow_.emplace(test.task(), test.name);
    } else if (result.status == Status::timeout) {
      result.why = fmt::format("time limit of {:g} s reached, a short one, since '{}' had reached its own",
                               std::chrono::duration<double>(short_limit_).count(), slow);
    }
    return result;
  }

 private:
  static constexpr std::chrono::seconds shortest{1};

  /// The first test of the task that met its limit; "" if none did.
  std::string slow_test(const std::string& task) {
    const std::scoped_lock turn(mutex_);
    const auto found = slow_.find(task);
    return found == slow_.end() ? "" : found->second;
  }

  std::chrono::milliseconds limit_;
  std::chrono::milliseconds short_limit_;
  std::mutex mutex_;
  std::map<std::string, std::string> slow_;  // by task
};

}  // namespace

std::vector<HomeRun> run_tests(const std::filesystem::path& program, const std::vector<TestInfo>& tests,
                               std::chrono::milliseconds limit, const std::function<void(const HomeRun&)>& show) {
  // Let other threads run them, so that this one can show what has come in order
  TimeLimits limits(limit);
  std::vector<std::promise<HomeRun>> promised(tests.size());
  std::jthread runner([&] {
    for_each_parallel(tests.size(), [&](std::size_t i) {
      try {
        promised[i].set_value(limits.run(program, tests[i]));
      } catch (...) {
        promised[i].set_exception(std::current_exception());
      }
    });
  });
  std::vector<HomeRun> runs;
  for (std::promise<HomeRun>& next : promised) {
    runs.push_back(next.get_future().get());
    if (show) {
      show(runs.back());
    }
  }
  return runs;
}

}  // namespace grader
