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
#include "train/metrics.hpp"
#include "train/progress.hpp"

namespace {

using namespace nn;

struct Options {
  std::string data = "invented";
  std::size_t pairs = 20'000;
  std::size_t max_words = 12;
  std::size_t epochs = 3;
  std::size_t embedding_size = 64;
  std::size_t hidden_size = 128;
  std::size_t batch_size = 64;
  Real learning_rate = Real(0.005);
  bool forwards = false;
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t seed = 1;
  std::string out = "out/07_gru";
};

SentenceSets sentences(const Options& options) {
  if (options.data == "en-ko-tatoeba") {
    return read_tatoeba(find_plain_or_gz(dataset_folder(course_root(), options.data), "kor.txt"), 300, options.seed);
  }
  return invent_sentences(options.pairs, 1'000, options.seed, options.max_words);
}

/// The percentage of exact translations, for every three lengths of the English sentence.
Curve matches_by_length(const std::vector<SentencePair>& pairs, const std::vector<bool>& exact) {
  std::vector<double> right(max_sentence_words + 3), all(max_sentence_words + 3);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::size_t words = std::min(word_count(pairs[i].english), max_sentence_words) / 3 * 3;
    all[words] += 1;
    right[words] += exact[i] ? 1 : 0;
  }
  Curve curve{.name = "one vector of a GRU"};
  for (std::size_t words = 0; words < all.size(); words += 3) {
    if (all[words] >= 5) {
      curve.x.push_back(static_cast<double>(words) + 1);
      curve.y.push_back(100 * right[words] / all[words]);
    }
  }
  return curve;
}

void print_examples(const std::vector<SentencePair>& pairs, const std::vector<std::vector<Id>>& translations,
                    const Languages& languages, std::size_t count) {
  for (std::size_t i = 0; i < std::min(count, pairs.size()); ++i) {
    fmt::print("\n{}\n  is     {}\n  model  {}\n", pairs[i].english, pairs[i].korean,
               text_of(translations[i], languages.korean));
  }
}

void run(const Options& options) {
  use_threads(1);
  std::filesystem::create_directories(options.out);
  const SentenceSets sets = sentences(options);
  const bool real = options.data != "invented";
  const Languages languages = Languages::of(sets.train, real ? 2 : 1);
  const std::vector<IdPair> test = languages.ids(sets.test);
  fmt::print("{} pairs for training, {} for testing; {} English and {} Korean words\n\n", sets.train.size(),
             test.size(), languages.english.size(), languages.korean.size());

  // Train
  Random random(options.seed);
  const Seq2Seq start({languages.english.size(), languages.korean.size(), options.embedding_size, options.hidden_size,
                       !options.forwards},
                      random);
  TranslationTrainer trainer(
      start, languages.ids(sets.train),
      {options.batch_size, options.epochs, options.learning_rate, options.threads, options.seed});
  Metrics log(options.out + "/loss.csv", {"epoch", "loss"});
  std::vector<double> losses;
  for (std::size_t epoch = 1; epoch <= options.epochs; ++epoch) {
    Progress progress(fmt::format("epoch {:>2}", epoch), sets.train.size());
    trainer.epoch([&](std::size_t count, double loss) { progress.advance(count, loss); });
    progress.finish();
    losses.push_back(progress.mean_loss());
    log.row({epoch, losses.back()});
  }

  // Translate what it has not seen
  const std::vector<std::vector<Id>> translations = translations_of(trainer.model(), test);
  std::vector<bool> exact;
  for (std::size_t i = 0; i < test.size(); ++i) {
    exact.push_back(is_exact(translations[i], test[i]));
  }
  print_examples(sets.test, translations, languages, real ? 20 : 6);
  const Curve curve = matches_by_length(sets.test, exact);
  fmt::print("\n{:.1f} % of {} new sentences are translated exactly\nwords of the sentence",
             100.0 * static_cast<double>(std::ranges::count(exact, true)) / static_cast<double>(test.size()),
             test.size());
  for (const double words : curve.x) {
    fmt::print(" {:>3.0f}-{:<2.0f}", words - 1, words + 1);
  }
  fmt::print("\nexact, in percent    ");
  for (const double percent : curve.y) {
    fmt::print(" {:>6.1f}", percent);
  }
  save_figure(
      options.out + "/demo.png",
      {LinePlot{.title = "learning", .x_label = "epoch", .y_label = "nats a word", .curves = {{"training", losses}}},
       LinePlot{.title = "sentences translated exactly",
                .x_label = "words of the English sentence",
                .y_label = "percent",
                .curves = {curve}}});
  fmt::print("\n\nThe picture is {}/demo.png\n", options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Trains a GRU encoder and decoder from English to Korean, and shows what it translates.",
                             "./course demo 07");
  program.choice("--data", options.data, "invented: by the grammar of the course; en-ko-tatoeba: real sentences",
                 {"invented", "en-ko-tatoeba"});
  program.number("--pairs", options.pairs, "invented pairs for training", 100, 1'000'000);
  program.number("--max-words", options.max_words, "of an invented English sentence", 6, nn::max_sentence_words);
  program.number("--epochs", options.epochs, "passes over the training pairs", 1, 1'000);
  program.number("--embedding", options.embedding_size, "numbers for each word", 1, 4096);
  program.number("--hidden", options.hidden_size, "units of each GRU", 1, 4096);
  program.number("--batch", options.batch_size, "sentences in a batch", 1, 10'000);
  program.real("--rate", options.learning_rate, "learning rate of the first step");
  program.flag("--forwards", options.forwards, "read the source from its beginning, not from its end");
  program.number("--threads", options.threads, "replicas of the model, each on a core of its own", 1, 64);
  program.number("--seed", options.seed, "of the sentences, the weights and their order");
  program.text("--out", options.out, "folder for the results");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
