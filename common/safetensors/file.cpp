#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <system_error>
#include <unistd.h>

#include "safetensors/safetensors.hpp"

namespace safetensors {

namespace {

/// A new file beside `path`, which vanishes again unless it takes path's place.
class Replacement {
 public:
  explicit Replacement(const std::filesystem::path& path) : path_(path) {
    for (int attempt = 0; file_ < 0; ++attempt) {
      temporary_ = path.parent_path() / fmt::format(".{}-{}.tmp", ::getpid(), attempt);
      file_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (file_ < 0 && errno != EEXIST) {
        fail("cannot create a file beside");
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
    throw std::system_error(errno, std::generic_category(), fmt::format("{} {}", attempt, path_.string()));
  }

  std::filesystem::path path_;
  std::filesystem::path temporary_;
  int file_ = -1;
};

/// Makes a rename in the folder survive a power cut, where the file system can.
void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor >= 0) {
    ::fsync(descriptor);
    ::close(descriptor);
  }
}

std::vector<std::byte> read_whole(const std::filesystem::path& path, const Limits& limits) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) {
    throw FormatError(fmt::format("{}: cannot be read: {}", path.string(), error.message()));
  }
  if (size > limits.header_bytes + limits.data_bytes + sizeof(std::uint64_t)) {
    throw FormatError(fmt::format("{}: {} bytes exceed the limits", path.string(), size));
  }
  std::vector<std::byte> bytes(size);
  std::ifstream file(path, std::ios::binary);
  if (!file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size))) {
    throw FormatError(fmt::format("{}: cannot be read", path.string()));
  }
  return bytes;
}

}  // namespace

Document load(const std::filesystem::path& path, const Limits& limits) {
  const std::vector<std::byte> bytes = read_whole(path, limits);
  try {
    return parse(bytes, limits);
  } catch (const FormatError& error) {
    throw FormatError(fmt::format("{}: {}", path.string(), error.what()));
  }
}

void save(const std::filesystem::path& path, const Document& document) { write_whole(path, serialize(document)); }

void write_whole(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  Replacement file(path);
  file.write(bytes);
  file.take_place();
  sync_folder(path.parent_path());
}

}  // namespace safetensors
