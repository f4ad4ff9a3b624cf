// ./course demo 06: a language model that remembers, on brackets or on Shakespeare.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "06_lstm/brackets.hpp"
#include "06_lstm/language.hpp"
#include "blas/threads.hpp"
#include "datasets/catalogue.hpp"
#include "datasets/text_file.hpp"
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
  text.all = options.data == "brackets"
                 ? bracket_text(400'000, random)
                 : read_text_file(find_plain_or_gz(dataset_folder(course_root(), options.data), "input.txt"));
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

/// The last characters of a trace, under each of them how full some cells are: those that go far and change slowly.
HeatMap slow_cells(const CellTrace& trace) {
  const std::size_t count = 12, shown = 34, first = trace.text.size() - shown;
  std::vector<std::pair<double, std::size_t>> scores;
  const auto shown_cell = [&](std::size_t t, std::size_t k) {
    return std::tanh(static_cast<double>(trace.cells(t, k)));
  };
  for (std::size_t k = 0; k < trace.cells.shape(1); ++k) {
    double sum = 0, squares = 0, change = 0;
    for (std::size_t t = first; t < trace.text.size(); ++t) {
      sum += shown_cell(t, k);
      squares += std::pow(shown_cell(t, k), 2);
      change += std::pow(shown_cell(t, k) - shown_cell(t - 1, k), 2);
    }
    scores.push_back({(squares - sum * sum / static_cast<double>(shown)) / (change + 1), k});
  }
  std::ranges::sort(scores, std::greater());
  HeatMap map{.title = "some cells while they read", .x_label = "", .y_label = "cell", .values = zeros({count, shown})};
  for (std::size_t i = 0; i < count; ++i) {
    map.row_names.push_back(std::to_string(scores[i].second));
    for (std::size_t t = 0; t < shown; ++t) {
      map.values(i, t) = static_cast<Real>(shown_cell(first + t, scores[i].second));
      const char c = trace.text[first + t];
      map.texts.push_back(c == '\n' ? "↵" : std::string(1, c));
    }
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
        right += characters.decode(IdVector{likely})[0] == text[i] ? 1 : 0;
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

/// After the training: a sample, cells along a text, and with brackets the comparison with lab 05.
void show(LanguageRun& run, const Text& text, const CharacterSet& characters, const History& history,
          const Options& options, std::vector<Panel> panels) {
  Random random(options.seed, 200);
  const std::string prompt = options.data == "brackets" ? "a" : "ROMEO:\n";
  const IdVector sample = continue_text(run.model(), characters.encode(prompt), options.data == "brackets" ? 160 : 500,
                                        options.temperature, random);
  fmt::print("\nA text of its own, temperature {:.1f}:\n{}{}\n", options.temperature, prompt,
             characters.decode(sample));
  if (!history.step.empty()) {
    panels.insert(panels.begin(), learning_curves(history));
  }
  panels.push_back(slow_cells(trace(run.model(), characters, text.test.substr(0, 200))));
  save_figure(options.out + "/demo.png", panels, panels.size());
}

/// How many brackets both networks close rightly.
LinePlot compare_with_rnn(const LanguageModel& model, const CharacterModel& rnn, const std::string& test,
                          const CharacterSet& characters) {
  const IdVector ids = characters.encode(test);
  const IdMatrix inputs = split_leading(ids, ids.size(), 1);
  LanguageModel::Cache cache;
  CharacterModel::Cache rnn_cache;
  const Closing ours =
      closing_by_distance(test, characters, model.forward(inputs, model.lstm.zero_states(1), Mode::evaluate(), cache));
  const Closing theirs =
      closing_by_distance(test, characters, rnn.forward(inputs, zeros({1, rnn.hidden_size()}), rnn_cache));
  fmt::print("\nbrackets closed rightly, of four kinds, by the distance to where they were opened\n{:<14}",
             "characters");
  for (const double distance : ours.distance) {
    fmt::print("{:>10}", fmt::format("{:.0f} to {:.0f}", distance / 1.5, distance / 0.75 - 1));
  }
  for (const auto& [name, closing] : {std::pair{"LSTM", &ours}, std::pair{"RNN of lab 05", &theirs}}) {
    fmt::print("\n{:<14}", name);
    for (const double percent : closing->percent) {
      fmt::print("{:>8.1f} %", percent);
    }
  }
  fmt::print("\n");
  return {.title = "brackets closed rightly",
          .x_label = "characters since the bracket was opened",
          .y_label = "right, in %; chance is 25 %",
          .curves = {{.name = "LSTM", .y = ours.percent, .x = ours.distance},
                     {.name = "RNN of lab 05", .y = theirs.percent, .x = theirs.distance}},
          .log_x = true};
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  use_threads(1);  // the cores are busy with a part of the batch each
  const bool brackets = options.data == "brackets";
  const Text text = load_text(options);
  const CharacterSet characters(text.all);
  const IdVector train_ids = characters.encode(text.train), test_ids = characters.encode(text.test);
  Random random(options.seed);
  const LanguageModel model({.vocab_size = characters.size(),
                             .table_size = std::size_t(brackets ? 16 : 48),
                             .hidden_size = std::size_t(brackets ? 96 : 256)},
                            random);
  const std::size_t epochs = options.epochs > 0 ? options.epochs : brackets ? 4 : 3;
  const LanguageRun::Options training{.batch = std::size_t(brackets ? 32 : 64),
                                      .epochs = epochs,
                                      .learning_rate = Real(brackets ? 0.01 : 0.004),
                                      .threads = brackets ? 1 : options.threads,
                                      .seed = options.seed};
  LanguageRun run(model, train_ids, training);
  fmt::print("{}: {} characters to learn from, {} kept apart, {} different ones; {} parameters; {} threads\n",
             options.data, text.train.size(), text.test.size(), characters.size(),
             parameter_count(run.model().parameters()), training.threads);

  // With brackets, lab 05's model learns from the same text on another core
  std::future<CharacterModel> rnn;
  if (brackets && !options.resume && options.stop_after == 0) {
    rnn = std::async(std::launch::async, trained_rnn, train_ids, characters.size(), training);
  }
  const Stopwatch stopwatch;
  const History history = train(run, test_ids, options, epochs);
  if (!history.test.empty()) {
    fmt::print("\n{:.3f} nats a character on the text kept apart, after {:.1f} s of this run\n", history.test.back(),
               stopwatch.seconds());
  }
  std::vector<Panel> panels;
  if (rnn.valid()) {
    panels.push_back(compare_with_rnn(run.model(), rnn.get(), text.test.substr(0, 20'000), characters));
  }
  show(run, text, characters, history, options, panels);
  fmt::print("\nPicture: {0}/demo.png   Numbers: {0}/loss.csv   Checkpoint: {0}/{1}.safetensors\n", options.out,
             options.data);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Trains a language model of characters and draws what it remembers.", "./course demo 06");
  program.choice("--data", options.data,
                 "brackets: written by the course; tinyshakespeare: a real text (./course data get tinyshakespeare)",
                 {"brackets", "tinyshakespeare"});
  program.number("--epochs", options.epochs, "how often the text is read; 0: as often as suits it", 0, 1000);
  program.number("--stop-after", options.stop_after,
                 "stop after this many epochs and keep a checkpoint; 0: run to the end");
  program.flag("--resume", options.resume, "go on from the checkpoint in the output folder, with the same options");
  program.real("--temperature", options.temperature, "of the sample");
  program.number("--threads", options.threads, "parts of a batch that are computed side by side", 1, 64);
  program.number("--seed", options.seed, "seed of the weights and of the brackets");
  program.text("--out", options.out, "folder for the picture, the numbers and the checkpoint");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
