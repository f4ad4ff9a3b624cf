#include "class/cohort.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <stdexcept>

#include "class/exported.hpp"
#include "class/names.hpp"
#include "submission/submission_scan.hpp"
#include "system/terminal.hpp"
#include "system/text.hpp"
#include "system/utc.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t reasons_shown = 3;

bool is_regular(const fs::path& path) { return fs::is_regular_file(fs::symlink_status(path)); }
bool is_folder(const fs::path& path) { return fs::is_directory(fs::symlink_status(path)); }

bool holds_a_lab_file(const fs::path& folder, const Lab& lab) {
  return std::ranges::any_of(lab.files, [&](const std::string& file) { return is_regular(folder / file); });
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

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  std::ranges::sort(entries);
  return entries;
}

/// Whether a folder is one student's submission. Throws std::runtime_error if it may be a class as well.
bool is_one_submission(const fs::path& folder, const Lab& lab) {
  if (!holds_a_lab_file(folder, lab)) return false;
  const std::vector<fs::path> entries = sorted_entries(folder);
  const auto others = std::ranges::count_if(entries, [&](const fs::path& entry) {
    return is_folder(entry) ? holds_a_lab_file(entry, lab) : is_archive(entry) && is_regular(entry);
  });
  if (others >= 2) {
    throw std::runtime_error(fmt::format(
        "{} holds {} itself, and {} more submissions: is it one student's or a class? Move {} away if it is "
        "a class.",
        folder.string(), fmt::join(lab.files, ", "), others, fmt::join(lab.files, ", ")));
  }
  return true;
}

/// The submissions at the paths. If the only path is the folder of a class, its entries, sorted by name.
std::vector<fs::path> entries_of(const std::vector<std::string>& paths, const Lab& lab,
                                 std::vector<std::string>& warnings) {
  for (const std::string& path : paths) {
    if (!fs::exists(fs::symlink_status(path))) {
      throw std::runtime_error(path + " does not exist. Name the submissions, or the folder that contains them.");
    }
  }
  if (paths.size() != 1 || !fs::is_directory(paths.front()) || !exported_entries({paths.front()}).empty() ||
      is_one_submission(paths.front(), lab)) {
    return {paths.begin(), paths.end()};
  }
  std::vector<fs::path> entries;
  std::vector<std::string> hidden;
  for (const fs::path& entry : sorted_entries(paths.front())) {
    const std::string name = entry.filename();
    if (!name.starts_with(".")) {
      entries.push_back(entry);
    } else if (!is_clutter(name) && name != ".git" && !name.starts_with("._")) {
      hidden.push_back(shown(name));
    }
  }
  if (!hidden.empty()) {
    warnings.push_back(
        fmt::format("hidden, so passed over: {}. If it is a student's, rename it.", fmt::join(hidden, ", ")));
  }
  if (std::ranges::all_of(entries, is_no_student)) {
    throw std::runtime_error(paths.front() + " is empty: there is nothing to grade.");
  }
  return entries;
}

/// The newest time of the submission's files in a folder, or the time of an archive.
std::int64_t time_of(const Submission& submission) {
  std::error_code ignored;
  std::vector<fs::path> files = {submission.source};
  if (is_folder(submission.source)) {
    files.clear();
    for (const std::string& file : submission.paths) files.push_back(submission.source / file);
  }
  std::int64_t newest = 0;
  for (const fs::path& file : files) {
    if (const auto time = fs::last_write_time(file, ignored); !ignored) newest = std::max(newest, unix_seconds(time));
  }
  return newest;
}

/// The name of a student's submission, without what ./course submit puts in front.
std::string student_name(const fs::path& entry, const Lab& lab) {
  std::string name = student_of(entry);
  if (name == lab.name) {
    throw std::runtime_error(
        fmt::format("{} is called after the lab, not after a student. Name the folder that has a folder or archive for "
                    "each student; copy repositories with ./course collect.",
                    entry.string()));
  }
  if (const std::string prefix = lab.name + "-"; name.starts_with(prefix) && name.size() > prefix.size()) {
    name.erase(0, prefix.size());
  }
  return name;
}

