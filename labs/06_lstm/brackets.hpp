#pragma once

// Given, not graded: a text with a long memory. Every bracket must be closed by one of its own kind, however far away.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tensor/random.hpp"

namespace nn {

inline constexpr std::string_view opening = "([{<";
inline constexpr std::string_view closing = ")]}>";

/// Brackets, one inside the other up to three deep, with letters between them: "(ab[ca]b)d<e>". All that is open is
/// closed at the end.
inline std::string bracket_text(std::size_t length, Random& random) {
  std::string text, open;
  while (text.size() < length || !open.empty()) {
    const Real draw = random.uniform();
    if (open.size() < 3 && text.size() < length && draw < Real(0.14)) {
      const std::size_t kind = random.below(opening.size());
      text += opening[kind];
      open += closing[kind];
    } else if (!open.empty() && draw > Real(0.88)) {
      text += open.back();
      open.pop_back();
    } else {
      text += static_cast<char>('a' + random.below(5));
    }
  }
  return text;
}

/// For each character of a text: how many characters ago the bracket that it closes was opened; 0 if it closes none, or
/// one that was opened before the text begins.
inline std::vector<std::size_t> bracket_distances(std::string_view text) {
  std::vector<std::size_t> distances(text.size()), open;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (opening.find(text[i]) != std::string_view::npos) {
      open.push_back(i);
    } else if (closing.find(text[i]) != std::string_view::npos && !open.empty()) {
      distances[i] = i - open.back();
      open.pop_back();
    }
  }
  return distances;
}

}  // namespace nn
