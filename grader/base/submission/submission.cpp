#include "submission/submission.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "submission/archive.hpp"
#include "submission/submission_scan.hpp"
#include "system/sha256.hpp"
#include "system/spawn.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_name_bytes = 80;
constexpr std::size_t hash_digits = 6;

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

/// Whether a byte of a name may be in the name of a file, a page and a table.
bool is_safe(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte >= 0x80 || std::isalnum(byte) != 0 ||
         std::string_view("._-+@,~").find(character) != std::string_view::npos;
}

/// The path without a slash at its end, which would follow a link.
fs::path without_slash(const fs::path& path) {
  const fs::path normal = path.lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

/// The length of the longest valid UTF-8 prefix with at most this many bytes.
std::size_t prefix_length(std::string_view text, std::size_t most) {
  std::size_t length = std::min(text.size(), most);
  while (length < text.size() && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
  return length;
}

}  // namespace

bool is_archive(const fs::path& path) { return archive_ending(path.filename().string()) > 0; }

std::string student_of(const fs::path& path) { return student_key(without_slash(path).filename().string()); }

std::string student_key(const std::string& name) {
  // Only spaces are replaced without a trace
  std::string raw = composed(as_utf8(name));
  raw.resize(raw.size() - archive_ending(raw));
  std::ranges::replace(raw, ' ', '_');
  std::string key = visible(raw);
  std::ranges::replace_if(key, std::not_fn(is_safe), '_');
  if (key.empty()) key = "unnamed";
  if (std::string_view(".-+@").find(key.front()) != std::string_view::npos) key.front() = '_';

  // What is lost otherwise is in the hash
  if (key == raw && key.size() <= max_name_bytes) return key;
  const std::string hash = sha256(raw).substr(0, hash_digits);
  return key.substr(0, prefix_length(key, max_name_bytes - hash_digits - 1)) + "~" + hash;
}

std::string sha256_of(const std::map<std::string, std::string>& files) {
  std::string framed;
  for (const auto& [name, content] : files) {
    framed += fmt::format("{}:{}{}:{}", name.size(), name, content.size(), content);
  }
  return sha256(framed);
}

namespace {

/// The only archive in a folder; nothing if there is none, or several.
std::optional<fs::path> only_archive(const fs::path& folder) {
  std::optional<fs::path> archive;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (!is_archive(entry.path()) || !fs::is_regular_file(entry.symlink_status(ignored))) continue;
    if (archive) return std::nullopt;
    archive = entry.path();
  }
  return archive;
}

/// Passes what lies at the path to the scan.
void scan_path(const fs::path& path, SubmissionScan& scan) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (fs::is_symlink(status)) {
    throw Refused("It is a link, and links are not followed");
  } else if (fs::is_directory(status)) {
    scan_folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), "", scan.limits().depth, scan);
  } else if (fs::is_regular_file(status)) {
    scan_archive(path, scan);
  } else {
    throw Refused(fs::exists(status) ? "It is neither a folder nor an archive" : "There is no such file or folder");
  }
}

/// The submission that a scan finds, without its student.
template <class ScanAll>
Submission found_by(SubmissionScan scan, const ScanAll& scan_all) {
  Submission submission;
  try {
    scan_all(scan);
    scan.finish(submission);
    submission.sha256 = sha256_of(submission.files);
  } catch (const Refused& error) {
    submission.files.clear();
    submission.error = error.what();
    submission.sha256 = sha256(submission.error);
  }
  return submission;
}

}  // namespace

Submission read_submission(const fs::path& path, const Wanted& wanted, const SubmissionLimits& limits) {
  const auto read = [&](const fs::path& source) {
    Submission submission =
        found_by(SubmissionScan(wanted, limits), [&](SubmissionScan& scan) { scan_path(source, scan); });
    submission.source = source;
    return submission;
  };
  const fs::path named = without_slash(path);
  Submission submission = read(named);
  if (!submission.error.empty() && fs::is_directory(fs::symlink_status(named))) {
    if (const std::optional<fs::path> archive = only_archive(named)) submission = read(*archive);
  }
  submission.named = as_utf8(named.filename());
  submission.student = student_key(submission.named);
  return submission;
}

Submission read_files(const std::map<std::string, fs::path>& files, const Wanted& wanted,
                      const SubmissionLimits& limits) {
  Submission submission = found_by(SubmissionScan(wanted, limits), [&](SubmissionScan& scan) {
    for (const auto& [name, path] : files) {
      const Descriptor folder(open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), "cannot open");
      const std::string entry = path.filename();
      const auto place = scan.enter(name, kind_of(folder.value(), entry.c_str()));
      if (place) scan.add(*place, content_of(folder.value(), entry.c_str(), scan));
    }
  });
  return submission;
}

}  // namespace grader