/// Reads what a student handed in: one entry, or several loose files.
Submission read_entries(const std::vector<fs::path>& entries, const std::map<std::string, Exported>& exported,
                        const Lab& lab) {
  // Of loose files, those that the lab names count, in the newest version; else an archive, else the first
  std::map<std::string, fs::path> loose;
  fs::path single = entries.front();
  for (const fs::path& entry : entries) {
    const auto known = exported.find(entry.filename());
    if (known == exported.end() || known->second.loose_file.empty()) continue;
    fs::path& file = loose[known->second.loose_file];
    if (file.empty() || fs::last_write_time(file) <= fs::last_write_time(entry)) file = entry;
    if (is_archive(entry) && !is_archive(single)) single = entry;
  }
  const bool has_lab_file =
      std::ranges::any_of(lab.files, [&](const std::string& file) { return loose.contains(file); });
  if (!has_lab_file) {
    Submission submission = read_submission(single, lab.wanted());
    submission.submitted.found = time_of(submission);
    return submission;
  }
  Submission submission = read_files(loose, lab.wanted());
  submission.named = as_utf8(single.filename());
  for (const auto& [name, content] : submission.files) {
    submission.source = loose.at(name);
    submission.submitted.found = std::max(submission.submitted.found, time_of(submission));
  }
  return submission;
}

/// The entries of each student; only loose files are several.
std::vector<std::vector<fs::path>> by_student(const std::vector<fs::path>& entries,
                                              const std::map<std::string, Exported>& exported) {
  std::vector<std::vector<fs::path>> all;
  std::map<std::string, std::size_t> loose;
  for (const fs::path& entry : entries) {
    if (is_no_student(entry) || is_text_beside_files(entry)) continue;
    const auto known = exported.find(entry.filename());
    if (known == exported.end() || known->second.loose_file.empty()) {
      all.push_back({entry});
      continue;
    }
    const auto [place, is_new] = loose.emplace(known->second.submitters.front().student, all.size());
    if (is_new) all.emplace_back();
    all[place->second].push_back(entry);
  }
  return all;
}

/// Warns of what may be wrong with names and times.
void add_warnings(const std::vector<std::string>& late, const std::vector<std::string>& absent, Cohort& cohort) {
  for (std::string& warning : warnings_of_names(cohort.submissions)) cohort.warnings.push_back(std::move(warning));
  if (!late.empty()) {
    cohort.warnings.push_back(fmt::format(
        "Canvas calls these late: {}. It does not say when they came; tell it with --times.", fmt::join(late, ", ")));
  }
  if (!absent.empty()) {
    cohort.warnings.push_back(
        fmt::format("there are times for students who handed in nothing: {}.", fmt::join(absent, ", ")));
  }
  if (std::string warning = warning_of_times(cohort.submissions); !warning.empty()) {
    cohort.warnings.push_back(std::move(warning));
  }
}

}  // namespace

Cohort read_cohort(const std::vector<std::string>& paths, const Lab& lab, const SubmissionTimes& times,
                   const Roster& roster) {
  Cohort cohort;
  const std::vector<fs::path> entries = entries_of(paths, lab, cohort.warnings);
  const std::map<std::string, Exported> exported = exported_entries(entries);
  std::vector<std::string> late;
  for (const std::vector<fs::path>& of_student : by_student(entries, exported)) {
    Submission& submission = cohort.submissions.emplace_back(read_entries(of_student, exported, lab));
    std::erase(submission.ignored, "manifest.json");  // ./course submit put it there
    const auto known = exported.find(of_student.front().filename());
    if (known == exported.end()) {
      submission.student = student_name(of_student.front(), lab);
      continue;
    }
    const std::vector<Person>& people = known->second.submitters;
    cohort.exported.insert(cohort.exported.end(), people.begin(), people.end());
    submission.student = people.front().student;
    submission.submitted.told = known->second.time;
    if (known->second.is_late) late.push_back(submission.student);
  }
  refuse_equal_names(cohort.submissions);
  add_warnings(late, tell_times(times, roster, cohort.submissions), cohort);
  return cohort;
}

void refuse_unreadable(const std::vector<Submission>& submissions, const Lab& lab) {
  if (!std::ranges::all_of(submissions, [](const Submission& submission) { return !submission.error.empty(); })) return;
  std::string reasons;
  for (std::size_t i = 0; i < std::min(submissions.size(), reasons_shown); ++i) {
    reasons += fmt::format("    {}: {}\n", submissions[i].student, submissions[i].error);
  }
  throw std::runtime_error(fmt::format(
      "none of {} can be read, so nothing was graded:\n{}Make one folder for the class, and in it a folder, "
      ".zip or .tar.gz for each student, called after the student, with the file of the lab: "
      "submissions/kim/{}. Unpack an archive that holds a whole class. Copy repositories with ./course "
      "collect.",
      counted(submissions.size(), "submission"), reasons, lab.files.front()));
}

}  // namespace grader
