#include "submission/archive.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <fmt/format.h>
#include <locale.h>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include "files/whole_file.hpp"
#include "system/spawn.hpp"
#include "system/text.hpp"

namespace grader {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t block_bytes = 1 << 16;
constexpr std::time_t fixed_time = 946'684'800;  // the first second of 2000, so that equal files make equal archives

struct Freer {
  void operator()(archive* a) const { archive_free(a); }
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using Archive = std::unique_ptr<archive, Freer>;
using Entry = std::unique_ptr<archive_entry, Freer>;

constexpr const char* what_to_do = "Hand in a .zip or .tar.gz, such as ./course submit makes";

/// Refuses what libarchive cannot read. Its own words are for programmers.
[[noreturn]] void refuse(archive* reader) {
  const char* reason = archive_error_string(reader);
  const bool is_cut = reason != nullptr && std::string_view(reason).find("runcated") != std::string_view::npos;
  throw Refused(fmt::format("It cannot be read as a .tar.gz or .zip archive: {}. {}",
                            is_cut ? "its end is missing" : "it is damaged, or something else", what_to_do));
}

/// Refuses other kinds of files by name, from how they begin or what they are called.
void refuse_other_kinds(int file, const fs::path& path) {
  struct Kind {
    std::string_view start;
    const char* name;
  };
  static constexpr std::array<Kind, 6> kinds = {{{"7z\xBC\xAF\x27\x1C", "a 7z archive"},
                                                 {"Rar!\x1A\x07", "a RAR archive"},
                                                 {"%PDF", "a PDF document"},
                                                 {"\xFD"
                                                  "7zXZ",
                                                  "compressed with xz"},
                                                 {"BZh", "compressed with bzip2"},
                                                 {"\x7F"
                                                  "ELF",
                                                  "a compiled program"}}};
  std::array<char, 8> bytes{};
  const ssize_t count = pread(file, bytes.data(), bytes.size(), 0);
  const std::string_view start(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  for (const Kind& kind : kinds) {
    if (start.starts_with(kind.start)) {
      throw Refused(fmt::format("It is {}, which is not read here. {}", kind.name, what_to_do));
    }
  }
  const std::string ending = path.extension();
  if (ending == ".cpp" || ending == ".hpp" || ending == ".cc" || ending == ".h" || ending == ".txt") {
    throw Refused(fmt::format("It is a single file, {}, neither a folder nor an archive. {}",
                              shown(path.filename().string()), what_to_do));
  }
}

/// A locale of UTF-8 for this thread: in another, libarchive gives no name beyond ASCII (its issues 587 and 1982).
class Utf8Locale {
 public:
  Utf8Locale() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ == nullptr) throw std::runtime_error("this system has no locale C.UTF-8, which reading archives needs");
    before_ = uselocale(locale_);
  }
  ~Utf8Locale() {
    uselocale(before_);
    freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t locale_;
  locale_t before_;
};

/// The entry's path in UTF-8. Windows may have written it in its code page, and into a zip file with backslashes.
std::string path_of(archive* reader, archive_entry* entry) {
  const char* raw = archive_entry_pathname_utf8(entry);
  if (raw == nullptr) raw = archive_entry_pathname(entry);
  if (raw == nullptr) return "(a name that cannot be read)";
  std::string path = as_utf8(raw);
  const bool is_zip = (archive_format(reader) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
  if (is_zip && path.find('/') == std::string::npos) std::ranges::replace(path, '\\', '/');
  return path;
}

EntryKind kind_of(archive_entry* entry) {
  if (archive_entry_hardlink(entry) != nullptr) return EntryKind::link;
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
      return EntryKind::regular;
    case AE_IFDIR:
      return EntryKind::folder;
    case AE_IFLNK:
      return EntryKind::link;
    default:
      return EntryKind::special;
  }
}

/// Reads an entry to its end, so that all of it is counted, and keeps at most one byte more than the size limit of a
/// file.
std::string content_of(archive* reader, bool wanted, SubmissionScan& scan) {
  const std::size_t most = wanted ? scan.limits().file_bytes + 1 : 0;
  std::string content;
  while (true) {
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int result = archive_read_data_block(reader, &block, &size, &offset);
    if (result == ARCHIVE_EOF) return content;
    if (result < ARCHIVE_WARN) refuse(reader);
    scan.count(size);
    // In a sparse file, a block may come after a hole.
    const std::size_t begin = std::min(static_cast<std::size_t>(offset), most);
    const std::size_t end = std::min(begin + size, most);
    if (content.size() < end) content.resize(end);
    if (end > begin) std::memcpy(content.data() + begin, block, end - begin);
  }
}

Descriptor open_archive(const fs::path& path, const SubmissionLimits& limits) {
  const int opened = open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (opened < 0) throw Refused(fmt::format("It cannot be read: {}", std::strerror(errno)));
  Descriptor file(opened, "cannot keep " + path.string());
  struct stat status {};
  if (fstat(file.value(), &status) != 0 || !S_ISREG(status.st_mode)) throw Refused("It is not a regular file");
  if (status.st_size == 0) throw Refused("It is empty");
  if (static_cast<std::uintmax_t>(status.st_size) > limits.scanned_bytes) {
    throw Refused(fmt::format("It is larger than {} MiB", limits.scanned_bytes >> 20));
  }
  return file;
}

/// Receives libarchive's output of an archive in memory.
la_ssize_t append_bytes(archive*, void* bytes, const void* more, std::size_t size) {
  static_cast<std::string*>(bytes)->append(static_cast<const char*>(more), size);
  return static_cast<la_ssize_t>(size);
}

/// Throws std::runtime_error if a step of writing an archive failed.
void check(archive* writer, int result) {
  if (result < ARCHIVE_WARN) {
    const char* reason = archive_error_string(writer);
    throw std::runtime_error(fmt::format("cannot make an archive: {}", reason == nullptr ? "" : reason));
  }
}

void add_file(archive* writer, const std::string& name, const std::string& content) {
  const Entry entry(archive_entry_new());
  archive_entry_set_pathname_utf8(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_mtime(entry.get(), fixed_time, 0);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
  check(writer, archive_write_header(writer, entry.get()));
  const la_ssize_t written = archive_write_data(writer, content.data(), content.size());
  check(writer, written == static_cast<la_ssize_t>(content.size()) ? ARCHIVE_OK : ARCHIVE_FATAL);
}

/// The bytes of a .tar.gz with these files.
std::string archive_of(const std::map<std::string, std::string>& files) {
  std::string bytes;
  const Archive writer(archive_write_new());
  check(writer.get(), archive_write_set_format_pax_restricted(writer.get()));
  check(writer.get(), archive_write_add_filter_gzip(writer.get()));
  check(writer.get(), archive_write_set_filter_option(writer.get(), "gzip", "timestamp", nullptr));
  check(writer.get(), archive_write_set_bytes_in_last_block(writer.get(), 1));  // no padding at the end
  check(writer.get(), archive_write_open(writer.get(), &bytes, nullptr, append_bytes, nullptr));
  for (const auto& [name, content] : files) {
    add_file(writer.get(), name, content);
  }
  check(writer.get(), archive_write_close(writer.get()));
  return bytes;
}

}  // namespace

void scan_archive(const fs::path& path, SubmissionScan& scan) {
  const Utf8Locale locale;
  const Descriptor file = open_archive(path, scan.limits());
  refuse_other_kinds(file.value(), path);
  const Archive reader(archive_read_new());
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_zip(reader.get());
  if (archive_read_open_fd(reader.get(), file.value(), block_bytes) < ARCHIVE_WARN) refuse(reader.get());
  archive_entry* entry = nullptr;
  while (true) {
    const int result = archive_read_next_header(reader.get(), &entry);
    if (result == ARCHIVE_EOF) return;
    if (result < ARCHIVE_WARN) refuse(reader.get());
    if (archive_entry_is_encrypted(entry) != 0) throw Refused("It is protected by a password");
    const auto place = scan.enter(path_of(reader.get(), entry), kind_of(entry));
    std::string content = content_of(reader.get(), place.has_value(), scan);
    if (place) scan.add(*place, std::move(content));
  }
}

void write_archive(const fs::path& path, const std::map<std::string, std::string>& files) {
  nn::write_whole(path, archive_of(files));
}

}  // namespace grader
