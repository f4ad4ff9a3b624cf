#pragma once

// Vocabularies and merges in the text forms that other programs read and write. What is wrong with a file is thrown as
// std::runtime_error, or as Utf8Error if it is not UTF-8; the message names the file and the line.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nn {

/// The tokens of a file with one token a line, such as BERT's vocab.txt; that of the first line has id 0. Throws if a
/// line is empty or a token occurs twice.
std::vector<std::string> read_token_lines(const std::filesystem::path& path);

/// Writes such a file. Throws std::invalid_argument, which names the token, if one is empty, occurs twice, has a line
/// end in it, or is not UTF-8; then nothing is written.
void write_token_lines(const std::filesystem::path& path, std::span<const std::string> tokens);

/// Two tokens, as bytes, that become one.
using TokenPair = std::pair<std::string, std::string>;

/// The merges of a file as GPT-2's programs write it (merges.txt), in order: a line that begins with "#version:", and
/// then a line for each merge, its two tokens with a space between. Throws if the first line is different, or a line
/// has not two tokens, or a character that stands for no byte, or if a merge occurs twice.
std::vector<TokenPair> read_merges(const std::filesystem::path& path);

/// Writes such a file. Throws std::invalid_argument if a token is empty or a merge occurs twice; then nothing is
/// written.
void write_merges(const std::filesystem::path& path, std::span<const TokenPair> merges);

/// A text in which every byte is a visible character, as in merges.txt: bytes 33 to 126, 161 to 172 and 174 to 255 are
/// the characters with these numbers, the others, in order, are U+0100, U+0101, ... So a space is Ġ (U+0120). And back;
/// throws std::invalid_argument if a character stands for no byte.
std::string visible_bytes(std::string_view bytes);
std::string bytes_of_visible(std::string_view text);

}  // namespace nn
