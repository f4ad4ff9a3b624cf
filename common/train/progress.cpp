#include "train/progress.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

namespace nn {

namespace {

constexpr std::size_t bar_width = 20;
constexpr double seconds_between_draws = 0.1;

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string bar(double fraction) {
  const auto filled = static_cast<std::size_t>(fraction * bar_width);
  std::string text(filled, '=');
  text += filled < bar_width ? ">" : "";
  text.resize(bar_width, ' ');
  return text;
}

}  // namespace

Progress::Progress(std::string label, std::size_t total)
    : Progress(std::move(label), total, std::cerr, ::isatty(STDERR_FILENO) == 1, steady_seconds) {}

Progress::Progress(std::string label, std::size_t total, std::ostream& out, bool terminal,
                   std::function<double()> clock)
    : label_(std::move(label)),
      total_(total),
      out_(&out),
      terminal_(terminal),
      clock_(std::move(clock)),
      start_(clock_()) {}

Progress::~Progress() {
  if (terminal_ && !finished_ && done_ > 0) {
    *out_ << '\n' << std::flush;
  }
}

void Progress::advance(std::size_t count, double loss) {
  done_ += count;
  loss_sum_ += loss * static_cast<double>(count);
  has_loss_ = true;
  report();
}

void Progress::advance(std::size_t count) {
  done_ += count;
  report();
}

void Progress::report() {
  const double seconds = clock_() - start_;
  if (terminal_ && seconds >= next_draw_) {
    draw(line(seconds));
    next_draw_ = seconds + seconds_between_draws;
  }
  if (!terminal_ && done_ < total_ && done_ * 10 >= total_ * next_tenth_) {
    draw(line(seconds));
    next_tenth_ = done_ * 10 / total_ + 1;
  }
}

void Progress::finish() {
  if (finished_) {
    return;
  }
  finished_ = true;
  const double seconds = clock_() - start_;
  const double rate = static_cast<double>(done_) / std::max(seconds, 1e-9);
  draw(fmt::format("{}  {} done{}  {}  {}", label_, done_, loss_text(), rate_text(rate), duration_text(seconds)));
  if (terminal_) {
    *out_ << '\n' << std::flush;
  }
}

double Progress::mean_loss() const { return done_ == 0 ? 0 : loss_sum_ / static_cast<double>(done_); }

std::string Progress::line(double seconds) const {
  const double done = static_cast<double>(done_);
  const double fraction = total_ == 0 ? 1 : std::min(1.0, done / static_cast<double>(total_));
  const double rate = done / std::max(seconds, 1e-9);
  const double left = (1 - fraction) * static_cast<double>(total_) / std::max(rate, 1e-9);
  return fmt::format("{} [{}] {:3.0f}%  {}/{}{}  {}  {} left", label_, bar(fraction), std::floor(fraction * 100), done_,
                     total_, loss_text(), rate_text(rate), duration_text(left));
}

std::string Progress::loss_text() const { return has_loss_ ? fmt::format("  loss {:.4g}", mean_loss()) : ""; }

void Progress::draw(const std::string& line) {
  // On a terminal: go to the first column, write the line, and clear the rest of an older, longer line
  if (terminal_) {
    *out_ << '\r' << line << "\x1b[K" << std::flush;
  } else {
    *out_ << line << '\n' << std::flush;
  }
}

std::string rate_text(double per_second) {
  return per_second >= 1 ? fmt::format("{:.0f}/s", per_second) : fmt::format("{:.1f}/min", per_second * 60);
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<long long>(std::llround(std::clamp(seconds, 0.0, 1e9)));
  const long long minutes = whole / 60;
  return minutes < 60 ? fmt::format("{}:{:02}", minutes, whole % 60)
                      : fmt::format("{}:{:02}:{:02}", minutes / 60, minutes % 60, whole % 60);
}

}  // namespace nn
