#include "system/text_file.hpp"

#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>

#include "safetensors/safetensors.hpp"

namespace grader {

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw std::runtime_error(path.string() + " cannot be read");
  }
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_text(const std::filesystem::path& path, std::string_view text) {
  if (path.has_parent_path()) {
    std::filesystem::create_directories(path.parent_path());
  }
  safetensors::write_whole(path, std::as_bytes(std::span(text)));
}

}  // namespace grader
