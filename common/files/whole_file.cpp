#include "files/whole_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <unistd.h>

namespace nn {

namespace {

/// A new file next to `path`. It is removed again unless it replaces `path`.
class Replacement {
 public:
  explicit Replacement(const std::filesystem::path& path) : path_(path) {
    for (int attempt = 0; file_ < 0; ++attempt) {
      const std::string name = "." + std::to_string(::getpid()) + "-" + std::to_string(attempt) + ".tmp";
      temporary_ = path.parent_path() / name;
      file_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (file_ < 0 && errno != EEXIST) {
        fail("cannot create a file next to");
      }
    }
  }

  ~Replacement() {
    if (file_ >= 0) {
      ::close(file_);
      ::unlink(temporary_.c_str());
    }
  }

  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  void write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ::ssize_t written = ::write(file_, bytes.data(), bytes.size());
      if (written >= 0) {
        bytes = bytes.subspan(static_cast<std::size_t>(written));
      } else if (errno != EINTR) {
        fail("cannot write");
      }
    }
  }

  void take_place() {
    if (::fsync(file_) != 0) {
      fail("cannot sync");
    }
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
      fail("cannot replace");
    }
    ::close(file_);
    file_ = -1;
  }

 private:
  [[noreturn]] void fail(const char* attempt) const {
    throw std::system_error(errno, std::generic_category(), std::string(attempt) + " " + path_.string());
  }

  std::filesystem::path path_;
  std::filesystem::path temporary_;
  int file_ = -1;
};

/// Makes a rename in the folder survive a power cut, if the file system can.
void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor >= 0) {
    ::fsync(descriptor);
    ::close(descriptor);
  }
}

}  // namespace

std::string read_whole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) {
    throw std::runtime_error(path.string() + " cannot be read");
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_whole(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  if (path.has_parent_path()) {
    std::filesystem::create_directories(path.parent_path());
  }
  Replacement file(path);
  file.write(bytes);
  file.take_place();
  sync_folder(path.parent_path());
}

void write_whole(const std::filesystem::path& path, std::string_view text) {
  write_whole(path, std::as_bytes(std::span(text)));
}

}  // namespace nn
