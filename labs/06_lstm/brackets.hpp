#pragma once

// Given, not graded: a text with a long memory. Every bracket must be closed by one of its own kind, however far away.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/characters.hpp"
#include "tensor/random.hpp"
#include "tensor/tensor.hpp"

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

/// How often a bracket is closed rightly, by the distance to where it was opened.
struct Closing {
  std::vector<double> distance, percent;
};

/// logits: (text.size(), 1, characters.size()), step i those of the character after text[i]. A bracket counts as right
/// if its kind has the largest logit of the four.
inline Closing closing_by_distance(const std::string& text, const CharacterSet& characters, const Tensor3& logits) {
  const std::vector<std::size_t> distances = bracket_distances(text);
  const IdVector kinds = characters.encode(closing);
  Closing result;
  for (std::size_t low = 1; low < 64; low *= 2) {
    double right = 0, count = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (distances[i] >= low && distances[i] < 2 * low) {
        const auto by_logit = [&](Id a, Id b) { return logits(i - 1, 0, a) < logits(i - 1, 0, b); };
        const Id likely = *std::max_element(kinds.begin(), kinds.end(), by_logit);
        right += characters.decode(IdVector{likely})[0] == text[i] ? 1 : 0;
        ++count;
      }
    }
    if (count > 20) {
      result.distance.push_back(1.5 * static_cast<double>(low));
      result.percent.push_back(100 * right / count);
    }
  }
  return result;
}

}  // namespace nn
