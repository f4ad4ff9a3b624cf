#pragma once

// Given, not graded: how the programs of this lab train models that predict the next character of names.

#include <algorithm>
#include <future>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "03_optimizers/optimizers.hpp"
#include "05_rnn/character_model.hpp"
#include "datasets/characters.hpp"
#include "tensor/sequences.hpp"

namespace nn {

/// The characters of names: the end of a line, id 0, with which every name begins and ends, and a to z.
inline CharacterSet name_characters() { return CharacterSet("\nabcdefghijklmnopqrstuvwxyz"); }

/// The number of characters that count in a batch.
inline std::size_t character_count(const CharacterBatch& batch) {
  return std::accumulate(batch.lengths.begin(), batch.lengths.end(), std::size_t{0});
}

/// The names in batches of similar length, so that there is little padding; the batches in a random order.
inline std::vector<CharacterBatch> name_batches(std::vector<std::string> names, std::size_t batch_size,
                                                Random& random) {
  random.shuffle(std::span(names));
  std::ranges::stable_sort(names, {}, &std::string::size);
  const CharacterSet characters = name_characters();
  std::vector<CharacterBatch> batches;
  for (std::size_t first = 0; first < names.size(); first += batch_size) {
    batches.push_back(
        batch_of_words(std::span(names).subspan(first, std::min(batch_size, names.size() - first)), characters));
  }
  random.shuffle(std::span(batches));
  return batches;
}

/// Trains a model on several cores: each has a replica of it and takes its share of every batch, and the gradients are
/// added.
class Trainer {
 public:
  Trainer(const CharacterModel& model, std::size_t threads, Real rate)
      : replicas_(threads, model), caches_(threads), adam_(replicas_[0].parameters(), rate, {}) {}

  CharacterModel& model() { return replicas_[0]; }

  /// One step on a batch. Returns its loss before the step, in nats a character.
  Real step(const CharacterBatch& batch, Real learning_rate) {
    const std::vector<Real> losses = for_each_part(batch, [&](std::size_t i, const CharacterBatch& part, Real share) {
      const Real loss = forward(i, part);
      zero_grad(replicas_[i].parameters());
      replicas_[i].backward(share * SequenceLoss().backward(caches_[i].loss), caches_[i].model);
      return share * loss;
    });
    for (std::size_t i = 1; i < losses.size(); ++i) {
      add_grads(replicas_[i].parameters(), replicas_[0].parameters());
    }
    clip_grad_norm(replicas_[0].parameters(), max_norm);
    adam_.learning_rate = learning_rate;
    adam_.step();
    for (std::size_t i = 1; i < replicas_.size(); ++i) {
      copy_values(replicas_[0].parameters(), replicas_[i].parameters());
    }
    return std::accumulate(losses.begin(), losses.end(), Real{0});
  }

  /// The mean loss of all names, in nats a character.
  double evaluate(const std::vector<std::string>& names) {
    Random random(0);
    double sum = 0;
    std::size_t count = 0;
    for (const CharacterBatch& batch : name_batches(names, 256, random)) {
      const std::vector<Real> losses = for_each_part(
          batch, [&](std::size_t i, const CharacterBatch& part, Real share) { return share * forward(i, part); });
      const std::size_t characters = character_count(batch);
      sum +=
          static_cast<double>(characters) * static_cast<double>(std::accumulate(losses.begin(), losses.end(), Real{0}));
      count += characters;
    }
    return sum / static_cast<double>(count);
  }

 private:
  static constexpr Real max_norm = 1;

  struct Cache {
    CharacterModel::Cache model;
    SequenceLoss::Cache loss;
  };

  Real forward(std::size_t i, const CharacterBatch& part) {
    const Matrix h0 = zeros({part.lengths.size(), replicas_[i].hidden_size()});
    const Tensor3 logits = replicas_[i].forward(part.inputs, h0, caches_[i].model);
    return SequenceLoss().forward(logits, part.targets, part.lengths, caches_[i].loss);
  }

  /// Calls work(i, part, share) for part i of the batch, a thread for each; share is that of its characters.
  template <class Work>
  std::vector<Real> for_each_part(const CharacterBatch& batch, const Work& work) const {
    const std::size_t columns = batch.lengths.size();
    const std::size_t parts = std::min(replicas_.size(), columns);
    const auto all = static_cast<Real>(character_count(batch));
    std::vector<std::future<Real>> threads;
    for (std::size_t i = 0; i < parts; ++i) {
      threads.push_back(std::async(std::launch::async, [&, i] {
        auto some = xt::range(columns * i / parts, columns * (i + 1) / parts);
        const CharacterBatch part{xt::view(batch.inputs, xt::all(), some), xt::view(batch.targets, xt::all(), some),
                                  xt::view(batch.lengths, some)};
        return work(i, part, static_cast<Real>(character_count(part)) / all);
      }));
    }
    std::vector<Real> results;
    for (std::future<Real>& thread : threads) {
      results.push_back(thread.get());
    }
    return results;
  }

  std::vector<CharacterModel> replicas_;
  std::vector<Cache> caches_;
  Adam adam_;
};

}  // namespace nn
