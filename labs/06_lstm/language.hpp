#pragma once

// Given, not graded: lab 05's character model with your LSTM in it, and a run that trains it on a long text and can be
// stopped and resumed.

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "05_rnn/character_model.hpp"
#include "06_lstm/lookup_table.hpp"
#include "06_lstm/replicas.hpp"
#include "06_lstm/stack.hpp"
#include "datasets/characters.hpp"

namespace nn {

/// Predicts the next character: a LookupTable, a StackedLSTM, and a Linear layer from its state to logits.
class LanguageModel {
 public:
  struct Options {
    std::size_t vocab_size = 0;
    std::size_t table_size = 48;
    std::size_t hidden_size = 256;
    std::size_t num_layers = 1;
    Real dropout_probability = 0;
  };
  struct Cache {
    IdMatrix ids;
    StackedLSTM::Cache lstm;
    Linear::Cache output;
  };
  LanguageModel(const Options& options, Random& random)
      : table(options.vocab_size, options.table_size, random),
        lstm(options.table_size, options.hidden_size, options.num_layers, options.dropout_probability, random),
        output(options.hidden_size, options.vocab_size, random) {}

  /// inputs: (time, batch) -> logits: (time, batch, vocab_size) for the character after each input.
  Tensor3 forward(const IdMatrix& inputs, const std::vector<LSTMState>& start, Mode mode, Cache& cache) const {
    cache.ids = inputs;
    Tensor3 y = lstm.forward(table.forward(inputs), start, mode, cache.lstm);
    return split_leading(output.forward(merge_leading(std::move(y)), cache.output), inputs.shape(0), inputs.shape(1));
  }

  /// dlogits: (time, batch, vocab_size). Adds to the gradients of all parameters.
  void backward(Tensor3 dlogits, const Cache& cache) {
    const auto [time, batch] = cache.ids.shape();
    Matrix dy = output.backward(merge_leading(std::move(dlogits)), cache.output);
    table.backward(lstm.backward(split_leading(std::move(dy), time, batch), cache.lstm).dx, cache.ids);
  }

  ParameterList parameters() {
    ParameterList list;
    append(list, "table", table.parameters());
    append(list, "lstm", lstm.parameters());
    append(list, "output", output.parameters());
    return list;
  }

  LookupTable table;
  StackedLSTM lstm;
  Linear output;
};

/// A text that continues a prompt, drawn character by character as in lab 05.
inline IdVector continue_text(const LanguageModel& model, const IdVector& prompt, std::size_t length, Real temperature,
                              Random& random) {
  LanguageModel::Cache cache;
  std::vector<LSTMState> state = model.lstm.zero_states(1);
  IdMatrix next = split_leading(prompt, prompt.size(), 1);
  IdVector text = IdVector::from_shape({length});
  for (Id& id : text) {
    const Tensor3 logits = model.forward(next, state, Mode::evaluate(), cache);
    state = final_states(cache.lstm);
    id = sample_id(row(logits, logits.shape(0) - 1, 0), temperature, random);
    next = IdMatrix{{id}};
  }
  return text;
}

/// Nats a character on a text that the model has not seen, read in windows of 64 steps whose states are carried on.
inline double nats_per_character(const LanguageModel& model, const IdVector& text, std::size_t batch = 32) {
  const TextWindows windows(text, batch, 64);
  LanguageModel::Cache cache;
  SequenceLoss::Cache loss_cache;
  std::vector<LSTMState> state = model.lstm.zero_states(batch);
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const CharacterBatch window = windows[i];
    const Tensor3 logits = model.forward(window.inputs, state, Mode::evaluate(), cache);
    state = final_states(cache.lstm);
    const double characters = static_cast<double>(window.inputs.size());
    sum += characters * static_cast<double>(SequenceLoss().forward(logits, window.targets, window.lengths, loss_cache));
    count += characters;
  }
  return sum / count;
}

