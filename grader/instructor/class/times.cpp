#include "class/times.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

#include "class/csv_table.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

constexpr std::int64_t one_minute = 60;

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

}  // namespace

SubmissionTimes read_times(const std::filesystem::path& file) {
  SubmissionTimes times;
  std::size_t line = 1;
  try {
    for (const Row& row : rows_of_csv(text_of_csv(file))) {
      line = row.line;
      if (row.cells.size() != 2) throw std::runtime_error("a row must be STUDENT,TIME; a name with a comma in quotes");
      const std::string student = trimmed(row.cells.front());
      const std::string time = trimmed(row.cells.back());
      if (student != "student" || time != "time") times[student] = utc_seconds(time);
    }
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(fmt::format("{}, line {}: {}", file.string(), line, error.what()));
  }
  return times;
}

std::vector<std::string> tell_times(const SubmissionTimes& times, const Roster& roster,
                                    std::vector<Submission>& submissions) {
  std::vector<std::string> absent;
  for (const auto& [student, time] : times) {
    const std::string called = roster.student_called(student);
    bool found = false;
    for (Submission& submission : submissions) {
      if (roster.student_called(submission.student) == called) {
        submission.submitted.told = time;
        found = true;
      }
    }
    if (!found && roster.find(student) == nullptr) {
      throw std::runtime_error(fmt::format("there is a time for '{}', but no submission", student));
    }
    if (!found) absent.push_back(called);
  }
  return absent;
}

std::string warning_of_times(const std::vector<Submission>& submissions) {
  std::vector<std::int64_t> found;
  for (const Submission& submission : submissions) {
    if (submission.submitted.told || submission.submitted.found == 0) return "";
    found.push_back(submission.submitted.found);
  }
  if (found.size() < 2) return "";
  const auto [first, last] = std::ranges::minmax(found);
  if (last - first > one_minute) return "";
  return fmt::format(
      "all submissions have the time {}, to a minute: perhaps it is that of a copy. If lateness counts, tell the times "
      "with --times, or collect repositories with ./course collect.",
      utc_text(first));
}

}  // namespace grader
