// ./course demo 08: a vector for each word, from nothing but the words beside it.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string>
#include <thread>
#include <vector>

#include "08_embeddings/corpus.hpp"
#include "08_embeddings/evaluation.hpp"
#include "08_embeddings/files.hpp"
#include "08_embeddings/training.hpp"
#include "blas/threads.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "text/word_vectors.hpp"
#include "train/metrics.hpp"
#include "train/progress.hpp"

namespace {

using namespace nn;
using Strings = std::vector<std::string>;

/// Words that are drawn in one colour.
struct Group {
  std::string name;
  Strings words;
};

/// What a text is trained with, and which words are shown.
struct Preset {
  SkipGramOptions training;
  std::size_t min_count;
  std::string sentence;
  Strings nearest;
  std::vector<Group> map;
};

Preset preset_of(const std::string& data) {
  if (data == "factbook") {
    return {{.embedding_dim = 100, .window = 10, .negatives = 8, .threshold = Real(1e-4), .epochs = 10},
            5,
            "Egypt is a country",
            {"france", "coffee", "river", "king", "war", "island", "language", "oil", "korea", "president"},
            {{"countries", {"france", "germany", "italy", "spain", "japan", "china", "russia", "egypt"}},
             {"capitals", {"paris", "berlin", "rome", "madrid", "tokyo", "beijing", "moscow", "cairo"}},
             {"grown", {"coffee", "tea", "cocoa", "rice", "wheat", "corn"}},
             {"dug", {"oil", "gas", "coal", "gold", "iron", "copper"}}}};
  }
  return {{.embedding_dim = 32, .window = 4, .negatives = 5, .threshold = Real(1e-2), .epochs = 4},
          5,
          "I am a student",
          {"coffee", "student", "book", "school", "dog", "piano", "seoul", "bus", "apple", "yesterday"},
          {{"drinks", {"coffee", "tea", "milk", "water"}},
           {"food", {"apple", "orange", "bread", "rice", "kimchi"}},
           {"to read", {"book", "novel", "magazine", "newspaper"}},
           {"places", {"school", "library", "museum", "market", "park"}},
           {"vehicles", {"bus", "taxi", "train", "subway"}}}};
}

struct Options {
  std::string data = "invented";
  std::string text;
  std::size_t embedding_dim = 0, window = 0, negatives = 0, epochs = 0;  // 0: as the preset says
  Real learning_rate = Real(0.05);
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t seed = 1;
  std::string out = "out/08_embeddings";
};

Preset preset_of(const Options& options) {
  Preset preset = preset_of(options.text.empty() ? options.data : "factbook");
  const auto set = [](std::size_t& value, std::size_t option) { value = option > 0 ? option : value; };
  set(preset.training.embedding_dim, options.embedding_dim);
  set(preset.training.window, options.window);
  set(preset.training.negatives, options.negatives);
  set(preset.training.epochs, options.epochs);
  preset.training.learning_rate = options.learning_rate;
  preset.training.threads = options.threads;
  preset.training.seed = options.seed;
  return preset;
}

Matrix train(const Corpus& corpus, const SkipGramOptions& options, const std::string& out) {
  const Stopwatch watch;
  SkipGramTrainer trainer(corpus, options);
  Metrics log(out + "/loss.csv", {"epoch", "loss"});
  for (std::size_t epoch = 1; epoch <= options.epochs; ++epoch) {
    Progress progress(fmt::format("epoch {:>2}", epoch), corpus.words);
    trainer.epoch([&](std::size_t words, double loss) { progress.advance(words, loss); });
    progress.finish();
    log.row({epoch, progress.mean_loss()});
  }
  fmt::print("{} words in {:.1f} s on {} threads\n", corpus.words * options.epochs, watch.seconds(), options.threads);
  return trainer.model().centers;
}

void print_nearest(const Strings& words, const Vocabulary& vocabulary, const WordSpace& space) {
  fmt::print("\nnearest words\n");
  for (const std::string& word : words) {
    const Id id = vocabulary.id(word);
    if (id == unk_id) {
      fmt::print("  {:<10} is not in the vocabulary\n", word);
      continue;
    }
    fmt::print("  {:<10}", word);
    for (const auto& [near, similarity] : space.nearest(row(space.rows(), id), 5, {id})) {
      fmt::print(" {} {:.2f} ", vocabulary.token(near), similarity);
    }
    fmt::print("\n");
  }
}

/// WordSim-353 and the analogies of word2vec, if they are on this machine.
void print_scores(const Vocabulary& vocabulary, const WordSpace& space) {
  std::filesystem::path folder;
  try {
    folder = dataset_folder(course_root(), "word-analogies");
  } catch (const std::runtime_error& missing) {
    fmt::print("\nWord pairs and analogies are not measured: {}\n", missing.what());
    return;
  }
  const Agreement pairs = word_similarity(find_plain_or_gz(folder, "wordsim353.tsv"), vocabulary, space);
  fmt::print("\nWordSim-353: rank correlation {:.3f} on {} of {} pairs\n\n{:<28} {:>7} {:>9} {:>7} {:>9}\n",
             pairs.correlation, pairs.pairs, pairs.all, "analogies", "right", "covered", "of", "");
  AnalogyScore sum{"all"};
  std::vector<AnalogyScore> scores = analogy_scores(find_plain_or_gz(folder, "questions-words.txt"), vocabulary, space);
  for (const AnalogyScore& score : scores) {
    sum.right += score.right;
    sum.covered += score.covered;
    sum.all += score.all;
  }
  scores.push_back(sum);
  for (const auto& [category, right, covered, all] : scores) {
    if (covered > 0) {
      fmt::print("{:<28} {:>7} {:>9} {:>7} {:>7.1f} %\n", category, right, covered, all,
                 100.0 * static_cast<double>(right) / static_cast<double>(covered));
    }
  }
}

/// Tokens, their ids, and the first numbers of their vectors.
HeatMap sentence_picture(const std::string& sentence, const Vocabulary& vocabulary, const Matrix& vectors) {
  const Strings tokens = tokenize(sentence);
  const IdVector ids = vocabulary.encode(tokens);
  const std::size_t columns = std::min<std::size_t>(6, vectors.shape(1));
  HeatMap map{.title = sentence, .x_label = fmt::format("the first {} of {} numbers", columns, vectors.shape(1))};
  map.values = zeros({tokens.size(), columns});
  for (std::size_t r = 0; r < tokens.size(); ++r) {
    map.row_names.push_back(fmt::format("{} = {}", tokens[r], ids(r)));
    std::ranges::copy(row(vectors, ids(r)).first(columns), row(map.values, r).begin());
    for (const Real number : row(map.values, r)) {
      map.texts.push_back(fmt::format("{:.2f}", number));
    }
  }
  return map;
}

/// Leaves out names, which are below their points, that would cover a point or an earlier name. The sizes of letters
/// and lines are those of the picture.
void remove_covering_names(std::vector<Mark>& marks) {
  const auto [left, right] = std::ranges::minmax(marks, {}, &Mark::x);
  const auto [low, high] = std::ranges::minmax(marks, {}, &Mark::y);
  const double letter = (right.x - left.x) / 65, line = (high.y - low.y) / 20;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const double width = letter * static_cast<double>(marks[i].name.size());
    for (std::size_t k = 0; k < marks.size(); ++k) {
      const double across = std::abs(marks[i].x - marks[k].x), below = marks[i].y - marks[k].y;
      const bool on_point = across < width / 2 && below > 0 && below < 1.5 * line;
      const bool on_name = k < i && !marks[k].name.empty() && std::abs(below) < line &&
                           across < (width + letter * static_cast<double>(marks[k].name.size())) / 2;
      if (on_point || on_name) {
        marks[i].name.clear();
      }
    }
  }
}

