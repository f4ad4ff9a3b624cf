#include "datasets/byte_file.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>
#include <zlib.h>

namespace nn {

ByteFile::ByteFile(std::filesystem::path path) : path_(std::move(path)), file_(gzopen(path_.c_str(), "rb"), gzclose) {
  if (!file_) {
    fail(fmt::format("cannot be opened ({})", std::strerror(errno)));
  }
  gzbuffer(file_.get(), 1 << 17);
}

void ByteFile::fail(const std::string& what) const {
  throw std::runtime_error(fmt::format("{} {}", path_.string(), what));
}

std::size_t ByteFile::read(std::span<std::uint8_t> bytes) {
  const int count = gzread(file_.get(), bytes.data(), static_cast<unsigned>(bytes.size()));
  int error = Z_OK;
  const char* message = gzerror(file_.get(), &error);
  if (error == Z_BUF_ERROR) {
    fail("is cut off inside its gzip data; download it again");
  }
  if (count < 0 || error != Z_OK) {
    fail(fmt::format("cannot be read ({}); download it again", error == Z_ERRNO ? std::strerror(errno) : message));
  }
  return static_cast<std::size_t>(count);
}

}  // namespace nn
