#pragma once

// Given, not graded: vocabularies and byte-pair encodings in files that other programs read.

#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

#include "08_embeddings/bpe.hpp"
#include "08_embeddings/vocabulary.hpp"
#include "text/token_files.hpp"

namespace nn {

/// Writes all tokens, one a line; the special ones are the first four lines.
inline void write_vocabulary(const std::filesystem::path& path, const Vocabulary& vocabulary) {
  std::vector<std::string> tokens;
  for (Id id = 0; id < vocabulary.size(); ++id) {
    tokens.push_back(vocabulary.token(id));
  }
  write_token_lines(path, tokens);
}

/// Throws what read_token_lines throws, and std::runtime_error if the first four lines are not the special tokens.
inline Vocabulary read_vocabulary(const std::filesystem::path& path) {
  const std::vector<std::string> tokens = read_token_lines(path);
  for (std::size_t i = 0; i < special_tokens.size(); ++i) {
    if (i >= tokens.size() || tokens[i] != special_tokens[i]) {
      throw std::runtime_error(fmt::format("{}, line {}: expected {}", path.string(), i + 1, special_tokens[i]));
    }
  }
  return Vocabulary({tokens.begin() + special_tokens.size(), tokens.end()});
}

/// Writes the merges as GPT-2's merges.txt.
inline void write_bpe(const std::filesystem::path& path, const BytePairEncoding& encoding) {
  std::vector<TokenPair> pairs;
  for (const auto& [left, right] : encoding.merges()) {
    pairs.emplace_back(encoding.bytes(left), encoding.bytes(right));
  }
  write_merges(path, pairs);
}

/// Throws what read_merges throws, and std::runtime_error, which names the file and the line, if a token of a merge is
/// neither a byte nor made by an earlier merge, or if two merges make the same token, which a text cannot tell apart.
inline BytePairEncoding read_bpe(const std::filesystem::path& path) {
  std::unordered_map<std::string, Id> ids;
  for (int byte = 0; byte < 256; ++byte) {
    ids.emplace(std::string(1, static_cast<char>(byte)), first_byte_id + static_cast<Id>(byte));
  }
  std::vector<Merge> merges;
  for (const auto& [left, right] : read_merges(path)) {
    const std::size_t line = merges.size() + 2;
    for (const std::string& token : {left, right}) {
      if (!ids.contains(token)) {
        throw std::runtime_error(
            fmt::format("{}, line {}: no earlier merge makes '{}'", path.string(), line, visible_bytes(token)));
      }
    }
    merges.push_back({ids.at(left), ids.at(right)});
    if (!ids.emplace(left + right, first_merge_id + merges.size() - 1).second) {
      throw std::runtime_error(fmt::format("{}, line {}: an earlier merge makes '{}' already", path.string(), line,
                                           visible_bytes(left + right)));
    }
  }
  return BytePairEncoding(std::move(merges));
}

}  // namespace nn