/// The words of all groups that the vocabulary has, on their two principal axes.
LinePlot word_map(const std::vector<Group>& groups, const Vocabulary& vocabulary, const WordSpace& space) {
  std::vector<Id> ids;
  for (const Group& group : groups) {
    for (const Id id : vocabulary.encode(group.words)) {
      if (id != unk_id) {
        ids.push_back(id);
      }
    }
  }
  if (ids.size() < 3) {
    throw std::runtime_error("demo: the text has fewer than three of the words of the map");
  }
  Matrix rows({ids.size(), space.rows().shape(1)});
  for (std::size_t r = 0; r < ids.size(); ++r) {
    std::ranges::copy(row(space.rows(), ids[r]), row(rows, r).begin());
  }
  const Matrix map = principal_axes(rows);
  LinePlot plot{.title = "words on two principal axes", .x_label = "first axis", .y_label = "second axis"};
  std::size_t r = 0;
  for (const Group& group : groups) {
    Curve curve{.name = group.name, .line = false};
    for (const Id id : vocabulary.encode(group.words)) {
      if (id != unk_id) {
        curve.x.push_back(map(r, 0));
        curve.y.push_back(map(r, 1));
        plot.marks.push_back({vocabulary.token(id), map(r, 0), map(r, 1)});
        ++r;
      }
    }
    plot.curves.push_back(std::move(curve));
  }
  remove_covering_names(plot.marks);
  return plot;
}

