#include "text/word_vectors.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "files/whole_file.hpp"
#include "tensor/shape.hpp"
#include "text/lines.hpp"
#include "text/utf8.hpp"

namespace nn {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, std::size_t line, const std::string& what) {
  throw std::runtime_error(fmt::format("{}, line {}: {}", path.string(), line, what));
}

/// Is the whole text a number? Then it is in `number`.
template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

WordVectors read_word_vectors(const std::filesystem::path& path) {
  const std::string text = read_whole(path);
  check_utf8(text, path.string());
  const std::vector<std::string> lines = lines_of(text);

  // The first line
  const std::vector<std::string> head = lines.empty() ? std::vector<std::string>() : words_of(lines[0]);
  std::size_t count = 0, features = 0;
  if (head.size() != 2 || !read_number(head[0], count) || !read_number(head[1], features) || features == 0) {
    fail(path, 1, "expected the number of words and the number of features");
  }
  if (lines.size() - 1 != count) {
    fail(path, 1, fmt::format("{} words are announced, but there are lines for {}", count, lines.size() - 1));
  }

  // The words
  WordVectors result{{}, Matrix({count, features})};
  std::unordered_map<std::string, std::size_t> known;
  for (std::size_t r = 0; r < count; ++r) {
    const std::size_t line = r + 2;
    const std::vector<std::string> parts = words_of(lines[r + 1]);
    if (parts.size() != features + 1) {
      fail(path, line, fmt::format("expected a word and {} numbers, got {} parts", features, parts.size()));
    }
    for (std::size_t k = 0; k < features; ++k) {
      if (!read_number(parts[k + 1], result.vectors(r, k)) || !std::isfinite(result.vectors(r, k))) {
        fail(path, line, fmt::format("'{}' is not a finite number", parts[k + 1]));
      }
    }
    if (const auto [before, is_new] = known.emplace(parts[0], line); !is_new) {
      fail(path, line, fmt::format("the word '{}' is in line {} already", parts[0], before->second));
    }
    result.words.push_back(parts[0]);
  }
  return result;
}

void write_word_vectors(const std::filesystem::path& path, std::span<const std::string> words, const Matrix& vectors) {
  check_shape("write_word_vectors", "vectors", vectors, {words.size(), any});
  std::unordered_set<std::string_view> known;
  std::string text = fmt::format("{} {}\n", words.size(), vectors.shape(1));
  for (std::size_t r = 0; r < words.size(); ++r) {
    const std::string& word = words[r];
    if (word.empty() || word.find_first_of(" \t\r\n") != std::string::npos || !known.insert(word).second) {
      throw std::invalid_argument(
          fmt::format("write_word_vectors: the word '{}' is empty, has white space in it, or occurs twice", word));
    }
    text += word;
    for (const Real number : row(vectors, r)) {
      if (!std::isfinite(number)) {
        throw std::invalid_argument(fmt::format("write_word_vectors: the vector of '{}' is not finite", word));
      }
      fmt::format_to(std::back_inserter(text), " {}", number);
    }
    text += "\n";
  }
  write_whole(path, text);
}

}  // namespace nn
