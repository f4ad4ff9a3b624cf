#include "text/token_files.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>
#include <stdexcept>

#include "files/whole_file.hpp"
#include "text/lines.hpp"
#include "text/utf8.hpp"

namespace nn {

namespace {

constexpr std::string_view merges_head = "#version:";

/// The character of each byte.
std::array<char32_t, 256> character_of_byte() {
  std::array<char32_t, 256> characters{};
  char32_t next = 256;
  for (char32_t byte = 0; byte < 256; ++byte) {
    const bool visible = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    characters[byte] = visible ? byte : next++;
  }
  return characters;
}

std::vector<std::string> lines_of_file(const std::filesystem::path& path) {
  const std::string text = read_whole(path);
  check_utf8(text, path.string());
  return lines_of(text);
}

[[noreturn]] void fail(const std::filesystem::path& path, std::size_t line, const std::string& what) {
  throw std::runtime_error(fmt::format("{}, line {}: {}", path.string(), line, what));
}

}  // namespace

std::vector<std::string> read_token_lines(const std::filesystem::path& path) {
  std::vector<std::string> tokens = lines_of_file(path);
  std::map<std::string_view, std::size_t> lines;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].empty()) {
      fail(path, i + 1, "the line is empty, expected a token");
    }
    if (const auto [known, is_new] = lines.emplace(tokens[i], i + 1); !is_new) {
      fail(path, i + 1, fmt::format("token '{}' is in line {} already", tokens[i], known->second));
    }
  }
  return tokens;
}

void write_token_lines(const std::filesystem::path& path, std::span<const std::string> tokens) {
  std::set<std::string_view> known;
  std::string text;
  for (const std::string& token : tokens) {
    if (token.empty() || token.find_first_of("\r\n") != std::string::npos || !known.insert(token).second) {
      throw std::invalid_argument(
          fmt::format("write_token_lines: token '{}' is empty, has a line end in it, or occurs twice", token));
    }
    try {
      check_utf8(token, fmt::format("token {}", known.size() - 1));
    } catch (const Utf8Error& error) {
      throw std::invalid_argument(fmt::format("write_token_lines: {}", error.what()));
    }
    text += token + "\n";
  }
  write_whole(path, text);
}

std::vector<TokenPair> read_merges(const std::filesystem::path& path) {
  const std::vector<std::string> lines = lines_of_file(path);
  if (lines.empty() || !lines[0].starts_with(merges_head)) {
    fail(path, 1, fmt::format("expected a line that begins with {}", merges_head));
  }
  std::vector<TokenPair> merges;
  std::map<TokenPair, std::size_t> known;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> parts = fields_of(lines[i], ' ');
    if (parts.size() != 2 || parts[0].empty() || parts[1].empty()) {
      fail(path, i + 1, fmt::format("expected two tokens with a space between, got '{}'", lines[i]));
    }
    try {
      merges.emplace_back(bytes_of_visible(parts[0]), bytes_of_visible(parts[1]));
    } catch (const std::invalid_argument& error) {
      fail(path, i + 1, error.what());
    }
    if (const auto [before, is_new] = known.emplace(merges.back(), i + 1); !is_new) {
      fail(path, i + 1, fmt::format("the merge '{}' is in line {} already", lines[i], before->second));
    }
  }
  return merges;
}

void write_merges(const std::filesystem::path& path, std::span<const TokenPair> merges) {
  std::string text = fmt::format("{} 0.2\n", merges_head);
  std::set<TokenPair> known;
  for (const TokenPair& merge : merges) {
    const std::string line = fmt::format("{} {}", visible_bytes(merge.first), visible_bytes(merge.second));
    if (merge.first.empty() || merge.second.empty() || !known.insert(merge).second) {
      throw std::invalid_argument(fmt::format("write_merges: the merge '{}' has an empty token or occurs twice", line));
    }
    text += line + "\n";
  }
  write_whole(path, text);
}

std::string visible_bytes(std::string_view bytes) {
  static const std::array<char32_t, 256> characters = character_of_byte();
  std::u32string text;
  for (const char byte : bytes) {
    text.push_back(characters[static_cast<unsigned char>(byte)]);
  }
  return encode_utf8(text);
}

std::string bytes_of_visible(std::string_view text) {
  static const std::array<char32_t, 256> characters = character_of_byte();
  std::string bytes;
  for (const char32_t c : decode_utf8(text)) {
    const auto found = std::ranges::find(characters, c);
    if (found == characters.end()) {
      throw std::invalid_argument(fmt::format("the character {} (U+{:04X}) stands for no byte", encode_utf8({&c, 1}),
                                              static_cast<std::uint32_t>(c)));
    }
    bytes.push_back(static_cast<char>(found - characters.begin()));
  }
  return bytes;
}

}  // namespace nn
