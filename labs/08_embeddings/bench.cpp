// ./course bench 08: byte-pair encoding on one thread, and skip-gram on one thread and on two, beside PyTorch.
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "08_embeddings/bpe.hpp"
#include "08_embeddings/corpus.hpp"
#include "08_embeddings/training.hpp"
#include "blas/threads.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"

namespace {

using namespace nn;

constexpr std::size_t thread_counts[] = {1, 2};

struct Options {
  std::string data = "invented";
  std::string text;
  std::size_t megabytes = 5;
  std::size_t merges = 8'000;
  std::size_t embedding_dim = 100;
  std::size_t window = 5;
  std::size_t negatives = 5;
  std::size_t batch = 1'024;
  std::size_t rounds = 3;
};

/// The first bytes of a text, which is repeated if it is too short.
std::string text_of_size(const std::vector<std::string>& lines, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; text.size() < size; ++i) {
    text += lines[i % lines.size()] + "\n";
  }
  text.resize(size);
  return text;
}

void measure_bpe(const Options& options, const std::vector<std::string>& lines) {
  const std::string text = text_of_size(lines, options.megabytes * 1'000'000);
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  const Stopwatch watch;
  const std::vector<Merge> merges = learn_merges(text, options.merges);
  const double learning = watch.seconds();
  const BytePairEncoding encoding(merges);
  std::size_t tokens = 0;
  const double seconds = seconds_per_call([&] { tokens = encoding.encode(text).size(); }, 1);
  fmt::print("byte-pair encoding, {:.0f} MB of text, 1 thread\n", megabytes);
  fmt::print("  learning {} merges {:>10.2f} s\n", merges.size(), learning);
  fmt::print("  encoding {:>20.1f} MB/s, {:.2f} bytes a token\n\n", megabytes / seconds,
             megabytes * 1e6 / static_cast<double>(tokens));
}

/// Words that are read per second, of an epoch.
double words_per_second(const Corpus& corpus, const Options& options, std::size_t threads) {
  SkipGramTrainer trainer(corpus, {.embedding_dim = options.embedding_dim,
                                   .window = options.window,
                                   .negatives = options.negatives,
                                   .epochs = 1,
                                   .threads = threads});
  const Stopwatch watch;
  trainer.epoch([](std::size_t, double) {});
  return static_cast<double>(corpus.words) / watch.seconds();
}

/// Seconds for each pair of a centre and a context, with its noise; of steps alone, all words drawn before.
double seconds_per_pair(const Corpus& corpus, const Options& options) {
  Random random(1);
  SkipGram model(corpus.vocabulary.size(), options.embedding_dim, random);
  std::vector<Id> words(options.batch * (options.negatives + 2));
  std::ranges::generate(words, [&] { return random.below(corpus.vocabulary.size()); });
  const double seconds = seconds_per_call([&] {
    for (std::size_t p = 0; p < options.batch; ++p) {
      const std::span<const Id> one = std::span(words).subspan(p * (options.negatives + 2), options.negatives + 2);
      model.step(one[0], one.subspan(1), Real(0.01));
    }
  });
  return seconds / static_cast<double>(options.batch);
}

Times measure(const Corpus& corpus, const Options& options) {
  Times times = times_in_python("labs/08_embeddings/bench_torch.py", {corpus.vocabulary.size(), options.embedding_dim,
                                                                      options.negatives, options.batch, 1, 2});
  times["ours"] = seconds_per_pair(corpus, options);
  for (const std::size_t threads : thread_counts) {
    times[fmt::format("words.{}", threads)] = words_per_second(corpus, options, threads);
  }
  return times;
}

void run(const Options& options) {
  use_threads(1);
  const std::vector<std::string> lines = corpus_lines(options.data, options.text, 1);
  if (lines.empty()) {
    throw std::runtime_error("bench: the text is empty");
  }
  measure_bpe(options, lines);
  const Corpus corpus = corpus_of(lines, 5);
  const Times times = median_times(options.rounds, [&] { return measure(corpus, options); });
  fmt::print("skip-gram, {} words, {} numbers each, {} noise words; medians of {} rounds\n", corpus.vocabulary.size(),
             options.embedding_dim, options.negatives, options.rounds);
  for (const std::size_t threads : thread_counts) {
    fmt::print("  {} thread{}: {:>10.0f} words a second\n", threads, threads == 1 ? " " : "s",
               times.at(fmt::format("words.{}", threads)));
  }
  fmt::print("  a step of one pair, ours: {:>24.2f} us\n", 1e6 * times.at("ours"));
  for (const std::size_t threads : thread_counts) {
    if (const auto torch = times.find(fmt::format("PyTorch.{}", threads)); torch != times.end()) {
      fmt::print("  PyTorch, {} in a batch, {} thread{}: {:>11.2f} us, {:.1f} times ours\n", options.batch, threads,
                 threads == 1 ? " " : "s", 1e6 * torch->second, torch->second / times.at("ours"));
    }
  }
  if (!times.contains("PyTorch.1")) {
    fmt::print("\nPyTorch was not measured: install python3-torch\n");
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Times byte-pair encoding, and skip-gram beside PyTorch.", "./course bench 08");
  program.choice("--data", options.data, "invented: English by the grammar of the course; factbook: the World Factbook",
                 {"invented", "factbook"});
  program.text("--text", options.text, "a text file of your own instead");
  program.number("--megabytes", options.megabytes, "of text for byte-pair encoding", 1, 1'000);
  program.number("--merges", options.merges, "to be learned", 1, 1'000'000);
  program.number("--dim", options.embedding_dim, "numbers of each vector", 1, 10'000);
  program.number("--window", options.window, "how far a context may be", 1, 1'000);
  program.number("--negatives", options.negatives, "noise words for each context", 1, 1'000);
  program.number("--batch", options.batch, "pairs in a batch of PyTorch", 1, 1'000'000);
  program.number("--rounds", options.rounds, "how often each is timed", 1, 100);
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
