#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tensor/tensor.hpp"

namespace nn {

/// Words with a vector each.
struct WordVectors {
  std::vector<std::string> words;
  Matrix vectors;  // (words, features)
};

/// Reads word2vec's text format: a line with the number of words and of features, then a line for each word, the word
/// and its numbers with spaces between. Throws std::runtime_error, which names the file and the line, if the first line
/// is different, there are more or fewer lines, a line has more or fewer numbers, one is no number or is not finite, or
/// a word occurs twice; Utf8Error if it is not UTF-8.
WordVectors read_word_vectors(const std::filesystem::path& path);

/// Writes that format, with enough digits to be read back exactly. Throws ShapeError if there is not one row for each
/// word, std::invalid_argument if a word is empty, has white space in it, or occurs twice, or if a number is not
/// finite; then nothing is written.
void write_word_vectors(const std::filesystem::path& path, std::span<const std::string> words, const Matrix& vectors);

}  // namespace nn
