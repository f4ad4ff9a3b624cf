#include "home/run_tests.hpp"

#include <exception>
#include <future>
#include <thread>

#include "system/parallel.hpp"

namespace grader {

std::vector<HomeRun> run_tests(const std::filesystem::path& program, const std::vector<TestInfo>& tests,
                               std::chrono::milliseconds limit, const std::function<void(const HomeRun&)>& show) {
  // Let other threads run them, so that this one can show what has come in order
  std::vector<std::promise<HomeRun>> promised(tests.size());
  std::jthread runner([&] {
    for_each_parallel(tests.size(), [&](std::size_t i) {
      try {
        promised[i].set_value(run_test(program, tests[i], limit));
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
