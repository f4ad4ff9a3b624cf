#pragma once

// Texts as numbers, for models of characters.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tensor/tensor.hpp"

namespace nn {

/// The characters (bytes) that texts consist of, each with an id.
class CharacterSet {
 public:
  /// Every character of the text once, ids in the order of their codes: 0 for the smallest.
  explicit CharacterSet(std::string_view text);

  std::size_t size() const { return characters_.size(); }

  /// Text to ids and back. Throw IdError if the text has a character that is not in the set, or if an id is not below
  /// size().
  IdVector encode(std::string_view text) const;
  std::string decode(const IdVector& ids) const;

 private:
  std::string characters_;  // sorted
};

/// Inputs and targets of a model that predicts the next character.
struct CharacterBatch {
  IdMatrix inputs;   // (time, batch)
  IdMatrix targets;  // (time, batch): the character after each input
  IdVector lengths;  // (batch): steps that count; the others are padding
};

/// Words as sequences that begin and end with the character 0: the inputs of "ann" are 0 a n n, its targets a n n 0.
/// Shorter ones are padded with 0. Throws std::invalid_argument if there are no words, IdError as CharacterSet::encode.
CharacterBatch batch_of_words(std::span<const std::string> words, const CharacterSet& characters);

/// A long text in windows, one after the other. The text is cut into `batch` parts of equal length, one for each row,
/// and every window continues all rows where the window before it stopped; so the state of a network can be carried
/// from window to window.
class TextWindows {
 public:
  /// The last window may have fewer than `time` steps; up to `batch` characters at the end of the text are not used.
  /// Throws std::invalid_argument if batch or time is 0, or the text has fewer than batch + 1 characters.
  TextWindows(IdVector text, std::size_t batch, std::size_t time);

  /// The number of windows.
  std::size_t size() const;

  /// Window i; i must be below size(). Its lengths are all equal: nothing is padding.
  CharacterBatch operator[](std::size_t i) const;

 private:
  IdVector text_;
  std::size_t batch_;
  std::size_t time_;
  std::size_t steps_;  // in the part of each row
};

}  // namespace nn
