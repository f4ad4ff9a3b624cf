#pragma once

// Given, not graded: words as ids, sentences in batches, and how the programs of this lab train and measure.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "03_optimizers/optimizers.hpp"
#include "06_lstm/replicas.hpp"
#include "07_gru/seq2seq.hpp"
#include "datasets/sentences.hpp"
#include "tensor/random.hpp"

namespace nn {

using Tokens = std::vector<std::string>;

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

/// Sentences as ids: (time, batch), shorter ones padded.
struct IdBatch {
  IdMatrix ids;
  IdVector lengths;
};

inline IdBatch batch_of(const std::vector<std::vector<Id>>& sentences) {
  std::size_t time = 1;
  for (const std::vector<Id>& sentence : sentences) {
    time = std::max(time, sentence.size());
  }
  IdBatch batch{IdMatrix::from_shape({time, sentences.size()}), IdVector::from_shape({sentences.size()})};
  batch.ids.fill(pad_id);
  for (std::size_t b = 0; b < sentences.size(); ++b) {
    batch.lengths(b) = sentences[b].size();
    for (std::size_t t = 0; t < sentences[b].size(); ++t) {
      batch.ids(t, b) = sentences[b][t];
    }
  }
  return batch;
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
      korean.push_back(tokens_of(pair.korean));
    }
    return {WordList(english, least), WordList(korean, least)};
  }

  IdPair ids(const SentencePair& pair) const {
    IdPair result;
    for (const std::string& word : tokens_of(pair.english)) {
      result.source.push_back(english.id(word));
    }
    for (const std::string& word : tokens_of(pair.korean)) {
      result.target.push_back(korean.id(word));
    }
    result.target.push_back(eos_id);
    return result;
  }

  std::vector<IdPair> ids(const std::vector<SentencePair>& pairs) const {
    std::vector<IdPair> result;
    for (const SentencePair& pair : pairs) {
      result.push_back(ids(pair));
    }
    return result;
  }
};

/// Trains a model on several cores, with Adam and a learning rate that falls along a cosine.
class TranslationTrainer {
 public:
  struct Options {
    std::size_t batch_size = 64;
    std::size_t epochs = 10;
    Real learning_rate = Real(0.004);
    std::size_t threads = 1;
    std::uint64_t seed = 1;
  };
  TranslationTrainer(const Seq2Seq& model, std::vector<IdPair> pairs, const Options& options)
      : options_(options),
        replicas_(model, options.threads, 1, options.seed),
        pairs_(std::move(pairs)),
        random_(options.seed, 1),
        caches_(options.threads) {}

  Seq2Seq& model() { return replicas_.model(); }

  /// One pass over the pairs; calls advance(count, loss) after each step. Sentences of a batch have similar lengths, so
  /// that there is little padding: the pairs are shuffled, and parts of 20 batches are sorted.
  template <class Advance>
  void epoch(const Advance& advance) {
    random_.shuffle(std::span(pairs_));
    const std::size_t size = options_.batch_size;
    std::vector<std::size_t> starts;
    for (std::size_t first = 0; first < pairs_.size(); first += 20 * size) {
      const auto begin = pairs_.begin() + static_cast<std::ptrdiff_t>(first);
      std::stable_sort(begin,
                       begin + std::min<std::ptrdiff_t>(pairs_.end() - begin, static_cast<std::ptrdiff_t>(20 * size)),
                       [](const IdPair& a, const IdPair& b) { return a.target.size() < b.target.size(); });
    }
    for (std::size_t first = 0; first < pairs_.size(); first += size) {
      starts.push_back(first);
    }
    random_.shuffle(std::span(starts));
    for (const std::size_t first : starts) {
      const std::size_t count = std::min(size, pairs_.size() - first);
      advance(count, step(first, count));
    }
  }

 private:
  double step(std::size_t first, std::size_t count) {
    const std::size_t steps_per_epoch = (pairs_.size() + options_.batch_size - 1) / options_.batch_size;
    const Real rate = cosine_schedule(options_.learning_rate, steps_++, options_.epochs * steps_per_epoch);
    return replicas_.step(rate, [&](std::size_t i, Seq2Seq& model, Random&) {
      const Share share(count, options_.threads, i);
      if (share.begin == share.end) {
        return Real{0};
      }
      std::vector<std::vector<Id>> sources, targets;
      for (std::size_t k = first + share.begin; k < first + share.end; ++k) {
        sources.push_back(pairs_[k].source);
        targets.push_back(pairs_[k].target);
      }
      const IdBatch source = batch_of(sources), target = batch_of(targets);
      const Real loss = model.forward(source.ids, source.lengths, target.ids, target.lengths, caches_[i]);
      model.backward(caches_[i]);
      for (const ParameterRef& parameter : model.parameters()) {
        for (Real& grad : parameter.grad()) {
          grad *= share.fraction;
        }
      }
      return loss * share.fraction;
    });
  }

  Options options_;
  Replicas<Seq2Seq> replicas_;
  std::vector<IdPair> pairs_;
  Random random_;
  std::vector<Seq2Seq::Cache> caches_;
  std::size_t steps_ = 0;
};

/// The translation of each pair's source, in batches.
inline std::vector<std::vector<Id>> translations_of(const Seq2Seq& model, const std::vector<IdPair>& pairs,
                                                    std::size_t max_length = 60, std::size_t batch_size = 100) {
  std::vector<std::vector<Id>> result;
  for (std::size_t first = 0; first < pairs.size(); first += batch_size) {
    std::vector<std::vector<Id>> sources;
    for (std::size_t k = first; k < std::min(first + batch_size, pairs.size()); ++k) {
      sources.push_back(pairs[k].source);
    }
    const IdBatch source = batch_of(sources);
    for (const IdVector& words : greedy_decode(model, source.ids, source.lengths, max_length)) {
      result.emplace_back(words.begin(), words.end());
    }
  }
  return result;
}

/// Is the translation the target, word for word? An unknown word is never right.
inline bool is_exact(const std::vector<Id>& translation, const IdPair& pair) {
  return std::equal(translation.begin(), translation.end(), pair.target.begin(), pair.target.end() - 1) &&
         std::find(translation.begin(), translation.end(), unk_id) == translation.end();
}

/// A translation as a text: marks follow the word before them without a space.
inline std::string text_of(const std::vector<Id>& translation, const WordList& words) {
  std::string text;
  for (const Id id : translation) {
    const std::string& word = words.word(id);
    const bool mark = word == "." || word == "," || word == "!" || word == "?";
    text += (text.empty() || mark ? "" : " ") + word;
  }
  return text;
}

}  // namespace nn
