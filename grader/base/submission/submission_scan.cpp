#include "submission/submission_scan.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string_view>
#include <utility>

#include "system/text.hpp"

namespace grader {

namespace {

constexpr std::size_t max_shown_bytes = 100;
// `course submit` adds this file, so it is not reported.
constexpr const char* manifest = "manifest.json";
constexpr std::size_t max_named = 3;
constexpr std::array<std::string_view, 5> source_endings = {".cpp", ".cc", ".cxx", ".cpp.txt", ".c"};

/// The path without "." and double slashes; nothing if it is absolute or leads outside.
std::optional<std::string> normal(const std::string& path) {
  if (path.starts_with('/')) return std::nullopt;
  std::string result;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    if (part == "..") return std::nullopt;
    if (!part.empty() && part != ".") result += (result.empty() ? "" : "/") + part;
    begin = end + 1;
  }
  return result;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// The last part of a path.
std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// The path of a file in a folder, which is empty for the root.
std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

/// Whether the path is this name at the root or in a folder.
bool is_below(const std::string& path, const std::string& name) { return path == name || path.ends_with("/" + name); }

/// Whether an operating system left this file behind.
bool is_left_behind(const std::string& path) {
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (is_clutter(path.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return last_part(path).starts_with("._");
}

/// Whether it is a file of C++ that is not one of the lab's tests.
bool is_source(const std::string& path) {
  const std::string name = lower(path);
  return !name.ends_with("_test.cpp") &&
         std::ranges::any_of(source_endings, [&](std::string_view ending) { return name.ends_with(ending); });
}

}  // namespace

bool is_clutter(const std::string& name) {
  const std::string small = lower(name);
  return small == "thumbs.db" || small == "desktop.ini" || small == ".ds_store" || small == "__macosx";
}

std::string shown(const std::string& name) {
  std::string text = inert(name, max_shown_bytes);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, '?');
  return text;
}

SubmissionScan::SubmissionScan(const Wanted& wanted, const SubmissionLimits& limits)
    : allowed_(wanted.files), course_folder_(wanted.folder), limits_(limits) {}

void SubmissionScan::count(std::size_t bytes) {
  bytes_ += bytes;
  if (bytes_ > limits_.scanned_bytes) {
    throw Refused(fmt::format("It is larger than {} MiB. Hand in only: {}", limits_.scanned_bytes >> 20,
                              fmt::join(allowed_, ", ")));
  }
  if (std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count() > limits_.seconds) {
    throw Refused(fmt::format("Reading it takes too long. Hand in only: {}", fmt::join(allowed_, ", ")));
  }
}

void SubmissionScan::ignore(const std::string& path, const std::string& why) {
  if (++ignored_count_ > limits_.ignored_names) return;
  ignored_.push_back(shown(path) + (why.empty() ? "" : " (" + why + ")"));
}

std::optional<SubmissionScan::Place> SubmissionScan::enter(const std::string& path, EntryKind kind) {
  count(0);
  if (++entries_ > limits_.entries) {
    throw Refused(fmt::format("It has more than {} files and folders. Hand in only: {}", limits_.entries,
                              fmt::join(allowed_, ", ")));
  }
  const std::optional<std::string> clean = normal(path);
  if (!clean) {
    ignore(path, "leads outside");
    return std::nullopt;
  }
  if (kind == EntryKind::folder) return std::nullopt;
  if (kind != EntryKind::regular) {
    ignore(path, kind == EntryKind::link ? "a link" : "not a regular file");
    return std::nullopt;
  }

  // An allowed file is at the root or in a folder
  for (const std::string& name : allowed_) {
    if (is_below(*clean, name))
      return Place{clean->substr(0, clean->size() - std::min(clean->size(), name.size() + 1)), name};
  }
  if (is_left_behind(*clean)) return std::nullopt;
  for (const std::string& name : allowed_) {
    if (is_below(lower(*clean), lower(name))) {
      remember(*clean);
      ignore(path, "must be called " + name);
      return std::nullopt;
    }
  }
  if (last_part(*clean) != manifest) {
    remember(*clean);
    ignore(path);
  }
  return std::nullopt;
}

void SubmissionScan::remember(const std::string& path) {
  std::vector<std::string>& paths = is_source(path) ? sources_ : others_;
  const bool similar = std::ranges::any_of(allowed_, [&](const std::string& name) {
    return lower(last_part(path)).find(lower(last_part(name.substr(0, name.rfind('.'))))) != std::string::npos;
  });
  if (paths.size() < max_named || similar) paths.insert(similar ? paths.begin() : paths.end(), path);
  if (paths.size() > max_named) paths.pop_back();
}

void SubmissionScan::add(const Place& place, std::string content) {
  Folder& folder = folders_[place.folder];
  if (folder.contains(place.name)) {
    folder[place.name].twice = true;
  } else {
    folder[place.name].content = std::move(content);
  }
}

std::optional<std::string> SubmissionScan::one_folder() const {
  // The lab's folder in a whole course counts, if there is one such course
  if (!course_folder_.empty()) {
    std::vector<std::string> courses;
    for (const auto& [path, folder] : folders_) {
      if (is_below(path, course_folder_)) courses.push_back(path);
    }
    if (courses.size() == 1) return courses.front();
  }

  // Else the folder that holds all others with such files
  const std::string& top = folders_.begin()->first;
  const bool holds_all = std::ranges::all_of(
      folders_, [&](const auto& folder) { return top.empty() || (folder.first + "/").starts_with(top + "/"); });
  return holds_all ? std::optional(top) : std::nullopt;
}

std::map<std::string, std::string> SubmissionScan::chosen() const {
  if (folders_.empty()) return {};
  std::map<std::string, std::string> files;
  if (const std::optional<std::string> folder = one_folder()) {
    for (const auto& [name, candidate] : folders_.at(*folder)) files[name] = *folder;
    return files;
  }

  // Without one, every file counts that is the only one of its name
  for (const auto& [path, folder] : folders_) {
    for (const auto& [name, candidate] : folder) {
      if (!files.emplace(name, path).second) return {};
    }
  }
  return files;
}

std::string SubmissionScan::instead() const {
  const std::vector<std::string>& paths = sources_.empty() ? others_ : sources_;
  if (paths.empty()) return "";
  std::string text;
  for (const std::string& path : paths) text += (text.empty() ? "" : ", ") + shown(path);
  const bool is_clear = !sources_.empty() && allowed_.size() == 1;
  return fmt::format(". There is {}{}", text,
                     is_clear ? fmt::format(": {} must be called {}", paths.size() == 1 ? "it" : "the file of this lab",
                                            allowed_.front())
                              : "");
}

std::string SubmissionScan::problem_of(const std::string& name, const Candidate& candidate) const {
  if (candidate.twice) return name + " is in it twice";
  if (candidate.content.size() > limits_.file_bytes) {
    return fmt::format("{} is larger than {} KiB", name, limits_.file_bytes >> 10);
  }
  if (candidate.content.find('\0') != std::string::npos) return name + " is not a text file: it contains a zero byte";
  return "";
}

void SubmissionScan::finish(Submission& submission) {
  const std::map<std::string, std::string> files = chosen();
  for (const auto& [path, folder] : folders_) {
    for (const auto& [name, candidate] : folder) {
      const auto file = files.find(name);
      if (file == files.end() || file->second != path) ignore(joined(path, name));
    }
  }
  submission.ignored = std::move(ignored_);
  if (ignored_count_ > limits_.ignored_names) {
    submission.ignored.push_back(fmt::format("... and {} more", ignored_count_ - limits_.ignored_names));
  }

  if (folders_.empty()) {
    throw Refused(fmt::format("It contains none of the expected files: {}{}", fmt::join(allowed_, ", "), instead()));
  }
  if (files.empty()) {
    throw Refused(fmt::format("It contains several folders with these files, such as {} and {}: hand in only one",
                              shown(folders_.begin()->first), shown(folders_.rbegin()->first)));
  }
  for (const auto& [name, path] : files) submission.paths.push_back(joined(path, name));
  for (const auto& [name, path] : files) {
    const Candidate& candidate = folders_.at(path).at(name);
    if (const std::string problem = problem_of(name, candidate); !problem.empty()) throw Refused(problem);
    submission.files[name] = candidate.content;
  }
}

}  // namespace grader
