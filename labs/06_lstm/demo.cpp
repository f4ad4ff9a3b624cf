// ./course demo 06: a language model that remembers, on brackets or on Shakespeare.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <future>
#include <iterator>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "06_lstm/brackets.hpp"
#include "06_lstm/language.hpp"
#include "blas/threads.hpp"
#include "datasets/texts.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "train/metrics.hpp"
#include "train/progress.hpp"

namespace {

using namespace nn;

struct Options {
  std::string data = "brackets";
  std::size_t epochs = 0;  // 0: as many as suit the data
  std::size_t stop_after = 0;
  bool resume = false;
  Real temperature = Real(0.8);
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t seed = 1;
  std::string out = "out/06_lstm";
};

/// What one learns from, and a tenth that is kept apart.
struct Text {
  std::string all;
  std::string train;
  std::string test;
};

Text load_text(const Options& options) {
  Random random(options.seed, 100);
  Text text;
  text.all = options.data == "brackets" ? bracket_text(400'000, random) : load_long_text(options.data);
  const std::size_t kept = text.all.size() / 10;
  text.train = text.all.substr(0, text.all.size() - kept);
  text.test = text.all.substr(text.all.size() - kept);
  return text;
}

/// Training loss after every step, smoothed, and the test loss after every epoch.
struct History {
  std::vector<double> step, train;
  std::vector<double> epoch_end, test;
};

History train(LanguageRun& run, const IdVector& test, const Options& options, std::size_t epochs) {
  History history;
  const std::string checkpoint = options.out + "/" + options.data + ".safetensors";
  if (options.resume) {
    run.load(checkpoint);
    fmt::print("resumed at step {} of {}\n", run.position(), run.steps());
  }
  Metrics log(options.out + "/loss.csv", {"step", "train_loss", "test_loss"});
  const std::size_t epoch_steps = run.steps() / epochs;
  const std::size_t last = options.stop_after == 0 ? epochs : std::min(epochs, options.stop_after);
  while (run.position() < last * epoch_steps) {
    Progress progress(fmt::format("epoch {}", run.position() / epoch_steps + 1), epoch_steps);
    double mean = 0;
    for (std::size_t i = 1; i <= epoch_steps; ++i) {
      const double loss = run.step();
      progress.advance(1, loss);
      mean += loss / 20;
      if (i % 20 == 0) {
        history.step.push_back(static_cast<double>(run.position()));
        history.train.push_back(mean);
        mean = 0;
      }
    }
    progress.finish();
    history.epoch_end.push_back(static_cast<double>(run.position()));
    history.test.push_back(nats_per_character(run.model(), test));
    log.row({run.position(), progress.mean_loss(), history.test.back()});
    run.save(checkpoint);
  }
  return history;
}

/// The cells of a model along a text.
struct CellTrace {
  std::string text;
  Matrix cells;  // (characters, hidden_size): c of the last layer after each
};

CellTrace trace(const LanguageModel& model, const CharacterSet& characters, const std::string& text) {
  LanguageModel::Cache cache;
  const IdVector ids = characters.encode(text);
  model.forward(split_leading(ids, ids.size(), 1), model.lstm.zero_states(1), Mode::evaluate(), cache);
  const LSTM::Cache& layer = cache.lstm.layers.back();
  CellTrace result{text, zeros({text.size(), layer.c.shape(1)})};
  for (std::size_t t = 0; t < text.size(); ++t) {
    const Matrix& c = t + 1 < text.size() ? layer.steps[t + 1].c : layer.c;
    std::ranges::copy(c, row(result.cells, t).begin());
  }
  return result;
}

/// The cells that change least from step to step, measured against how far they get: the longest memories.
HeatMap slow_cells(const CellTrace& trace, std::size_t count) {
  const auto [time, hidden_size] = trace.cells.shape();
  std::vector<std::pair<double, std::size_t>> roughness;
  for (std::size_t k = 0; k < hidden_size; ++k) {
    double mean = 0, spread = 1e-3, change = 0;
    for (std::size_t t = 0; t < time; ++t) {
      mean += static_cast<double>(trace.cells(t, k)) / static_cast<double>(time);
    }
    for (std::size_t t = 0; t < time; ++t) {
      spread += std::pow(static_cast<double>(trace.cells(t, k)) - mean, 2);
      change += t == 0 ? 0 : std::pow(static_cast<double>(trace.cells(t, k) - trace.cells(t - 1, k)), 2);
    }
    roughness.push_back({change / spread, k});
  }
  std::ranges::sort(roughness);
  HeatMap map{.title = "cells along a text: those that change most slowly", .x_label = "", .y_label = "cell"};
  map.values = zeros({count, time});
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t t = 0; t < time; ++t) {
      map.values(i, t) = std::tanh(trace.cells(t, roughness[i].second));
    }
    map.row_names.push_back(std::to_string(roughness[i].second));
  }
  for (const char c : trace.text) {
    map.column_names.push_back(c == '\n' || c == ' ' ? "_" : std::string(1, c));
  }
  return map;
}

/// How often a bracket is closed rightly, by the distance to where it was opened.
struct Closing {
  std::vector<double> distance, percent;
};

/// logits(first, count) are those for the characters first + 1, ... of the text. A bracket counts as right if its kind
/// has the largest logit of the four.
Closing closing_by_distance(const std::string& text, const CharacterSet& characters, const Tensor3& logits) {
  const std::vector<std::size_t> distances = bracket_distances(text);
  const IdVector kinds = characters.encode(closing);
  Closing result;
  for (std::size_t low = 1; low < 64; low *= 2) {
    double right = 0, count = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (distances[i] >= low && distances[i] < 2 * low) {
        const auto by_logit = [&](Id a, Id b) { return logits(i - 1, 0, a) < logits(i - 1, 0, b); };
        const Id likely = *std::max_element(kinds.begin(), kinds.end(), by_logit);
        right += characters.decode(IdVector{{likely}})[0] == text[i] ? 1 : 0;
        ++count;
      }
    }
    if (count > 20) {
      result.distance.push_back(1.5 * static_cast<double>(low));
      result.percent.push_back(100 * right / count);
    }
  }
  return result;
}

/// Lab 05's character model, trained on the same windows as often.
CharacterModel trained_rnn(const IdVector& text, std::size_t vocab_size, const LanguageRun::Options& options) {
  Random random(options.seed);
  CharacterModel model(vocab_size, 96, random);
  Adam adam(model.parameters(), 0, {});
  const TextWindows windows(text, options.batch, options.time);
  CharacterModel::Cache cache;
  SequenceLoss::Cache loss_cache;
  Matrix h = zeros({options.batch, model.hidden_size()});
  const std::size_t steps = options.epochs * windows.size();
  for (std::size_t step = 0; step < steps; ++step) {
    const CharacterBatch window = windows[step % windows.size()];
    zero_grad(model.parameters());
    SequenceLoss().forward(model.forward(window.inputs, h, cache), window.targets, window.lengths, loss_cache);
    h = final_state(cache.rnn);
    model.backward(SequenceLoss().backward(loss_cache), cache);
    clip_grad_norm(model.parameters(), 1);
    adam.learning_rate = cosine_schedule(options.learning_rate, step, steps);
    adam.step();
  }
  return model;
}

LinePlot learning_curves(const History& history) {
  return {.title = "learning",
          .x_label = "step",
          .y_label = "nats a character",
          .curves = {{.name = "training", .y = history.train, .x = history.step},
                     {.name = "text not seen", .y = history.test, .x = history.epoch_end}}};
}

}  // namespace
