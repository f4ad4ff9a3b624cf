#pragma once

#include <chrono>
#include <string>

namespace grader {

/// Ninja's progress, such as "3 of 9".
struct BuildStep {
  std::size_t done = 0;
  std::size_t all = 0;
  std::string part;  // the part of the last step: "common"
};

/// The last step in ninja's output, "[3/9] Building CXX object common/...".
BuildStep last_step(const std::string& output);

/// Shows what is being built, the progress, and the estimated time left. On a terminal, this is one line that is
/// updated and removed at the end; elsewhere it is printed once, if there is something to do.
///
///     Building 02_mlp.mine.tests: 3 of 9 steps (common), 0:12, about 0:24 left; the course's own code is compiled only
///     once
class BuildProgress {
 public:
  explicit BuildProgress(std::string what) : what_(std::move(what)) {}
  ~BuildProgress();
  BuildProgress(const BuildProgress&) = delete;
  BuildProgress& operator=(const BuildProgress&) = delete;

  /// Reads everything that ninja has printed so far.
  void show(const std::string& output);

 private:
  using Clock = std::chrono::steady_clock;
  std::string line(const BuildStep& step, double seconds) const;

  std::string what_;
  Clock::time_point start_ = Clock::now();
  bool shown_ = false;
};

}  // namespace grader
