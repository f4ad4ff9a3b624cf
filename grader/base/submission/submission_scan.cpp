#include "submission/submission_scan.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

#include "system/text.hpp"

namespace grader {

namespace {

constexpr std::size_t max_shown_bytes = 100;
// `course submit` adds this file, so it is not reported.
constexpr const char* manifest = "manifest.json";

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

SubmissionScan::SubmissionScan(const std::vector<std::string>& allowed_files, const SubmissionLimits& limits)
    : allowed_(allowed_files), limits_(limits) {}

std::size_t SubmissionScan::depth() const {
  std::ptrdiff_t slashes = 0;
  for (const std::string& name : allowed_) slashes = std::max(slashes, std::count(name.begin(), name.end(), '/'));
  return static_cast<std::size_t>(slashes) + 2;
}

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

  // An allowed file is at the root or below one folder.
  const std::size_t slash = clean->find('/');
  const std::string top = slash == std::string::npos ? "" : clean->substr(0, slash);
  const std::string rest = slash == std::string::npos ? *clean : clean->substr(slash + 1);
  for (const std::string& name : allowed_) {
    if (*clean == name) return Place{"", name};
    if (rest == name) return Place{top, name};
    if (lower(rest) == lower(name)) {
      ignore(path, "must be called " + name);
      return std::nullopt;
    }
  }
  if (rest != manifest) ignore(path);
  return std::nullopt;
}

void SubmissionScan::add(const Place& place, std::string content) {
  Folder& folder = folders_[place.folder];
  if (folder.contains(place.name)) {
    folder[place.name].twice = true;
  } else {
    folder[place.name].content = std::move(content);
  }
}

const SubmissionScan::Folder* SubmissionScan::chosen() const {
  const bool clear = folders_.contains("") || folders_.size() == 1;
  return clear ? &folders_.begin()->second : nullptr;
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
  const Folder* folder = chosen();
  for (const auto& [top, files] : folders_) {
    for (const auto& [name, candidate] : files) {
      if (&files != folder) ignore(top + "/" + name);
    }
  }
  submission.ignored = std::move(ignored_);
  if (ignored_count_ > limits_.ignored_names) {
    submission.ignored.push_back(fmt::format("... and {} more", ignored_count_ - limits_.ignored_names));
  }

  if (folders_.empty()) {
    throw Refused(fmt::format("It contains none of the expected files: {}", fmt::join(allowed_, ", ")));
  }
  if (folder == nullptr) {
    throw Refused(fmt::format("It contains several folders with these files, such as {} and {}: hand in only one",
                              shown(folders_.begin()->first), shown(folders_.rbegin()->first)));
  }
  for (const auto& [name, candidate] : *folder) {
    if (const std::string problem = problem_of(name, candidate); !problem.empty()) throw Refused(problem);
    submission.files[name] = candidate.content;
  }
}

}  // namespace grader
