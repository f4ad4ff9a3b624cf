// ./course demo 07: a sentence goes into one vector and comes out in Korean; the longer it is, the more of it is lost.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <thread>
#include <vector>

#include "07_gru/translation.hpp"
#include "blas/threads.hpp"
#include "datasets/catalogue.hpp"
#include "datasets/tatoeba.hpp"
#include "datasets/text_file.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "train/metrics.hpp"
#include "train/progress.hpp"

namespace {

using namespace nn;

struct Options {
  std::string data = "invented";
  std::size_t pairs = 12'000;
  std::size_t max_words = 10;
  std::size_t epochs = 0;
  std::size_t embedding_size = 32;
  std::size_t hidden_size = 96;
  std::size_t batch_size = 32;
  Real learning_rate = Real(0.01);
  bool both = false;
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t seed = 1;
  std::string out = "out/07_gru";

  bool real() const { return data != "invented"; }
};

SentenceSets sentences(const Options& options) {
  if (options.real()) {
    return read_tatoeba(find_plain_or_gz(dataset_folder(course_root(), options.data), "kor.txt"), 300, options.seed);
  }
  return invent_sentences(options.pairs, 1'000, options.seed, options.max_words);
}

/// A model after its training, and what it makes of the test sentences.
struct Trained {
  std::string name;
  std::vector<double> losses = {};  // of training, in nats a word, after each tenth of an epoch
  std::vector<std::vector<Id>> translations = {};
  std::vector<bool> exact = {};
};

Trained trained(const Options& options, bool reverse, const Languages& languages, const std::vector<IdPair>& train,
                const std::vector<IdPair>& test) {
  Trained result{.name = reverse ? "source reversed" : "source forwards"};
  fmt::print("\n{}\n", result.name);
  Random random(options.seed);
  const Seq2Seq model({.source_vocab_size = languages.english.size(),
                       .target_vocab_size = languages.korean.size(),
                       .embedding_size = options.embedding_size,
                       .hidden_size = options.hidden_size,
                       .reverse_source = reverse},
                      random);
  TranslationTrainer trainer(model, train,
                             {.batch_size = options.batch_size,
                              .epochs = options.epochs,
                              .learning_rate = options.learning_rate,
                              .threads = options.threads,
                              .seed = options.seed});
  for (std::size_t epoch = 1; epoch <= options.epochs; ++epoch) {
    Progress progress(fmt::format("epoch {:>2}", epoch), train.size());
    double sum = 0;
    std::size_t seen = 0;
    trainer.epoch([&](std::size_t count, double loss) {
      sum += static_cast<double>(count) * loss;
      seen += count;
      if (seen >= train.size() / 10) {
        result.losses.push_back(sum / static_cast<double>(seen));
        sum = 0;
        seen = 0;
      }
      progress.advance(count, loss);
    });
    progress.finish();
  }
  result.translations = translations_of(trainer.model(), test);
  for (std::size_t i = 0; i < test.size(); ++i) {
    result.exact.push_back(is_exact(result.translations[i], test[i]));
  }
  return result;
}

/// The percentage of exact translations by the number of words of the English sentence.
Curve matches_by_length(const Trained& model, const std::vector<SentencePair>& pairs) {
  std::vector<double> right(max_sentence_words + 1), all(max_sentence_words + 1);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::size_t words = std::min(word_count(pairs[i].english), max_sentence_words);
    all[words] += 1;
    right[words] += model.exact[i] ? 1 : 0;
  }
  Curve curve{.name = model.name};
  for (std::size_t words = 0; words < all.size(); ++words) {
    if (all[words] >= 10) {
      curve.x.push_back(static_cast<double>(words));
      curve.y.push_back(100 * right[words] / all[words]);
    }
  }
  return curve;
}

void print_matches(const std::vector<Curve>& curves, const std::vector<Trained>& models) {
  fmt::print("\nsentences translated exactly, in percent\n{:<17}{:>6}", "words", "all");
  for (const double words : curves[0].x) {
    fmt::print("{:>5.0f}", words);
  }
  for (std::size_t i = 0; i < models.size(); ++i) {
    const auto exact = static_cast<double>(std::ranges::count(models[i].exact, true));
    fmt::print("\n{:<17}{:>6.1f}", models[i].name, 100 * exact / static_cast<double>(models[i].exact.size()));
    for (const double percent : curves[i].y) {
      fmt::print("{:>5.0f}", percent);
    }
  }
  fmt::print("\n");
}

void print_translations(const std::vector<SentencePair>& pairs, const Trained& model, const WordList& korean,
                        std::size_t count) {
  for (std::size_t i = 0; i < std::min(count, pairs.size()); ++i) {
    fmt::print("\n{}\n  reference  {}\n  model      {}{}\n", pairs[i].english, pairs[i].korean,
               text_of(model.translations[i], korean), model.exact[i] ? "   (exact)" : "");
  }
}

/// Translations of sentences of growing length: red where a token differs from that of the reference, blue where not.
HeatMap translations_map(const std::vector<IdPair>& test, const Trained& model, const WordList& korean) {
  const std::size_t width = 13, first = 5;
  HeatMap map{.title = "what it writes; red: not as in the reference", .values = zeros({width - first + 1, width})};
  for (std::size_t tokens = first; tokens <= width; ++tokens) {
    const auto chosen = std::ranges::find_if(test, [&](const IdPair& pair) {
      const std::vector<Id>& written = model.translations[static_cast<std::size_t>(&pair - test.data())];
      return pair.target.size() == tokens + 1 && written.size() <= width;
    });
    for (std::size_t k = 0; k < width; ++k) {
      const bool any = chosen != test.end();
      const auto i = static_cast<std::size_t>(chosen - test.begin());
      const bool writes = any && k < model.translations[i].size();
      map.texts.push_back(writes ? korean.word(model.translations[i][k]) : " ");
      if (writes) {
        const bool right = k < tokens && model.translations[i][k] == chosen->target[k];
        map.values(tokens - first, k) = right ? Real(-0.25) : Real(1);
      }
    }
  }
  return map;
}

void run(Options options) {
  use_threads(1);
  std::filesystem::create_directories(options.out);
  options.epochs = options.epochs > 0 ? options.epochs : options.real() ? 15 : 3;
  const SentenceSets sets = sentences(options);
  const Languages languages = Languages::of(sets.train, options.real() ? 2 : 1);
  const std::vector<IdPair> train = languages.ids(sets.train), test = languages.ids(sets.test);
  fmt::print("{} pairs for training, {} for testing; {} English and {} Korean words\n", train.size(), test.size(),
             languages.english.size(), languages.korean.size());

  const Stopwatch stopwatch;
  std::vector<Trained> models{trained(options, true, languages, train, test)};
  if (options.both) {
    models.push_back(trained(options, false, languages, train, test));
  }
  fmt::print("\ntrained and tested in {:.1f} s\n", stopwatch.seconds());

  print_translations(sets.test, models[0], languages.korean, options.real() ? 20 : 6);
  std::vector<Curve> curves, losses;
  Metrics log(options.out + "/exact.csv", {"model", "words", "percent"});
  for (const Trained& model : models) {
    curves.push_back(matches_by_length(model, sets.test));
    losses.push_back({.name = model.name, .y = model.losses});
    for (std::size_t i = 0; i < curves.back().x.size(); ++i) {
      log.row({model.name, curves.back().x[i], curves.back().y[i]});
    }
  }
  print_matches(curves, models);
  save_figure(options.out + "/demo.png",
              {LinePlot{.title = "learning",
                        .x_label = "tenths of an epoch",
                        .y_label = "training loss, nats a word",
                        .curves = losses},
               LinePlot{.title = "sentences translated exactly",
                        .x_label = "words of the English sentence",
                        .y_label = "percent",
                        .curves = curves},
               translations_map(test, models[0], languages.korean)},
              3);
  fmt::print("\nPicture: {0}/demo.png   Numbers: {0}/exact.csv\n", options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Trains a GRU encoder and decoder from English to Korean, and shows what it translates.",
                             "./course demo 07");
  program.choice("--data", options.data,
                 "invented: by the grammar of the course; en-ko-tatoeba: real sentences (./course data get "
                 "en-ko-tatoeba)",
                 {"invented", "en-ko-tatoeba"});
  program.number("--pairs", options.pairs, "invented pairs for training", 100, 1'000'000);
  program.number("--max-words", options.max_words, "of an invented English sentence", 6, nn::max_sentence_words);
  program.number("--epochs", options.epochs, "passes over the training pairs; 0: as many as suit the data", 0, 1'000);
  program.number("--embedding", options.embedding_size, "numbers for each word", 1, 4096);
  program.number("--hidden", options.hidden_size, "units of each GRU", 1, 4096);
  program.number("--batch", options.batch_size, "sentences in a batch", 1, 10'000);
  program.real("--rate", options.learning_rate, "learning rate of the first step");
  program.flag("--both", options.both, "train a second model, which reads the source forwards, and compare the two");
  program.number("--threads", options.threads, "replicas of the model, each on a core of its own", 1, 64);
  program.number("--seed", options.seed, "of the sentences, the weights and their order");
  program.text("--out", options.out, "folder for the results");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
