#pragma once

// Given, not graded: how well a model ends invented names, whose ending depends on their first letter, and lab 02's MLP
// as a model of characters, for the first and the last figure of the handout.

#include <fmt/format.h>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "05_rnn/training.hpp"
#include "datasets/names.hpp"
#include "plot/plot.hpp"
#include "tensor/reshape.hpp"

namespace nn {

/// The beginning of a name -> logits for its next character, with the ids of name_characters().
using NextLogits = std::function<Vector(const std::string&)>;

/// Of the two letters that can follow the r of an ending, o and e, how often the right one gets the larger logit: in
/// percent, against the number of letters from the first to the one that it decides.
inline Curve endings_by_distance(const std::string& name, const std::vector<std::string>& names,
                                 const NextLogits& next) {
  const IdVector oe = name_characters().encode("oe");
  std::map<std::size_t, std::pair<int, int>> counts;  // by distance: right ones, all
  for (const std::string& whole : names) {
    const std::size_t place = deciding_letter(whole);
    const Vector logits = next(whole.substr(0, place));
    auto& [right, all] = counts[place];
    right += (logits(oe(0)) > logits(oe(1))) == (whole[place] == 'o');
    ++all;
  }
  Curve curve{.name = name};
  for (const auto& [distance, count] : counts) {
    curve.x.push_back(static_cast<double>(distance));
    curve.y.push_back(100.0 * count.first / count.second);
  }
  return curve;
}

inline LinePlot endings_plot(const std::string& title, const std::vector<Curve>& curves) {
  return {.title = title,
          .x_label = "letters from the first to the one that it decides",
          .y_label = "right, in %",
          .curves = curves};
}

/// Lab 02's MLP that sees the last `window` characters, one-hot side by side, and predicts the next one.
class WindowMLP {
 public:
  WindowMLP(std::size_t window, std::size_t hidden_size, Random& random)
      : window_(window), mlp_({window * characters_.size(), hidden_size, characters_.size()}, random) {}

  /// Trains on all windows of the names. Returns the loss of the last epoch, in nats a character.
  double train(const std::vector<std::string>& names, std::size_t epochs, Random& random) {
    std::vector<std::pair<std::string, Id>> examples;
    for (const std::string& name : names) {
      const IdVector targets = characters_.encode(name + "\n");
      for (std::size_t i = 0; i < targets.size(); ++i) {
        examples.emplace_back(name.substr(0, i), targets(i));
      }
    }
    Adam adam(mlp_.parameters(), Real(0.003), {});
    Batches batches(examples.size(), 128, random);
    const std::size_t total = epochs * ((examples.size() + 127) / 128);
    std::size_t step = 0;
    double loss = 0;
    for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
      loss = 0;
      for (const std::span<const std::size_t> rows : batches.epoch()) {
        adam.learning_rate = cosine_schedule(Real(0.003), step++, total);
        Matrix x = zeros({rows.size(), window_ * characters_.size()});
        IdVector targets = IdVector::from_shape({rows.size()});
        for (std::size_t r = 0; r < rows.size(); ++r) {
          fill(row(x, r), examples[rows[r]].first);
          targets(r) = examples[rows[r]].second;
        }
        loss += static_cast<double>(rows.size()) * static_cast<double>(this->step(x, targets, adam));
      }
    }
    return loss / static_cast<double>(examples.size());
  }

  /// The mean loss of all names, in nats a character.
  double evaluate(const std::vector<std::string>& names) const {
    double sum = 0;
    std::size_t count = 0;
    for (const std::string& name : names) {
      const IdVector targets = characters_.encode(name + "\n");
      Matrix x = zeros({targets.size(), window_ * characters_.size()});
      for (std::size_t i = 0; i < targets.size(); ++i) {
        fill(row(x, i), std::string_view(name).substr(0, i));
      }
      MLP::Cache cache;
      CrossEntropyLoss::Cache loss_cache;
      sum += static_cast<double>(targets.size()) *
             static_cast<double>(CrossEntropyLoss().forward(mlp_.forward(x, cache), targets, loss_cache));
      count += targets.size();
    }
    return sum / static_cast<double>(count);
  }

  Vector next(const std::string& beginning) const {
    Matrix x = zeros({1, window_ * characters_.size()});
    fill(row(x, 0), beginning);
    MLP::Cache cache;
    return xt::view(mlp_.forward(x, cache), 0);
  }

 private:
  /// The last window_ characters of "\n" and the beginning of a name; where there are fewer, zeros come first.
  void fill(std::span<Real> x, std::string_view beginning) const {
    const IdVector ids = characters_.encode(fmt::format("\n{}", beginning));
    const std::size_t seen = std::min(window_, ids.size());
    for (std::size_t i = 0; i < seen; ++i) {
      x[(window_ - 1 - i) * characters_.size() + ids(ids.size() - 1 - i)] = 1;
    }
  }

  Real step(const Matrix& x, const IdVector& targets, Adam& adam) {
    MLP::Cache cache;
    CrossEntropyLoss::Cache loss_cache;
    const Real loss = CrossEntropyLoss().forward(mlp_.forward(x, cache), targets, loss_cache);
    zero_grad(mlp_.parameters());
    mlp_.backward(CrossEntropyLoss().backward(loss_cache), cache);
    adam.step();
    return loss;
  }

  std::size_t window_;
  CharacterSet characters_ = name_characters();
  MLP mlp_;
};

/// The logits after the beginning of a name.
inline Vector next_logits(const CharacterModel& model, const std::string& beginning) {
  const IdVector ids = name_characters().encode(fmt::format("\n{}", beginning));
  CharacterModel::Cache cache;
  const Tensor3 logits = model.forward(split_leading(ids, ids.size(), 1), zeros({1, model.hidden_size()}), cache);
  return xt::view(logits, ids.size() - 1, 0);
}

}  // namespace nn
