#include "home/test_report.hpp"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>

#include "system/terminal.hpp"

namespace grader {

namespace {

constexpr std::size_t widest_name = 56;
constexpr std::size_t beside_name = 12;  // columns of "  ✓ " before a name and of "  12/12" after it

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// What went wrong, in a line; in two if the first only announces the other.
std::string brief(const HomeRun& run) {
  if (!run.why.empty()) {
    return run.why;
  }
  const std::string first = first_line(run.output);
  return first.ends_with(':')
             ? first + "\n" + first_line(run.output.substr(std::min(first.size() + 1, run.output.size())))
             : first;
}

/// The name of a test without its task: "Linear::forward".
std::string what_of(const TestInfo& test) {
  return test.name.substr(std::min(test.task().size() + 1, test.name.size()));
}

std::string shown(const std::string& text, std::size_t spaces) { return wrapped(indented(text, spaces)); }

}  // namespace

std::string place_of_gap(const std::string& output) {
  const std::string line = first_line(output);
  const std::size_t open = line.rfind('(');
  const std::size_t close = line.rfind(')');
  const bool found = open != std::string::npos && close != std::string::npos && open < close;
  return found && line.find(':', open) < close ? line.substr(open + 1, close - open - 1) : "";
}

TestReport::TestReport(const std::vector<TestInfo>& tests, Others others) : others_(others) {
  for (const TestInfo& test : tests) {
    width_ = std::max(width_, display_width(test.name));
  }
  width_ = std::min({width_, widest_name, terminal_width() - beside_name});
}

void TestReport::print(const HomeRun& run) {
  if (run.status == Status::passed) {
    print_row(run, green("✓"));
    fmt::print("\n");
  } else if (run.status == Status::todo) {
    print_gap(run);
  } else {
    print_row(run, red("✗"));
    fmt::print("\n");
    print_failure(run);
  }
  std::fflush(stdout);
}

void TestReport::print_row(const HomeRun& run, const std::string& mark) {
  // The points stand beside the last line of the name
  const std::string name = wrapped(run.test.name, width_);
  const std::size_t last = name.rfind('\n') + 1;
  const std::string before = last == 0 ? "" : indented(name.substr(0, last), 4).substr(4) + "    ";
  const std::string end = name.substr(last);
  const std::string row =
      fmt::format("{}{}{:{}}  {:>2}/{}", before, end, "", width_ - std::min(width_, display_width(end)),
                  run.status == Status::passed ? run.test.points : 0, run.test.points);
  fmt::print("  {} {}", mark, run.status == Status::todo ? dim(row) : row);
}

void TestReport::print_gap(const HomeRun& run) {
  print_row(run, dim("·"));
  const std::string place = place_of_gap(run.output);
  const std::string words = "  not done yet" + (place.empty() || place == last_gap_ ? "" : ", " + place);
  const bool first_of_task = gaps_.insert(run.test.task()).second;
  last_gap_ = place;
  if (width_ + beside_name + display_width(words) <= terminal_width()) {
    fmt::print("{}\n", dim(words));
  } else {
    fmt::print("\n{}", first_of_task ? dim("    " + words) + "\n" : "");
  }
}

void TestReport::print_failure(const HomeRun& run) {
  const auto [first, is_first] = first_failed_.emplace(run.test.task(), what_of(run.test));
  if (others_ == Others::whole || is_first) {
    fmt::print("{}{}", run.why.empty() ? "" : red(wrapped("      " + run.why)) + "\n", shown(run.output, 4));
  } else {
    fmt::print("{}", dim(shown(brief(run), run.why.empty() ? 4 : 6)));
  }
  if (!is_first) {
    fmt::print("{}", yellow(wrapped(fmt::format("      Correct '{}' first.\n", first->second))));
  }
}

}  // namespace grader
