#pragma once

// Given, not graded: Korean film reviews, read syllable by syllable, and a run that trains your classifier on them.

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "06_lstm/lookup_table.hpp"
#include "06_lstm/replicas.hpp"
#include "06_lstm/stack.hpp"
#include "tensor/reshape.hpp"
#include "tensor/sequences.hpp"

namespace nn {

/// What somebody wrote about a film, as code points (a Korean syllable is one), and whether it was praise: 1, or 0.
struct Review {
  std::u32string text;
  Id label;
};

/// The code points of the training reviews that occur at least `least` times, each with an id from 2 on: 0 is padding,
/// 1 is any other.
class Syllables {
 public:
  Syllables(const std::vector<Review>& reviews, std::size_t least) {
    std::map<char32_t, std::size_t> counts;
    for (const Review& review : reviews) {
      for (const char32_t c : review.text) {
        ++counts[c];
      }
    }
    for (const auto& [c, count] : counts) {
      if (count >= least) {
        ids_.emplace(c, ids_.size() + 2);
      }
    }
  }

  std::size_t size() const { return ids_.size() + 2; }
  Id id_of(char32_t c) const {
    const auto found = ids_.find(c);
    return found == ids_.end() ? 1 : found->second;
  }

 private:
  std::map<char32_t, Id> ids_;
};

/// Reviews as ids: (time, batch), padded with 0.
struct ReviewBatch {
  IdMatrix ids;
  IdVector lengths;  // (batch)
  IdVector labels;   // (batch)

  ReviewBatch(const std::vector<Review>& reviews, std::span<const std::size_t> rows, const Syllables& syllables) {
    std::size_t time = 1;
    for (const std::size_t r : rows) {
      time = std::max(time, reviews[r].text.size());
    }
    ids = IdMatrix::from_shape({time, rows.size()});
    ids.fill(0);
    lengths = labels = IdVector::from_shape({rows.size()});
    for (std::size_t b = 0; b < rows.size(); ++b) {
      const Review& review = reviews[rows[b]];
      for (std::size_t t = 0; t < review.text.size(); ++t) {
        ids(t, b) = syllables.id_of(review.text[t]);
      }
      lengths(b) = std::max<std::size_t>(review.text.size(), 1);
      labels(b) = review.label;
    }
  }
};

/// A LookupTable, dropout, and your SequenceClassifier.
class ReviewModel {
 public:
  struct Options {
    std::size_t syllables = 0;
    std::size_t table_size = 64;
    std::size_t hidden_size = 128;
    std::size_t num_layers = 1;
    Real dropout_probability = Real(0.4);
  };
  struct Cache {
    IdMatrix ids;
    Dropout::Cache dropout;
    SequenceClassifier::Cache classifier;
  };
  ReviewModel(const Options& options, Random& random)
      : table(options.syllables, options.table_size, random),
        dropout(options.dropout_probability),
        classifier({.input_size = options.table_size,
                    .hidden_size = options.hidden_size,
                    .num_layers = options.num_layers,
                    .classes = 2,
                    .dropout_probability = options.dropout_probability},
                   random) {}

  /// -> logits: (batch, 2).
  Matrix forward(const ReviewBatch& batch, Mode mode, Cache& cache) const {
    cache.ids = batch.ids;
    Matrix rows = dropout.forward(merge_leading(table.forward(batch.ids)), mode, cache.dropout);
    return classifier.forward(split_leading(std::move(rows), batch.ids.shape(0), batch.ids.shape(1)), batch.lengths,
                              mode, cache.classifier);
  }

  void backward(const Matrix& dlogits, const Cache& cache) {
    const auto [time, batch] = cache.ids.shape();
    Matrix drows = dropout.backward(merge_leading(classifier.backward(dlogits, cache.classifier)), cache.dropout);
    table.backward(split_leading(std::move(drows), time, batch), cache.ids);
  }

  ParameterList parameters() {
    ParameterList list;
    append(list, "table", table.parameters());
    append(list, "classifier", classifier.parameters());
    return list;
  }

