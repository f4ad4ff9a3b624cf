#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

struct gzFile_s;

namespace nn {

/// A file of bytes, decompressed while reading if it is a gzip file.
class ByteFile {
 public:
  /// Throws std::runtime_error, which names the file, if it cannot be opened.
  explicit ByteFile(std::filesystem::path path);

  /// Throws std::runtime_error: the file's path, then `what`.
  [[noreturn]] void fail(const std::string& what) const;

  /// Reads up to bytes.size() bytes and returns how many there were. Throws std::runtime_error if the file cannot be
  /// read, or is cut off inside its gzip data.
  std::size_t read(std::span<std::uint8_t> bytes);

 private:
  std::filesystem::path path_;
  std::unique_ptr<gzFile_s, int (*)(gzFile_s*)> file_;
};

}  // namespace nn
