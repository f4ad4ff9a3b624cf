#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <string>

namespace nn {

/// Shows the progress of a run, its mean loss, its speed, and the time left:
///
///     epoch 3 [=======>            ]  35%  21000/60000  loss 0.1834  8123/s  0:05 left
/// On a terminal the line is redrawn in place, at most ten times a second. Otherwise, for example in a file, about ten
/// lines are written in total. Use one object for each epoch:
///
///     Progress progress("epoch 3", images.shape(0));
///     for each batch: progress.advance(batch.size(), loss);
///     progress.finish();
class Progress {
 public:
  /// `total` is the number of examples (or steps) to do. Writes to standard error.
  Progress(std::string label, std::size_t total);

  /// Writes to `out`, in place if `terminal` is true; `clock` gives the time in seconds. `out` must outlive the object.
  Progress(std::string label, std::size_t total, std::ostream& out, bool terminal, std::function<double()> clock);

  /// Ends the line if an exception ended the run.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `count` more are done, with the mean loss `loss`.
  void advance(std::size_t count, double loss);

  /// `count` more are done, without a loss; then the line shows no loss.
  void advance(std::size_t count);

  /// Writes the last line: the count, the mean loss, the speed, and the time it took.
  void finish();

  /// The mean loss of everything done so far; 0 before the first.
  double mean_loss() const;

 private:
  std::string line(double seconds) const;
  std::string loss_text() const;
  void report();
  void draw(const std::string& line);

  std::string label_;
  std::size_t total_;
  std::ostream* out_;
  bool terminal_;
  std::function<double()> clock_;
  double start_;
  double next_draw_ = 0;        // in seconds since the start, on a terminal
  std::size_t next_tenth_ = 1;  // of the total, if not on a terminal
  std::size_t done_ = 0;
  double loss_sum_ = 0;
  bool has_loss_ = false;
  bool finished_ = false;
};

/// A count per second, or per minute if it is less than one per second: "8123/s", "14.2/min".
std::string rate_text(double per_second);

/// A time in seconds as "0:05" or "1:02:03", rounded to whole seconds.
std::string duration_text(double seconds);

}  // namespace nn
