#pragma once

// Names to learn from, lower case, one word each: invented by a rule of our own, or read from a list.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace nn {

/// Names for training, and others for testing. No name is in both, and none is twice in one.
struct NameSets {
  std::vector<std::string> train;
  std::vector<std::string> test;
};

/// Invents names such as "dasuron" and "lotuhikerel": a first letter and a vowel, then one to max_syllables syllables
/// of a consonant and a vowel, then an ending that depends on the first letter alone: "ron" after b, d, g, k, p or t,
/// "rel" after l, m, n, r, s or v. The letter r is in no other syllable than the first and the last. The same arguments
/// give the same names on every platform. Throws std::invalid_argument if max_syllables is not between 2 and 12, or if
/// train and test together are more than 20,000.
NameSets invent_names(std::size_t train, std::size_t test, std::uint64_t seed, std::size_t max_syllables = 6);

/// Where the letter is that depends on the first letter: the o of "ron" or the e of "rel". Throws std::invalid_argument
/// if the name is shorter than the ending.
std::size_t deciding_letter(std::string_view name);

/// Whether the name's first letter and its ending fit together.
bool ends_as_it_begins(std::string_view name);

/// Names from lines: each once, in a random order, every tenth for testing. Throws std::runtime_error if a line has
/// anything but the letters a to z or there are fewer than ten names; `source` is what the message calls the list.
NameSets split_names(std::vector<std::string> lines, std::uint64_t seed, const std::string& source);

/// split_names of the file names.txt in a folder, or of names.txt.gz. Throws what read_text_lines throws.
NameSets load_names(const std::filesystem::path& folder, std::uint64_t seed);

}  // namespace nn