void run(const Options& options) {
  use_threads(1);
  std::filesystem::create_directories(options.out);
  const Preset preset = preset_of(options);
  const Corpus corpus = corpus_of(corpus_lines(options.data, options.text, options.seed), preset.min_count);
  fmt::print("{} words, {} different ones that occur {} times or more\n\n", corpus.words, corpus.vocabulary.size() - 4,
             preset.min_count);
  const Matrix vectors = train(corpus, preset.training, options.out);
  const WordSpace space(vectors);
  print_nearest(preset.nearest, corpus.vocabulary, space);
  if (options.data != "invented" || !options.text.empty()) {
    print_scores(corpus.vocabulary, space);
  }

  // Files that other programs read
  Strings words;
  for (Id id = 0; id < corpus.vocabulary.size(); ++id) {
    words.push_back(corpus.vocabulary.token(id));
  }
  write_vocabulary(options.out + "/vocab.txt", corpus.vocabulary);
  write_word_vectors(options.out + "/vectors.txt", words, vectors);
  save_figure(options.out + "/demo.png", {sentence_picture(preset.sentence, corpus.vocabulary, vectors),
                                          word_map(preset.map, corpus.vocabulary, space)});
  fmt::print("\nThe vectors are in {0}/vectors.txt, the words in {0}/vocab.txt, the picture is {0}/demo.png\n",
             options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Learns a vector for each word of a text by skip-gram, and shows which words are near.",
                             "./course demo 08");
  program.choice("--data", options.data, "invented: English by the grammar of the course; factbook: the World Factbook",
                 {"invented", "factbook"});
  program.text("--text", options.text, "a text file of your own instead");
  program.number("--dim", options.embedding_dim, "numbers of each vector; 0 for what suits the data", 0, 10'000);
  program.number("--window", options.window, "how far a context may be; 0 for what suits the data", 0, 1'000);
  program.number("--negatives", options.negatives, "noise words for each context; 0 for what suits the data", 0, 1'000);
  program.number("--epochs", options.epochs, "passes over the text; 0 for what suits the data", 0, 10'000);
  program.real("--rate", options.learning_rate, "learning rate of the first step");
  program.number("--threads", options.threads, "replicas of the model, each on a core of its own", 1, 64);
  program.number("--seed", options.seed, "of the sentences, the vectors and their order");
  program.text("--out", options.out, "folder for the results");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
