#pragma once

// Given, not graded: sentences as words, words as ids, and sentences of ids in batches.

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/sentences.hpp"
#include "tensor/tensor.hpp"
#include "text/special_ids.hpp"

namespace nn {

using Tokens = std::vector<std::string>;

/// Particles and endings that Korean writes without a space behind a word, the long ones first.
inline constexpr std::array<std::string_view, 81> korean_endings{
    "었습니다", "았습니다", "했습니다", "셨습니다", "께서는", "었어요", "았어요", "했어요", "셨어요",
    "었지만",   "았지만",   "했지만",   "셨지만",   "습니다", "합니다", "십니다", "이에요", "으면서",
    "하면서",   "시면서",   "께서",     "에서",     "에게",   "으로",   "었기",   "았기",   "했기",
    "셨기",     "었고",     "았고",     "했고",     "셨고",   "었어",   "았어",   "했어",   "니다",
    "예요",     "어요",     "아요",     "해요",     "세요",   "면서",   "으면",   "하면",   "시면",
    "어서",     "아서",     "해서",     "셔서",     "어야",   "아야",   "해야",   "셔야",   "하고",
    "시고",     "하지",     "시지",     "하기",     "시기",   "하는",   "지만",   "은",     "는",
    "이",       "가",       "을",       "를",       "와",     "과",     "에",     "의",     "도",
    "로",       "면",       "고",       "지",       "기",     "어",     "아",     "해",     "요"};

/// The words and marks of a Korean sentence; a particle or an ending is a token of its own, with + in front: 저는
/// has the tokens 저 and +는, 먹었어요 has 먹 and +었어요. So the network meets each word in one form, not in twenty.
inline Tokens korean_tokens(std::string_view sentence) {
  Tokens tokens;
  for (const std::string& word : tokens_of(sentence)) {
    const auto* const ending = std::ranges::find_if(
        korean_endings, [&](std::string_view e) { return word.size() > e.size() && word.ends_with(e); });
    if (ending == korean_endings.end()) {
      tokens.push_back(word);
    } else {
      tokens.push_back(word.substr(0, word.size() - ending->size()));
      tokens.push_back(fmt::format("+{}", *ending));
    }
  }
  return tokens;
}

/// The words of some sentences, each with an id from 4 on, in the order of their bytes. Lab 08 builds a better one.
class WordList {
 public:
  /// Words that occur less than `least` times are unknown.
  WordList(const std::vector<Tokens>& sentences, std::size_t least) {
    std::map<std::string, std::size_t> counts;
    for (const Tokens& sentence : sentences) {
      for (const std::string& word : sentence) {
        ++counts[word];
      }
    }
    words_ = {"<pad>", "<bos>", "<eos>", "<unk>"};
    for (const auto& [word, count] : counts) {
      if (count >= least) {
        ids_[word] = words_.size();
        words_.push_back(word);
      }
    }
  }

  std::size_t size() const { return words_.size(); }
  Id id(const std::string& word) const {
    const auto found = ids_.find(word);
    return found == ids_.end() ? unk_id : found->second;
  }
  const std::string& word(Id id) const { return words_.at(id); }

 private:
  std::map<std::string, Id> ids_;
  std::vector<std::string> words_;
};

/// A sentence as a text: endings and marks follow the word before them without a space.
inline std::string text_of(const std::vector<Id>& sentence, const WordList& words) {
  std::string text;
  for (const Id id : sentence) {
    const std::string& word = words.word(id);
    const bool ending = word.starts_with('+') && word.size() > 1;
    const bool mark = word == "." || word == "," || word == "!" || word == "?";
    if (!text.empty() && !ending && !mark) {
      text += ' ';
    }
    text += word.substr(ending ? 1 : 0);
  }
  return text;
}

/// A pair of sentences as ids; the target ends with eos_id.
struct IdPair {
  std::vector<Id> source;
  std::vector<Id> target;
};

/// The words of both languages, from the training pairs.
struct Languages {
  WordList english;
  WordList korean;

  static Languages of(const std::vector<SentencePair>& pairs, std::size_t least) {
    std::vector<Tokens> english, korean;
    for (const SentencePair& pair : pairs) {
      english.push_back(tokens_of(pair.english));
      korean.push_back(korean_tokens(pair.korean));
    }
    return {WordList(english, least), WordList(korean, least)};
  }

  std::vector<IdPair> ids(const std::vector<SentencePair>& pairs) const {
    std::vector<IdPair> result;
    for (const SentencePair& pair : pairs) {
      IdPair& ids = result.emplace_back();
      for (const std::string& word : tokens_of(pair.english)) {
        ids.source.push_back(english.id(word));
      }
      for (const std::string& word : korean_tokens(pair.korean)) {
        ids.target.push_back(korean.id(word));
      }
      ids.target.push_back(eos_id);
    }
    return result;
  }
};

/// Sentences as ids: (time, batch), shorter ones padded with pad_id.
struct IdBatch {
  IdMatrix ids;
  IdVector lengths;
};

/// The sources of some pairs, or their targets.
inline IdBatch batch_of(std::span<const IdPair> pairs, std::vector<Id> IdPair::*side) {
  std::size_t time = 1;
  for (const IdPair& pair : pairs) {
    time = std::max(time, (pair.*side).size());
  }
  IdBatch batch{IdMatrix::from_shape({time, pairs.size()}), IdVector::from_shape({pairs.size()})};
  batch.ids.fill(pad_id);
  for (std::size_t b = 0; b < pairs.size(); ++b) {
    const std::vector<Id>& sentence = pairs[b].*side;
    batch.lengths(b) = sentence.size();
    for (std::size_t t = 0; t < sentence.size(); ++t) {
      batch.ids(t, b) = sentence[t];
    }
  }
  return batch;
}

}  // namespace nn
