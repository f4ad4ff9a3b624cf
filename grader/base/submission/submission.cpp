#include "submission/submission.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <string_view>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "submission/archive.hpp"
#include "submission/submission_scan.hpp"
#include "system/sha256.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_name_bytes = 80;

struct Closer {
  void operator()(DIR* folder) const { closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, Closer>;

/// The type of a folder's entry, without following links.
EntryKind kind_of(int folder, const char* name) {
  struct stat status {};
  if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return EntryKind::special;
  if (S_ISDIR(status.st_mode)) return EntryKind::folder;
  if (S_ISLNK(status.st_mode)) return EntryKind::link;
  return S_ISREG(status.st_mode) ? EntryKind::regular : EntryKind::special;
}

/// Reads at most one byte more than the limit. If a link or FIFO has replaced the file in the meantime, it is not
/// followed and not waited for.
std::string content_of(int folder, const char* name, SubmissionScan& scan) {
  const int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  std::string content;
  std::array<char, 1 << 16> buffer;
  ssize_t count = -1;
  while (file >= 0 && (count = read(file, buffer.data(), buffer.size())) > 0) {
    scan.count(static_cast<std::size_t>(count));
    content.append(buffer.data(), static_cast<std::size_t>(count));
    if (content.size() > scan.limits().file_bytes) break;
  }
  const int error = errno;
  if (file >= 0) close(file);
  if (count < 0) throw Refused(fmt::format("{} cannot be read: {}", shown(name), std::strerror(error)));
  return content;
}

/// Passes a folder to the scan, but for what is hidden or deeper than this.
void scan_folder(int descriptor, const std::string& prefix, std::size_t depth, SubmissionScan& scan) {
  const OpenFolder folder(descriptor < 0 ? nullptr : fdopendir(descriptor));
  if (!folder) {
    if (descriptor >= 0) close(descriptor);
    throw Refused("The folder " + shown(prefix) + " cannot be read");
  }
  while (const dirent* entry = readdir(folder.get())) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    const std::string path = prefix + name;
    const EntryKind kind = kind_of(dirfd(folder.get()), entry->d_name);
    const auto place = scan.enter(path, kind);
    if (place) {
      scan.add(*place, content_of(dirfd(folder.get()), entry->d_name, scan));
    } else if (kind == EntryKind::folder && depth > 1 && !name.starts_with(".")) {
      scan_folder(openat(dirfd(folder.get()), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
                  path + "/", depth - 1, scan);
    } else if (kind == EntryKind::folder) {
      scan.ignore(path + "/");
    }
  }
}

/// The length of an archive's ending; 0 if there is none, or nothing else.
std::size_t archive_ending(const std::string& name) {
  for (const std::string_view ending : {".tar.gz", ".tgz", ".tar", ".zip"}) {
    if (name.size() > ending.size() && strcasecmp(name.c_str() + name.size() - ending.size(), ending.data()) == 0) {
      return ending.size();
    }
  }
  return 0;
}

bool is_safe(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte >= 0x80 || std::isalnum(byte) != 0 ||
         std::string_view("._-+@,").find(character) != std::string_view::npos;
}

/// The length of the longest valid UTF-8 prefix with at most this many bytes.
std::size_t prefix_length(std::string_view text, std::size_t most) {
  std::size_t length = std::min(text.size(), most);
  while (length < text.size() && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
  return length;
}

}  // namespace

bool is_archive(const fs::path& path) { return archive_ending(path.filename().string()) > 0; }

std::string student_of(const fs::path& path) {
  fs::path named = path.lexically_normal();
  if (!named.has_filename()) named = named.parent_path();
  std::string name = as_utf8(named.filename().string());
  name.resize(name.size() - archive_ending(name));
  // Invalid UTF-8 and control characters become "?", and then, like all other special characters, "_".
  name = inert(name, name.size());
  for (char& character : name) {
    if (!is_safe(character)) character = '_';
  }
  if (name.empty()) name = "unnamed";
  if (std::string_view(".-+@").find(name.front()) != std::string_view::npos) name.front() = '_';
  return name.substr(0, prefix_length(name, max_name_bytes));
}

std::string sha256_of(const std::map<std::string, std::string>& files) {
  std::string framed;
  for (const auto& [name, content] : files) {
    framed += fmt::format("{}:{}{}:{}", name.size(), name, content.size(), content);
  }
  return sha256(framed);
}

Submission read_submission(const fs::path& path, const std::vector<std::string>& allowed_files,
                           const SubmissionLimits& limits) {
  Submission submission;
  submission.student = student_of(path);
  SubmissionScan scan(allowed_files, limits);
  try {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::is_directory(status)) {
      scan_folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), "", limits.depth, scan);
    } else if (fs::is_regular_file(status)) {
      scan_archive(path, scan);
    } else {
      throw Refused(fs::exists(status) ? "It is neither a folder nor an archive" : "There is no such file or folder");
    }
    scan.finish(submission);
    submission.sha256 = sha256_of(submission.files);
  } catch (const Refused& error) {
    submission.files.clear();
    submission.error = error.what();
    submission.sha256 = sha256(submission.error);
  }
  return submission;
}

}  // namespace grader
