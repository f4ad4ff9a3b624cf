// ./course demo 05: a recurrent network reads names letter by letter, and invents new ones.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "01_tensors/tensors.hpp"
#include "05_rnn/endings.hpp"
#include "05_rnn/training.hpp"
#include "blas/threads.hpp"
#include "datasets/sources.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "train/metrics.hpp"
#include "train/progress.hpp"

namespace {

using namespace nn;

struct Options {
  std::string data = "invented";
  std::size_t epochs = 0;  // 0, here and in the next two: as the data needs it
  std::size_t hidden_size = 0;
  std::size_t batch_size = 0;
  Real learning_rate = Real(0.003);
  Real temperature = 1;
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t seed = 1;
  std::string out = "out/05_rnn";
};

/// Real names are more than invented ones, and their rules are many: a larger network that sees each less often.
Options with_defaults(Options options) {
  const bool real = options.data == "names";
  options.epochs = options.epochs > 0 ? options.epochs : real ? 12 : 30;
  options.hidden_size = options.hidden_size > 0 ? options.hidden_size : real ? 256 : 128;
  options.batch_size = options.batch_size > 0 ? options.batch_size : real ? 64 : 16;
  return options;
}

/// After each epoch, in nats a character.
struct History {
  std::vector<double> train_loss;
  std::vector<double> test_loss;
};

History train(Trainer& trainer, const NameSets& names, const Options& options) {
  History history;
  Metrics log(options.out + "/loss.csv", {"epoch", "train_loss", "test_loss"});
  Random order(options.seed, 1);
  const std::size_t total = options.epochs * ((names.train.size() + options.batch_size - 1) / options.batch_size);
  std::size_t step = 0;
  for (std::size_t epoch = 1; epoch <= options.epochs; ++epoch) {
    Progress progress(fmt::format("epoch {:>2}", epoch), names.train.size());
    for (const CharacterBatch& batch : name_batches(names.train, options.batch_size, order)) {
      const Real rate = cosine_schedule(options.learning_rate, step++, total);
      progress.advance(batch.lengths.size(), static_cast<double>(trainer.step(batch, rate)));
    }
    progress.finish();
    history.train_loss.push_back(progress.mean_loss());
    history.test_loss.push_back(trainer.evaluate(names.test));
    log.row({epoch, history.train_loss.back(), history.test_loss.back()});
  }
  return history;
}

/// Names that the model writes, each once; none of the known ones. What it writes of those is counted in `repeated`.
std::vector<std::string> new_names(const CharacterModel& model, const NameSets& names, std::size_t count,
                                   const Options& options, std::size_t& repeated) {
  const CharacterSet characters = name_characters();
  std::set<std::string> known(names.train.begin(), names.train.end());
  known.insert(names.test.begin(), names.test.end());
  Random random(options.seed, 2);
  std::vector<std::string> result;
  for (std::size_t tries = 0; result.size() < count && tries < 100 * count; ++tries) {
    const std::string name = characters.decode(
        generate(model, {0}, {.stop = 0, .max_length = 30, .temperature = options.temperature}, random));
    if (name.empty()) {
      continue;  // it drew the end at once
    }
    if (known.insert(name).second) {
      result.push_back(name);
    } else {
      ++repeated;
    }
  }
  return result;
}

/// What the model expects at every place of a name: a row for each character, "." for the end, a column for each place.
HeatMap expectations(const CharacterModel& model, const std::string& name) {
  const CharacterSet characters = name_characters();
  const std::string letters = "abcdefghijklmnopqrstuvwxyz";
  HeatMap map{.title = "what it expects in each place of " + name, .values = zeros({27, name.size() + 1})};
  for (std::size_t r = 0; r < 26; ++r) {
    map.row_names.push_back(letters.substr(r, 1));
  }
  map.row_names.push_back(".");
  for (std::size_t t = 0; t <= name.size(); ++t) {
    const Vector logits = next_logits(model, name.substr(0, t));
    const Matrix probabilities = softmax(Matrix(xt::view(logits, xt::newaxis())));
    for (std::size_t r = 0; r < 26; ++r) {
      map.values(r, t) = probabilities(0, r + 1);
    }
    map.values(26, t) = probabilities(0, 0);
    map.column_names.push_back(t < name.size() ? name.substr(t, 1) : ".");
  }
  return map;
}

/// The states of some units while the model reads a name.
HeatMap states_while_reading(const CharacterModel& model, const std::string& name, std::size_t units) {
  HeatMap map{.title = "the state of " + std::to_string(units) + " units after each letter", .y_label = "unit"};
  const IdVector ids = name_characters().encode(fmt::format("\n{}", name));
  CharacterModel::Cache cache;
  model.forward(split_leading(ids, ids.size(), 1), zeros({1, model.hidden_size()}), cache);
  map.values = zeros({units, name.size()});
  for (std::size_t t = 0; t < name.size(); ++t) {
    for (std::size_t j = 0; j < units; ++j) {
      map.values(j, t) = cache.rnn.states(t + 2, 0, j);
    }
    map.column_names.push_back(name.substr(t, 1));
  }
  return map;
}

LinePlot learning_curves(const History& history) {
  return {
      .title = "learning",
      .x_label = "epoch",
      .y_label = "nats a character",
      .curves = {{.name = "training names", .y = history.train_loss}, {.name = "new names", .y = history.test_loss}}};
}

/// The first figure's MLPs beside the network.
LinePlot endings_of_all(const CharacterModel& model, const NameSets& names, const Options& options) {
  std::vector<Curve> curves{endings_by_distance(
      "recurrent network", names.test, [&](const std::string& beginning) { return next_logits(model, beginning); })};
  Random random(options.seed);
  WindowMLP mlp(8, 128, random);
  mlp.train(names.train, 10, random);
  curves.push_back(endings_by_distance("MLP, sees 8 letters", names.test,
                                       [&](const std::string& beginning) { return mlp.next(beginning); }));
  fmt::print("\n{:<22}", "distance in letters");
  for (const double distance : curves[0].x) {
    fmt::print(" {:>6}", distance);
  }
  for (const Curve& curve : curves) {
    fmt::print("\n{:<22}", curve.name);
    for (const double percent : curve.y) {
      fmt::print(" {:>6.1f}", percent);
    }
  }
  fmt::print(" % right endings\n");
  return endings_plot("endings of new names", curves);
}

void show_new_names(const CharacterModel& model, const NameSets& names, const Options& options) {
  std::size_t repeated = 0;
  const std::vector<std::string> written = new_names(model, names, 200, options, repeated);
  fmt::print("\ntwenty new names, in none of the lists:\n");
  for (std::size_t i = 0; i < std::min<std::size_t>(20, written.size()); ++i) {
    fmt::print("{:<20}{}", written[i], i % 4 == 3 ? "\n" : "");
  }
  fmt::print("of {} names that it wrote, {} are in the lists\n", written.size() + repeated, repeated);
  if (options.data == "invented") {
    fmt::print("of the {} new ones, {} end as they begin\n", written.size(),
               std::ranges::count_if(written, ends_as_it_begins));
  }
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  use_threads(1);  // the cores are busy with a part of the batch each
  const NameSets names = load_name_sets(options.data, options.seed);
  Random random(options.seed);
  const CharacterModel start(name_characters().size(), options.hidden_size, random);
  Trainer trainer(start, options.threads, options.learning_rate);
  const CharacterModel& model = trainer.model();
  fmt::print("{}: {} training and {} new names; {} parameters; {} threads\n", options.data, names.train.size(),
             names.test.size(), parameter_count(trainer.model().parameters()), options.threads);

  const Stopwatch stopwatch;
  const History history = train(trainer, names, options);
  fmt::print("\n{:.3f} nats a character on new names after {:.1f} s\n", history.test_loss.back(), stopwatch.seconds());

  std::vector<Panel> panels;
  if (options.data == "invented") {
    panels.push_back(endings_of_all(model, names, options));
  }
  show_new_names(model, names, options);
  const std::string name = options.data == "invented" ? "dasutikehuron" : "christabella";
  panels.push_back(learning_curves(history));
  panels.push_back(expectations(model, name));
  panels.push_back(states_while_reading(model, name, 32));
  save_figure(options.out + "/demo.png", panels);
  fmt::print("\nPicture: {0}/demo.png   Numbers: {0}/loss.csv\n", options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Trains a recurrent network on names, letter by letter, and lets it invent new ones.",
                             "./course demo 05");
  nn::add_name_source(program, options.data);
  program.number("--epochs", options.epochs, "how often every name is seen; 0: 30 times, real names 12 times", 0, 1000);
  program.number("--hidden", options.hidden_size, "size of the state; 0: 128, for real names 256", 0, 4096);
  program.number("--batch", options.batch_size, "names in a mini-batch; 0: 16, of real names 64", 0, 10'000);
  program.real("--rate", options.learning_rate, "learning rate of the first step; it falls to 0 along a cosine");
  program.real("--temperature", options.temperature, "of the new names: low ones are likely, high ones are bold");
  program.number("--threads", options.threads, "parts of a batch that are computed side by side", 1, 256);
  program.number("--seed", options.seed, "seed of weights, order and invented names");
  program.text("--out", options.out, "folder for the picture and the numbers");
  return nn::run_program(program, argc, argv, [&] { run(with_defaults(options)); });
}
