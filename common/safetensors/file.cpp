#include "safetensors/file.hpp"

#include <fmt/format.h>
#include <fstream>
#include <system_error>

#include "files/whole_file.hpp"

namespace safetensors {

namespace {

std::vector<std::byte> read_whole(const std::filesystem::path& path, const Limits& limits) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) {
    throw FormatError(fmt::format("{}: cannot be read: {}", path.string(), error.message()));
  }
  if (size > limits.header_bytes + limits.data_bytes + sizeof(std::uint64_t)) {
    throw FormatError(fmt::format("{}: its {} bytes exceed the limit", path.string(), size));
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

void save(const std::filesystem::path& path, const Document& document) { nn::write_whole(path, serialize(document)); }

}  // namespace safetensors
