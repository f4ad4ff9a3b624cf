#include "datasets/characters.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <stdexcept>

#include "tensor/shape.hpp"

namespace nn {

CharacterSet::CharacterSet(std::string_view text) {
  const auto code = [](char c) { return static_cast<unsigned char>(c); };
  std::set<unsigned char> codes;
  std::ranges::transform(text, std::inserter(codes, codes.end()), code);
  characters_.assign(codes.begin(), codes.end());
}

IdVector CharacterSet::encode(std::string_view text) const {
  IdVector ids = IdVector::from_shape({text.size()});
  for (std::size_t i = 0; i < text.size(); ++i) {
    ids(i) = characters_.find(text[i]);
    if (ids(i) == std::string::npos) {
      throw IdError(
          fmt::format("CharacterSet::encode: character {} of the text has the code {}, which is not in the set", i,
                      static_cast<unsigned char>(text[i])));
    }
  }
  return ids;
}

std::string CharacterSet::decode(const IdVector& ids) const {
  check_ids("CharacterSet::decode", ids, size());
  std::string text;
  for (const Id id : ids) {
    text += characters_[id];
  }
  return text;
}

CharacterBatch batch_of_words(std::span<const std::string> words, const CharacterSet& characters) {
  if (words.empty()) {
    throw std::invalid_argument("batch_of_words: there are no words");
  }
  const std::size_t time = std::ranges::max(words, {}, &std::string::size).size() + 1;
  CharacterBatch batch{IdMatrix({time, words.size()}, 0), IdMatrix({time, words.size()}, 0),
                       IdVector::from_shape({words.size()})};
  for (std::size_t b = 0; b < words.size(); ++b) {
    const IdVector ids = characters.encode(words[b]);
    for (std::size_t t = 0; t < ids.size(); ++t) {
      batch.targets(t, b) = ids(t);
      batch.inputs(t + 1, b) = ids(t);
    }
    batch.lengths(b) = ids.size() + 1;
  }
  return batch;
}

TextWindows::TextWindows(IdVector text, std::size_t batch, std::size_t time)
    : text_(std::move(text)), batch_(batch), time_(time) {
  if (batch == 0 || time == 0 || text_.size() < batch + 1) {
    throw std::invalid_argument(fmt::format(
        "TextWindows: {} characters are not enough for a batch of {} rows and windows of {} steps, each with at "
        "least one step and a character after the last one",
        text_.size(), batch, time));
  }
  steps_ = (text_.size() - 1) / batch;
}

std::size_t TextWindows::size() const { return (steps_ + time_ - 1) / time_; }

CharacterBatch TextWindows::operator[](std::size_t i) const {
  const std::size_t first = i * time_;
  const std::size_t time = std::min(time_, steps_ - first);
  CharacterBatch window{IdMatrix::from_shape({time, batch_}), IdMatrix::from_shape({time, batch_}),
                        IdVector({batch_}, time)};
  for (std::size_t t = 0; t < time; ++t) {
    for (std::size_t b = 0; b < batch_; ++b) {
      window.inputs(t, b) = text_(b * steps_ + first + t);
      window.targets(t, b) = text_(b * steps_ + first + t + 1);
    }
  }
  return window;
}

}  // namespace nn
