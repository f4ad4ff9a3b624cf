#include "datasets/text_file.hpp"

#include <array>
#include <fmt/format.h>
#include <stdexcept>

#include "datasets/byte_file.hpp"
#include "text/lines.hpp"
#include "text/utf8.hpp"

namespace nn {

std::filesystem::path find_plain_or_gz(const std::filesystem::path& folder, const std::string& name) {
  for (const std::string& candidate : {name + ".gz", name}) {
    if (std::filesystem::exists(folder / candidate)) {
      return folder / candidate;
    }
  }
  throw std::runtime_error(fmt::format("{} is missing, with or without .gz", (folder / name).string()));
}

std::string read_text_file(const std::filesystem::path& path) {
  ByteFile file(path);
  std::string text;
  std::array<std::uint8_t, 1 << 16> bytes;
  for (std::size_t count = 0; (count = file.read(bytes)) > 0;) {
    text.append(bytes.begin(), bytes.begin() + count);
  }
  check_utf8(text, path.string());
  return text;
}

std::vector<std::string> read_text_lines(const std::filesystem::path& path) { return lines_of(read_text_file(path)); }

}  // namespace nn
