#pragma once

#include <chrono>
#include <string>

namespace grader {

/// How far ninja is, as "3 of 9".
struct BuildStep {
  std::size_t done = 0;
  std::size_t all = 0;
  std::string part;  // what was last worked on: "common"
};

/// The last step that ninja reported in its output, "[3/9] Building CXX object common/...".
BuildStep last_step(const std::string& output);

/// Shows what is being built, how far it is and how long it may still take. On a terminal, over and over in one line
/// that is gone at the end; elsewhere once, when there is something to do.
///
///     Building 02_mlp.mine.tests: 3 of 9 steps (common), 0:12, about 0:24 left; what is given is compiled only once
class BuildProgress {
 public:
  explicit BuildProgress(std::string what) : what_(std::move(what)) {}
  ~BuildProgress();
  BuildProgress(const BuildProgress&) = delete;
  BuildProgress& operator=(const BuildProgress&) = delete;

  /// Takes all that ninja has printed so far.
  void show(const std::string& output);

 private:
  using Clock = std::chrono::steady_clock;
  std::string line(const BuildStep& step, double seconds) const;

  std::string what_;
  Clock::time_point start_ = Clock::now();
  bool shown_ = false;
};

}  // namespace grader
