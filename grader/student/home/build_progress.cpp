#include "home/build_progress.hpp"

#include <cstdio>
#include <fmt/format.h>

#include "system/terminal.hpp"
#include "train/progress.hpp"

namespace grader {

namespace {

constexpr std::size_t many_steps = 4;  // more than an edit causes: the course's own code is compiled, too
constexpr double short_time = 0.3;     // in seconds; a shorter build is not announced

}  // namespace

BuildStep last_step(const std::string& output) {
  BuildStep step;
  std::size_t line = output.rfind("\n[");
  line = line == std::string::npos ? (output.starts_with('[') ? 0 : output.size()) : line + 1;
  if (std::sscanf(output.c_str() + line, "[%zu/%zu]", &step.done, &step.all) != 2) {
    return {};
  }
  // The folder CMakeFiles/PART.dir contains the files of a part
  const std::size_t end = output.find(".dir/", line);
  const std::size_t begin = output.rfind('/', end);
  if (end != std::string::npos && begin != std::string::npos && begin > line) {
    step.part = output.substr(begin + 1, end - begin - 1);
  }
  return step;
}

BuildProgress::~BuildProgress() {
  if (shown_ && is_terminal()) {
    fmt::print("\r\033[K");
    std::fflush(stdout);
  }
}

void BuildProgress::show(const std::string& output) {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  if (seconds < short_time || (shown_ && !is_terminal())) {
    return;
  }
  shown_ = true;
  const BuildStep step = last_step(output);
  if (is_terminal()) {
    fmt::print("\r\033[K{}", dim(line(step, seconds).substr(0, terminal_width() - 1)));
  } else {
    fmt::print("{} ...{}\n", what_, step.all > many_steps ? " (the course's own code is compiled only once)" : "");
  }
  std::fflush(stdout);
}

std::string BuildProgress::line(const BuildStep& step, double seconds) const {
  std::string text = what_ + ": ";
  if (step.all > 0) {
    text += fmt::format("{} of {} steps{}, ", step.done, step.all, step.part.empty() ? "" : " (" + step.part + ")");
  }
  text += nn::duration_text(seconds);
  if (step.done > 0 && step.done < step.all) {
    const double left = seconds * static_cast<double>(step.all - step.done) / static_cast<double>(step.done);
    text += fmt::format(", about {} left", nn::duration_text(left));
  }
  return text + (step.all > many_steps ? "; only this first time" : " ...");
}

}  // namespace grader
