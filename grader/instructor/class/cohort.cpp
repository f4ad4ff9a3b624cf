#include "class/cohort.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>

#include "system/utc.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

bool holds_a_lab_file(const fs::path& folder, const Lab& lab) {
  return std::ranges::any_of(lab.files,
                             [&](const std::string& file) { return fs::exists(fs::symlink_status(folder / file)); });
}

/// The submissions at the paths. If the only path is the folder of a class, its entries, sorted by name.
std::vector<fs::path> entries_of(const std::vector<std::string>& paths, const Lab& lab) {
  for (const std::string& path : paths) {
    if (!fs::exists(fs::symlink_status(path))) {
      throw std::runtime_error(path + " does not exist. Name the submissions, or the folder that contains them.");
    }
  }
  if (paths.size() != 1 || !fs::is_directory(paths.front()) || holds_a_lab_file(paths.front(), lab)) {
    return {paths.begin(), paths.end()};
  }
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(paths.front())) {
    if (!entry.path().filename().string().starts_with(".")) {
      entries.push_back(entry.path());
    }
  }
  if (entries.empty()) {
    throw std::runtime_error(paths.front() + " is empty: there is nothing to grade.");
  }
  std::ranges::sort(entries);
  return entries;
}

/// The newest time of the lab's files in a folder or its subfolders, or the time of an archive.
std::int64_t time_of(const fs::path& path, const Lab& lab) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) {
    const auto time = fs::last_write_time(path, ignored);
    return ignored ? 0 : unix_seconds(time);
  }
  std::int64_t newest = 0;
  std::vector<fs::path> folders = {path};
  for (const auto& entry : fs::directory_iterator(path, ignored)) {
    if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
      folders.push_back(entry.path());
    }
  }
  for (const fs::path& folder : folders) {
    for (const std::string& file : lab.files) {
      if (fs::is_regular_file(fs::symlink_status(folder / file, ignored))) {
        newest = std::max(newest, unix_seconds(fs::last_write_time(folder / file, ignored)));
      }
    }
  }
  return newest;
}

/// The student who handed in a submission, with a number if there was already a student with this name.
std::string student_name(std::string name, const Lab& lab, std::map<std::string, int>& seen) {
  if (const std::string prefix = lab.name + "-"; name.starts_with(prefix) && name.size() > prefix.size()) {
    name.erase(0, prefix.size());
  }
  const int count = ++seen[name];
  return count == 1 ? name : name + "~" + std::to_string(count);
}

/// Enters the times. Throws std::runtime_error for a student without a submission.
void tell_times(std::vector<Submission>& submissions, const SubmissionTimes& times, const Roster& roster) {
  for (const auto& [student, time] : times) {
    const std::string called = roster.student_called(student);
    bool found = false;
    for (Submission& submission : submissions) {
      if (roster.student_called(submission.student) == called) {
        submission.submitted.told = time;
        found = true;
      }
    }
    if (!found) throw std::runtime_error(fmt::format("there is a time for '{}', but no submission", student));
  }
}

}  // namespace

SubmissionTimes read_times(const fs::path& file) {
  std::ifstream in(file);
  if (!in) {
    throw std::runtime_error(file.string() + " cannot be read");
  }
  SubmissionTimes times;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    const std::size_t comma = line.rfind(',');
    if (line.empty() || line == "student,time") continue;
    try {
      if (comma == std::string::npos) throw std::runtime_error("a line must be STUDENT,TIME");
      times[line.substr(0, comma)] = utc_seconds(line.substr(comma + 1));
    } catch (const std::runtime_error& error) {
      throw std::runtime_error(fmt::format("{}, line {}: {}", file.string(), number, error.what()));
    }
  }
  return times;
}

std::vector<Submission> read_cohort(const std::vector<std::string>& paths, const Lab& lab, const SubmissionTimes& times,
                                    const Roster& roster) {
  std::vector<Submission> submissions;
  std::map<std::string, int> seen;
  for (const fs::path& entry : entries_of(paths, lab)) {
    Submission& submission = submissions.emplace_back(read_submission(entry, lab.files));
    std::erase(submission.ignored, "manifest.json");  // ./course submit put it there
    submission.student = student_name(submission.student, lab, seen);
    submission.submitted.found = time_of(entry, lab);
  }
  tell_times(submissions, times, roster);
  return submissions;
}

}  // namespace grader
