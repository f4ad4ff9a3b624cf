#pragma once

// How benchmarks and demos measure time. timing.py does the same in Python.

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace nn {

/// Runs from when it is made.
class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The number in the middle; of an even count the upper of the two. `numbers` must not be empty.
double median(std::vector<double> numbers);

/// Seconds that one call of a function takes: the median of rounds, which together last `budget` seconds, or one call
/// if that takes longer. A round repeats short calls for a hundredth of a second: no clock is too coarse for that.
double seconds_per_call(const std::function<void()>& function, double budget = 0.2);

/// Seconds, or anything else that was measured, by name.
using Times = std::map<std::string, double>;

/// The medians of `rounds` rounds. Let a round time all that is to be compared: then all see the same machine.
Times median_times(std::size_t rounds, const std::function<Times()>& round);

/// What a script for Debian's Python measures: it prints lines of a name and a number. `script` is relative to the
/// repository. Empty if there is no Python or if the script exits with 77, which says that the library which it
/// measures is not installed. Throws std::runtime_error if it ends in any other way but with 0.
Times times_in_python(const std::filesystem::path& script, const std::vector<std::size_t>& arguments);

}  // namespace nn
