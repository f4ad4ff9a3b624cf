#pragma once

// Given, not graded: how the programs of this lab train skip-gram, on one core or several.

#include <algorithm>
#include <future>
#include <span>
#include <vector>

#include "08_embeddings/corpus.hpp"
#include "08_embeddings/embedding.hpp"
#include "tensor/random.hpp"

namespace nn {

struct SkipGramOptions {
  std::size_t embedding_dim = 100;
  std::size_t window = 5;
  std::size_t negatives = 5;         // noise words for each true context
  Real threshold = Real(1e-3);       // of subsampling
  Real learning_rate = Real(0.025);  // of the first step; falls to 0 in a straight line
  std::size_t epochs = 5;
  std::size_t threads = 1;
  std::size_t words_per_round = 20'000;  // that each thread reads before its changes are shared
  std::uint64_t seed = 1;
};

/// Trains a SkipGram on a corpus. With several threads, each has a replica and reads its own sentences; after each
/// round the changes of all replicas are added up. No memory is written by two threads, so that a run with the same
/// number of threads is the same every time.
class SkipGramTrainer {
 public:
  SkipGramTrainer(const Corpus& corpus, const SkipGramOptions& options)
      : corpus_(corpus),
        options_(options),
        order_(options.seed, 0),
        start_(options.seed, 1),
        keep_(keep_probabilities(corpus.counts, options.threshold)),
        noise_(corpus.counts),
        model_(corpus.vocabulary.size(), options.embedding_dim, start_),
        replicas_(options.threads > 1 ? options.threads : 0, model_),
        sentences_(corpus.sentences.size()) {
    for (std::size_t i = 0; i < options.threads; ++i) {
      randoms_.emplace_back(options.seed, 2 + i);
    }
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
      sentences_[i] = i;
    }
  }

  const SkipGram& model() const { return model_; }

  /// One pass over the sentences, in a new order; calls advance(words, loss) after each round, with the mean loss of a
  /// pair of the round.
  template <class Advance>
  void epoch(const Advance& advance) {
    order_.shuffle(std::span(sentences_));
    for (std::size_t next = 0; next < sentences_.size();) {
      // The share of each thread
      std::vector<std::span<const std::size_t>> shares;
      std::size_t words = 0;
      for (std::size_t i = 0; i < options_.threads; ++i) {
        const std::size_t begin = next;
        for (std::size_t size = 0; next < sentences_.size() && size < options_.words_per_round; ++next) {
          size += corpus_.sentences[sentences_[next]].size();
          words += corpus_.sentences[sentences_[next]].size();
        }
        shares.emplace_back(sentences_.data() + begin, next - begin);
      }
      const Sum sum = round(shares);
      done_ += words;
      advance(words, sum.loss / static_cast<double>(std::max<std::size_t>(1, sum.pairs)));
    }
  }

 private:
  struct Sum {
    double loss = 0;
    std::size_t pairs = 0;
  };

  Sum round(const std::vector<std::span<const std::size_t>>& shares) {
    const double part = static_cast<double>(done_) / static_cast<double>(corpus_.words * options_.epochs);
    const Real rate = options_.learning_rate * static_cast<Real>(std::max(1 - part, 1e-4));
    if (replicas_.empty()) {
      return train(model_, shares[0], rate, randoms_[0]);
    }
    std::vector<std::future<Sum>> results;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      results.push_back(std::async(
          std::launch::async, [this, i, rate, &shares] { return train(replicas_[i], shares[i], rate, randoms_[i]); }));
    }
    Sum sum;
    for (std::future<Sum>& result : results) {
      const Sum one = result.get();
      sum.loss += one.loss;
      sum.pairs += one.pairs;
    }
    share(&SkipGram::centers);
    share(&SkipGram::contexts);
    return sum;
  }

  /// Adds up the changes of a table, and gives every replica the result.
  void share(Matrix SkipGram::*table) {
    const std::span<Real> shared = values(model_.*table);
    for (std::size_t k = 0; k < shared.size(); ++k) {
      Real sum = shared[k];
      for (SkipGram& replica : replicas_) {
        sum += (replica.*table).data()[k] - shared[k];
      }
      shared[k] = sum;
    }
    for (SkipGram& replica : replicas_) {
      std::ranges::copy(shared, (replica.*table).data());
    }
  }

  Sum train(SkipGram& model, std::span<const std::size_t> sentences, Real rate, Random& random) const {
    Sum sum;
    std::vector<Id> words(1 + options_.negatives);
    for (const std::size_t i : sentences) {
      const IdVector kept = subsample(corpus_.sentences[i], keep_, random);
      const IdMatrix pairs = skip_gram_pairs(kept, options_.window, random);
      for (std::size_t p = 0; p < pairs.shape(0); ++p) {
        words[0] = pairs(p, 1);
        std::generate(words.begin() + 1, words.end(), [&] { return noise_.draw_other(words[0], random); });
        sum.loss += static_cast<double>(model.step(pairs(p, 0), words, rate));
      }
      sum.pairs += pairs.shape(0);
    }
    return sum;
  }

  const Corpus& corpus_;
  SkipGramOptions options_;
  Random order_;
  Random start_;
  Vector keep_;
  NoiseSampler noise_;
  SkipGram model_;
  std::vector<SkipGram> replicas_;
  std::vector<Random> randoms_;
  std::vector<std::size_t> sentences_;  // numbers of sentences, in the order of this epoch
  std::size_t done_ = 0;                // words in all epochs
};

}  // namespace nn
