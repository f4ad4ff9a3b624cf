#pragma once

// Given, not graded: how the programs of this lab train, translate and measure.

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "03_optimizers/optimizers.hpp"
#include "06_lstm/replicas.hpp"
#include "07_gru/seq2seq.hpp"
#include "07_gru/words.hpp"
#include "tensor/random.hpp"

namespace nn {

/// Trains a model with Adam and a learning rate that falls along a cosine; on several cores if `threads` says so.
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
      const std::size_t count = std::min(20 * size, pairs_.size() - first);
      std::ranges::stable_sort(std::span(pairs_).subspan(first, count), {},
                               [](const IdPair& pair) { return std::pair(pair.target.size(), pair.source.size()); });
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
    const auto batch = std::span<const IdPair>(pairs_).subspan(first, count);
    const auto all_words = static_cast<Real>(target_words(batch));
    return replicas_.step(rate, [&](std::size_t i, Seq2Seq& model, Random&) {
      const Share share(count, options_.threads, i);
      const auto part = batch.subspan(share.begin, share.end - share.begin);
      if (part.empty()) {
        return Real{0};
      }
      const IdBatch source = batch_of(part, &IdPair::source), target = batch_of(part, &IdPair::target);
      const Real loss = model.forward(source.ids, source.lengths, target.ids, target.lengths, caches_[i]);
      model.backward(caches_[i]);

      // The loss is a mean over words, so the part has the share of its words
      const Real fraction = static_cast<Real>(target_words(part)) / all_words;
      for (const ParameterRef& parameter : model.parameters()) {
        for (Real& grad : parameter.grad()) {
          grad *= fraction;
        }
      }
      return loss * fraction;
    });
  }

  static std::size_t target_words(std::span<const IdPair> pairs) {
    return std::accumulate(pairs.begin(), pairs.end(), std::size_t{0},
                           [](std::size_t sum, const IdPair& pair) { return sum + pair.target.size(); });
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
    const std::size_t count = std::min(batch_size, pairs.size() - first);
    const IdBatch source = batch_of(std::span(pairs).subspan(first, count), &IdPair::source);
    for (const IdVector& words : greedy_decode(model, source.ids, source.lengths, max_length)) {
      result.emplace_back(words.begin(), words.end());
    }
  }
  return result;
}

/// Is the translation the target, word for word? An unknown word is never right.
inline bool is_exact(const std::vector<Id>& translation, const IdPair& pair) {
  return std::equal(translation.begin(), translation.end(), pair.target.begin(), pair.target.end() - 1) &&
         std::ranges::find(translation, unk_id) == translation.end();
}

}  // namespace nn
