#pragma once

#include <cstddef>

namespace nn {

/// Whether a code point is a Korean syllable, U+AC00 to U+D7A3 (Unicode 15, section 3.12).
constexpr bool is_hangul_syllable(char32_t c) { return c >= U'가' && c <= U'힣'; }

/// The number of a syllable's final consonant: 0 if it ends in a vowel, 8 for ㄹ, at most 27. The syllables are in
/// order of first consonant, vowel and final consonant. The code point must be a Korean syllable.
constexpr std::size_t final_consonant(char32_t syllable) { return (syllable - U'가') % 28; }

}  // namespace nn
