// ./course run 06 reviews: whether Korean film reviews praise, read syllable by syllable.
#include "06_lstm/reviews.hpp"

#include <array>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>

#include "blas/threads.hpp"
#include "datasets/catalogue.hpp"
#include "datasets/text_file.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "text/lines.hpp"
#include "text/utf8.hpp"
#include "train/accuracy.hpp"
#include "train/metrics.hpp"
#include "train/progress.hpp"

namespace {

using namespace nn;

struct Options {
  std::string data = "invented";
  std::size_t epochs = 0;
  std::size_t stop_after = 0;
  bool resume = false;
  std::size_t hidden_size = 128;
  std::size_t num_layers = 1;
  Real learning_rate = Real(0.003);
  Real dropout = Real(0.4);
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t seed = 1;
  std::string out = "out/06_lstm";
};

struct ReviewSets {
  std::vector<Review> train, dev, test;
};

/// Sentences of our own, such as "이 영화는 정말 재미있지 않아요": a word of praise or blame, which a negation turns
/// round.
std::vector<Review> invent_reviews(std::size_t count, Random& random) {
  const std::vector<std::u32string> subjects{U"이 영화는 ",
                                             U"주인공이 ",
                                             U"이야기가 ",
                                             U"음악이 ",
                                             U"배우의 연기가 ",
                                             U"마지막 장면은 ",
                                             U"어제 친구와 본 영화인데 "};
  const std::vector<std::u32string> adverbs{U"", U"정말 ", U"조금 ", U"아주 ", U"생각보다 ", U"처음부터 끝까지 "};
  const std::vector<std::u32string> praise{U"재미있", U"멋있", U"훌륭하", U"아름답", U"따뜻하"};
  const std::vector<std::u32string> blame{U"지루하", U"재미없", U"어색하", U"답답하", U"시시하"};
  const std::vector<std::u32string> plain{U"네요", U"더라고요", U"다고 생각해요"},
      negated{U"지 않아요", U"지는 않네요"};
  const auto one_of = [&](const std::vector<std::u32string>& words) { return words[random.below(words.size())]; };
  std::vector<Review> reviews;
  for (std::size_t i = 0; i < count; ++i) {
    const bool good = random.below(2) == 1, negation = random.below(2) == 1;
    std::u32string text = one_of(subjects) + one_of(adverbs) + one_of(good ? praise : blame);
    text += one_of(negation ? negated : plain);
    reviews.push_back({text, Id{good != negation}});
  }
  return reviews;
}

/// Lines "id TAB review TAB label" below a line of column names.
std::vector<Review> read_reviews(const std::filesystem::path& path) {
  std::vector<Review> reviews;
  std::size_t number = 0;
  for (const std::string& line : read_text_lines(path)) {
    const std::vector<std::string> fields = fields_of(line, '\t');
    if (++number == 1) {
      continue;
    }
    if (fields.size() != 3 || (fields[2] != "0" && fields[2] != "1")) {
      throw std::runtime_error(fmt::format("{}, line {}: expected an id, a review and 0 or 1, with tabs between them",
                                           path.string(), number));
    }
    reviews.push_back({decode_utf8(fields[1]), Id{fields[2] == "1"}});
  }
  return reviews;
}

ReviewSets load_reviews(const Options& options) {
  if (options.data == "invented") {
    Random random(options.seed, 100);
    return {invent_reviews(4'000, random), invent_reviews(500, random), invent_reviews(1'000, random)};
  }
  std::string searched;
  for (const std::filesystem::path& parent : data_folders(course_root())) {
    const std::filesystem::path folder = parent / options.data;
    if (std::filesystem::is_directory(folder)) {
      return {read_reviews(find_plain_or_gz(folder, "nsmc.train.tsv")),
              read_reviews(find_plain_or_gz(folder, "nsmc.dev.tsv")),
              read_reviews(find_plain_or_gz(folder, "nsmc.test.tsv"))};
    }
    searched += "\n  " + folder.string();
  }
  throw std::runtime_error(
      "nsmc-subset is not on this machine. It is a part of the Naver sentiment movie corpus (github.com/e9t/nsmc, "
      "CC0): "
      "nsmc.train.tsv, nsmc.dev.tsv and nsmc.test.tsv, plain or .gz, in one of these folders:" +
      searched +
      "\nAsk your instructor for the files, or cut ratings_train.txt and ratings_test.txt, which have the same form.");
}

/// The share of reviews that are taken for what they are.
double accuracy_on(const ReviewModel& model, const std::vector<Review>& reviews, const Syllables& syllables,
                   std::size_t threads) {
  std::vector<std::size_t> order(reviews.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t r) { return reviews[r].text.size(); });
  std::vector<std::future<std::size_t>> parts;
  for (std::size_t i = 0; i < threads; ++i) {
    parts.push_back(std::async(std::launch::async, [&, i] {
      ReviewModel::Cache cache;
      std::size_t right = 0;
      for (std::size_t first = i * 100; first < order.size(); first += threads * 100) {
        const ReviewBatch batch(
            reviews, std::span(order).subspan(first, std::min<std::size_t>(100, order.size() - first)), syllables);
        const IdVector classes = argmax_rows(model.forward(batch, Mode::evaluate(), cache));
        for (std::size_t b = 0; b < classes.size(); ++b) {
          right += classes(b) == batch.labels(b) ? 1 : 0;
        }
      }
      return right;
    }));
  }
  std::size_t right = 0;
  for (std::future<std::size_t>& part : parts) {
    right += part.get();
  }
  return static_cast<double>(right) / static_cast<double>(reviews.size());
}

