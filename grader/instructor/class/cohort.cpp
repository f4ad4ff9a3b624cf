#include "class/cohort.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>

#include "class/exported.hpp"
#include "submission/archive.hpp"
#include "submission/submission_scan.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

bool holds_a_lab_file(const fs::path& folder, const Lab& lab) {
  return std::ranges::any_of(lab.files,
                             [&](const std::string& file) { return fs::exists(fs::symlink_status(folder / file)); });
}

/// Whether a program left this entry in the folder of a class.
bool is_no_student(const fs::path& entry) {
  const std::string name = entry.filename();
  return is_clutter(name) || name == "submission_metadata.yml" || name == "grades.csv" || name == "index.html";
}

/// Whether this is Moodle's online text of a student who also handed in files.
bool is_text_beside_files(const fs::path& entry) {
  constexpr std::string_view text = "_assignsubmission_onlinetext";
  std::string name = entry.filename();
  const std::size_t at = name.find(text);
  if (at == std::string::npos) return false;
  return fs::exists(entry.parent_path() / name.replace(at, text.size(), "_assignsubmission_file"));
}

/// The only archive in a folder; empty if there is none, or several.
fs::path only_archive(const fs::path& folder) {
  fs::path archive;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (fs::is_regular_file(entry.symlink_status(ignored)) && is_archive(entry.path())) {
      if (!archive.empty()) return {};
      archive = entry.path();
    }
  }
  return archive;
}

/// The submissions at the paths. If the only path is the folder of a class, its entries, sorted by name.
std::vector<fs::path> entries_of(const std::vector<std::string>& paths, const Lab& lab) {
  for (const std::string& path : paths) {
    if (!fs::exists(fs::symlink_status(path))) {
      throw std::runtime_error(path + " does not exist. Name the submissions, or the folder that contains them.");
    }
  }
  if (paths.size() != 1 || !fs::is_directory(paths.front()) || holds_a_lab_file(paths.front(), lab) ||
      !exported_entries({paths.front()}).empty()) {
    return {paths.begin(), paths.end()};
  }
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(paths.front())) {
    if (!entry.path().filename().string().starts_with(".")) {
      entries.push_back(entry.path());
    }
  }
  if (std::ranges::all_of(entries, is_no_student)) {
    throw std::runtime_error(paths.front() + " is empty: there is nothing to grade.");
  }
  std::ranges::sort(entries);
  return entries;
}

/// The newest time of the submission's files in a folder, or the time of an archive.
std::int64_t time_of(const fs::path& path, const Submission& submission) {
  std::error_code ignored;
  std::vector<fs::path> files = {path};
  if (fs::is_directory(path, ignored)) {
    files.clear();
    for (const std::string& file : submission.paths) files.push_back(path / file);
  }
  std::int64_t newest = 0;
  for (const fs::path& file : files) {
    if (const auto time = fs::last_write_time(file, ignored); !ignored) newest = std::max(newest, unix_seconds(time));
  }
  return newest;
}

Submission read_entry(const fs::path& entry, const Lab& lab) {
  Submission submission = read_submission(entry, lab.files);
  submission.submitted.found = time_of(entry, submission);
  if (const fs::path archive = submission.error.empty() ? fs::path() : only_archive(entry); !archive.empty()) {
    submission = read_submission(archive, lab.files);
    submission.submitted.found = time_of(archive, submission);
  }
  std::erase(submission.ignored, "manifest.json");  // ./course submit put it there
  return submission;
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

Cohort read_cohort(const std::vector<std::string>& paths, const Lab& lab, const SubmissionTimes& times,
                   const Roster& roster) {
  Cohort cohort;
  std::map<std::string, int> seen;
  const std::vector<fs::path> entries = entries_of(paths, lab);
  const std::map<std::string, Exported> exported = exported_entries(entries);
  for (const fs::path& entry : entries) {
    if (is_no_student(entry) || is_text_beside_files(entry)) continue;
    Submission& submission = cohort.submissions.emplace_back(read_entry(entry, lab));
    std::string name = student_of(entry);
    if (const auto known = exported.find(entry.filename()); known != exported.end()) {
      const std::vector<Person>& people = known->second.submitters;
      cohort.exported.insert(cohort.exported.end(), people.begin(), people.end());
      name = people.front().student;
      submission.submitted.told = known->second.time;
    }
    submission.student = student_name(name, lab, seen);
  }
  tell_times(cohort.submissions, times, roster);
  return cohort;
}

}  // namespace grader
