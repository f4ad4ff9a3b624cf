#pragma once

// How benchmarks and demos measure time. timing.py does the same in Python.

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace nn {

/// Starts when it is constructed.
class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The median; for an even count, the upper of the two in the middle. `numbers` must not be empty.
double median(std::vector<double> numbers);

/// Seconds that one call of a function takes: the median of several rounds, which take `budget` seconds together, or of
/// one call if that takes longer. A round repeats a short call for a hundredth of a second, so that the clock is
/// precise enough.
double seconds_per_call(const std::function<void()>& function, double budget = 0.2);

/// Seconds, or other measurements, by name.
using Times = std::map<std::string, double>;

/// The medians of `rounds` rounds. Each round should time everything that is compared, so that all are measured under
/// the same conditions.
Times median_times(std::size_t rounds, const std::function<Times()>& round);

/// Runs a script with Debian's Python and returns the measurements that it prints, one line with a name and a number
/// for each. `script` is relative to the repository. Empty if there is no Python or if the script exits with 77, which
/// means that the library to be measured is not installed. Throws std::runtime_error for any other exit status except
/// 0.
Times times_in_python(const std::filesystem::path& script, const std::vector<std::size_t>& arguments);

}  // namespace nn