/// How the opinion changes while the network reads: the difference of the two logits after each syllable.
HeatMap opinions(const ReviewModel& model, const std::vector<Review>& reviews, const Syllables& syllables) {
  const std::size_t width = 26, count = 9;
  HeatMap map{.title = "blame (blue) or praise (red) after each syllable", .x_label = "", .y_label = "review"};
  map.values = zeros({count, width});
  std::size_t shown = 0;
  for (std::size_t r = 0; r < reviews.size() && shown < count; ++r) {
    const std::u32string& text = reviews[r].text;
    if (text.size() < 12 || text.size() > width || reviews[r].label != shown % 2) {
      continue;
    }
    ReviewModel::Cache cache;
    model.forward(ReviewBatch(reviews, std::array{r}, syllables), Mode::evaluate(), cache);
    const LSTM::Cache& layer = cache.classifier.lstm.layers.back();
    Linear::Cache unused;
    const Matrix logits = model.classifier.output.forward(merge_leading(time_steps(layer.h, 1, text.size())), unused);
    for (std::size_t t = 0; t < width; ++t) {
      map.values(shown, t) = t < text.size() ? std::tanh((logits(t, 1) - logits(t, 0)) / 4) : 0;
      map.texts.push_back(t < text.size() && text[t] != U' ' ? encode_utf8(text.substr(t, 1)) : " ");
    }
    map.row_names.push_back(reviews[r].label == 1 ? "praise" : "blame");
    ++shown;
  }
  map.values = xt::view(map.values, xt::range(0, shown));
  return map;
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  use_threads(1);  // the cores are busy with a part of the batch each
  const ReviewSets sets = load_reviews(options);
  const Syllables syllables(sets.train, options.data == "invented" ? 1 : 5);
  Random random(options.seed);
  const ReviewModel model({.syllables = syllables.size(),
                           .hidden_size = options.hidden_size,
                           .num_layers = options.num_layers,
                           .dropout_probability = options.dropout},
                          random);
  const std::size_t epochs = options.epochs > 0 ? options.epochs : 4;
  ReviewRun run(
      model, sets.train, syllables,
      {.epochs = epochs, .learning_rate = options.learning_rate, .threads = options.threads, .seed = options.seed});
  fmt::print("{}: {} reviews for training, {} and {} kept apart; {} syllables; {} parameters; {} threads\n",
             options.data, sets.train.size(), sets.dev.size(), sets.test.size(), syllables.size(),
             parameter_count(run.model().parameters()), options.threads);
  const std::string checkpoint = options.out + "/reviews.safetensors";
  if (options.resume) {
    run.load(checkpoint);
    fmt::print("resumed at step {} of {}\n", run.position(), epochs * run.epoch_steps());
  }

  const Stopwatch stopwatch;
  Metrics log(options.out + "/reviews.csv", {"epoch", "train_loss", "dev_accuracy"});
  const std::size_t last = options.stop_after == 0 ? epochs : std::min(epochs, options.stop_after);
  while (run.position() < last * run.epoch_steps()) {
    const std::size_t epoch = run.position() / run.epoch_steps() + 1;
    Progress progress(fmt::format("epoch {}", epoch), run.epoch_steps());
    for (std::size_t i = 0; i < run.epoch_steps(); ++i) {
      progress.advance(1, run.step());
    }
    progress.finish();
    const double right = accuracy_on(run.model(), sets.dev, syllables, options.threads);
    fmt::print("epoch {}: {:.2f} % of the development reviews after {:.0f} s\n", epoch, 100 * right,
               stopwatch.seconds());
    log.row({epoch, progress.mean_loss(), right});
    run.save(checkpoint);
  }
  const double seconds = stopwatch.seconds();
  fmt::print("\ntest accuracy {:.2f} % after {:.0f} s\n",
             100 * accuracy_on(run.model(), sets.test, syllables, options.threads), seconds);
  save_figure(options.out + "/reviews.png", {opinions(run.model(), sets.test, syllables)}, 1);
  fmt::print("\nPicture: {0}/reviews.png   Numbers: {0}/reviews.csv   Checkpoint: {1}\n", options.out, checkpoint);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Trains a classifier of Korean film reviews, syllable by syllable.",
                             "./course run 06 reviews");
  program.choice("--data", options.data, "invented: sentences of our own; nsmc-subset: 50,000 real reviews",
                 {"invented", "nsmc-subset"});
  program.number("--epochs", options.epochs, "how often every review is read; 0: as often as suits it", 0, 1000);
  program.number("--stop-after", options.stop_after,
                 "stop after this many epochs and keep a checkpoint; 0: run to the end");
  program.flag("--resume", options.resume, "go on from the checkpoint in the output folder, with the same options");
  program.number("--hidden", options.hidden_size, "hidden size", 1, 4096);
  program.number("--layers", options.num_layers, "layers of LSTMs", 1, 16);
  program.real("--rate", options.learning_rate, "learning rate of the first step; it falls to 0 along a cosine");
  program.real("--dropout", options.dropout, "probability that a number is dropped");
  program.number("--threads", options.threads, "parts of a batch that are computed side by side", 1, 64);
  program.number("--seed", options.seed, "seed of weights, order and invented reviews");
  program.text("--out", options.out, "folder for the picture, the numbers and the checkpoint");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