/// Training on a long text: window after window, each row from the state in which its window before ended. At the
/// beginning of the text the states are zeros. The learning rate falls along a cosine over all steps of the run.
class LanguageRun {
 public:
  struct Options {
    std::size_t batch = 64;
    std::size_t time = 64;
    std::size_t epochs = 4;
    Real learning_rate = Real(0.004);
    std::size_t threads = 1;
    std::uint64_t seed = 1;
  };
  LanguageRun(const LanguageModel& model, const IdVector& text, const Options& options)
      : options_(options),
        windows_(text, options.batch, options.time),
        replicas_(model, options.threads, 1, options.seed),
        caches_(options.threads),
        loss_caches_(options.threads) {
    for (std::size_t i = 0; i < options.threads; ++i) {
      const Share share(options.batch, options.threads, i);
      states_.push_back(model.lstm.zero_states(share.end - share.begin));
    }
  }

  LanguageModel& model() { return replicas_.model(); }
  std::size_t steps() const { return options_.epochs * windows_.size(); }
  std::size_t position() const { return static_cast<std::size_t>(position_[0]); }

  /// The next step. Returns the loss, in nats a character.
  double step() {
    const CharacterBatch window = windows_[position() % windows_.size()];
    if (position() % windows_.size() == 0) {
      for (std::vector<LSTMState>& state : states_) {
        state = model().lstm.zero_states(state[0].h.shape(0));
      }
    }
    const Real rate = cosine_schedule(options_.learning_rate, position(), steps());
    const double loss = replicas_.step(rate, [&](std::size_t i, LanguageModel& model, Random& random) {
      const Share share(options_.batch, options_.threads, i);
      const auto part = [&](const IdMatrix& ids) -> IdMatrix {
        return xt::view(ids, xt::all(), xt::range(share.begin, share.end));
      };
      const Tensor3 logits = model.forward(part(window.inputs), states_[i], Mode::train(random), caches_[i]);
      states_[i] = final_states(caches_[i].lstm);
      const IdVector lengths = xt::view(window.lengths, xt::range(share.begin, share.end));
      const Real mean = SequenceLoss().forward(logits, part(window.targets), lengths, loss_caches_[i]);
      Tensor3 dlogits = SequenceLoss().backward(loss_caches_[i]);
      dlogits *= share.fraction;
      model.backward(std::move(dlogits), caches_[i]);
      return mean * share.fraction;
    });
    ++position_[0];
    return loss;
  }

  /// All that the rest of the run depends on: parameters, optimizer, generators, position, and the carried states.
  std::vector<CheckpointTensor> tensors() {
    std::vector<CheckpointTensor> all = replicas_.tensors();
    all.push_back({"position", {1}, std::span<std::uint64_t>(position_)});
    for (std::size_t i = 0; i < states_.size(); ++i) {
      for (std::size_t layer = 0; layer < states_[i].size(); ++layer) {
        LSTMState& state = states_[i][layer];
        const std::vector<std::size_t> shape(state.h.shape().begin(), state.h.shape().end());
        all.push_back({fmt::format("state{}.layer{}.h", i, layer), shape, values(state.h)});
        all.push_back({fmt::format("state{}.layer{}.c", i, layer), shape, values(state.c)});
      }
    }
    return all;
  }
  void save(const std::string& path) { save_checkpoint(path, tensors(), {{"settings", settings()}}); }
  void load(const std::string& path) {
    load_run(path, tensors(), settings());
    replicas_.share_values();
  }

 private:
  /// All that is not in tensors(). The seed is not part of it: the generators are.
  std::string settings() const {
    return fmt::format("batch {}, time {}, epochs {}, learning rate {}", options_.batch, options_.time, options_.epochs,
                       options_.learning_rate);
  }

  Options options_;
  TextWindows windows_;
  Replicas<LanguageModel> replicas_;
  std::vector<LanguageModel::Cache> caches_;  // one for each replica, as all that follows
  std::vector<SequenceLoss::Cache> loss_caches_;
  std::vector<std::vector<LSTMState>> states_;
  std::array<std::uint64_t, 1> position_{};  // steps done
};

}  // namespace nn