  LookupTable table;
  Dropout dropout;
  SequenceClassifier classifier;
};

/// Training on reviews: mini-batches of similar length, in an order that depends on the seed and the epoch alone.
class ReviewRun {
 public:
  struct Options {
    std::size_t batch = 64;
    std::size_t epochs = 6;
    Real learning_rate = Real(0.003);
    std::size_t threads = 1;
    std::uint64_t seed = 1;
  };
  ReviewRun(const ReviewModel& model, const std::vector<Review>& reviews, const Syllables& syllables,
            const Options& options)
      : options_(options),
        reviews_(&reviews),
        syllables_(&syllables),
        replicas_(model, options.threads, 1, options.seed),
        caches_(options.threads),
        loss_caches_(options.threads) {}

  ReviewModel& model() { return replicas_.model(); }
  std::size_t epoch_steps() const { return (reviews_->size() + options_.batch - 1) / options_.batch; }
  std::size_t position() const { return static_cast<std::size_t>(position_[0]); }

  /// The next step. Returns the loss.
  double step() {
    const std::size_t epoch = position() / epoch_steps();
    if (batches_.empty() || position() % epoch_steps() == 0) {
      order_batches(epoch);
    }
    const std::vector<std::size_t>& rows = batches_[position() % epoch_steps()];
    const Real rate = cosine_schedule(options_.learning_rate, position(), options_.epochs * epoch_steps());
    const double loss = replicas_.step(rate, [&](std::size_t i, ReviewModel& model, Random& random) {
      const Share share(rows.size(), options_.threads, i);
      if (share.begin == share.end) {
        return Real{0};
      }
      const ReviewBatch part(*reviews_, std::span(rows).subspan(share.begin, share.end - share.begin), *syllables_);
      const Matrix logits = model.forward(part, Mode::train(random), caches_[i]);
      const Real mean = CrossEntropyLoss().forward(logits, part.labels, loss_caches_[i]);
      model.backward(share.fraction * CrossEntropyLoss().backward(loss_caches_[i]), caches_[i]);
      return share.fraction * mean;
    });
    ++position_[0];
    return loss;
  }

  /// All that the rest of the run depends on.
  std::vector<CheckpointTensor> tensors() {
    std::vector<CheckpointTensor> all = replicas_.tensors();
    all.push_back({"position", {1}, std::span<std::uint64_t>(position_)});
    return all;
  }
  void save(const std::string& path) { save_checkpoint(path, tensors(), {{"settings", settings()}}); }
  void load(const std::string& path) {
    load_run(path, tensors(), settings());
    replicas_.share_values();
  }

 private:
  /// All that is not in tensors(); the order of the reviews depends on the seed.
  std::string settings() const {
    return fmt::format("batch {}, epochs {}, learning rate {}, seed {}", options_.batch, options_.epochs,
                       options_.learning_rate, options_.seed);
  }

  void order_batches(std::size_t epoch) {
    Random random(options_.seed, 1000 + epoch);
    std::vector<std::size_t> order(reviews_->size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    random.shuffle(std::span(order));
    std::ranges::stable_sort(order, {}, [&](std::size_t r) { return (*reviews_)[r].text.size(); });
    batches_.clear();
    for (std::size_t first = 0; first < order.size(); first += options_.batch) {
      const auto begin = order.begin() + static_cast<std::ptrdiff_t>(first);
      batches_.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(std::min(options_.batch, order.size() - first)));
    }
    random.shuffle(std::span(batches_));
  }

  Options options_;
  const std::vector<Review>* reviews_;
  const Syllables* syllables_;
  Replicas<ReviewModel> replicas_;
  std::vector<ReviewModel::Cache> caches_;
  std::vector<CrossEntropyLoss::Cache> loss_caches_;
  std::vector<std::vector<std::size_t>> batches_;
  std::array<std::uint64_t, 1> position_{};  // steps done
};

}  // namespace nn
