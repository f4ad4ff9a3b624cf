// ./course run 08 round_trip: writes a vocabulary, merges and vectors, reads them back, and shows what is said of files
// that are wrong; trains twice on two threads. Ends with an error if anything is not as promised.
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <vector>

#include "08_embeddings/evaluation.hpp"
#include "08_embeddings/files.hpp"
#include "08_embeddings/training.hpp"
#include "files/whole_file.hpp"
#include "program/program.hpp"
#include "text/word_vectors.hpp"

namespace {

using namespace nn;
using Strings = std::vector<std::string>;

void require(bool holds, const std::string& promise) {
  if (!holds) {
    throw std::runtime_error("not true: " + promise);
  }
  fmt::print("true: {}\n", promise);
}

/// The tokens of a vocabulary, in the order of their ids.
Strings tokens_in(const Vocabulary& vocabulary) {
  Strings tokens;
  for (Id id = 0; id < vocabulary.size(); ++id) {
    tokens.push_back(vocabulary.token(id));
  }
  return tokens;
}

/// What is said of a file with this content.
std::string fault_of(const std::filesystem::path& path, const std::string& content, const auto& read) {
  write_whole(path, content);
  try {
    read(path);
  } catch (const std::exception& error) {
    return error.what();
  }
  throw std::runtime_error(fmt::format("not true: {} is refused if it contains\n{}", path.string(), content));
}

void check_texts(const BytePairEncoding& encoding, const Strings& lines) {
  Strings texts{"", "\n\n", "저는 학생입니다", "আমি ছাত্র।", "😀 a  b", "\xff\xed\x95 cut", std::string("a\0b", 3)};
  texts.insert(texts.end(), lines.begin(), lines.end());
  bool equal = true;
  for (const std::string& text : texts) {
    equal = equal && encoding.decode(encoding.encode(text)) == text;
  }
  require(equal, fmt::format("{} texts survive encoding and decoding", texts.size()));
}

void check_tokens(const std::filesystem::path& folder, const Strings& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line + "\n";
  }
  const Vocabulary vocabulary = Vocabulary::of(tokenize(text), 2);
  write_vocabulary(folder / "vocab.txt", vocabulary);
  require(tokens_in(read_vocabulary(folder / "vocab.txt")) == tokens_in(vocabulary), "a vocabulary is read as written");

  const BytePairEncoding encoding(learn_merges(text, 300));
  write_bpe(folder / "merges.txt", encoding);
  require(read_bpe(folder / "merges.txt").merges() == encoding.merges(), "merges are read as written");
  check_texts(encoding, lines);
}

void check_faults(const std::filesystem::path& folder) {
  fmt::print("\nwhat is said of files that are wrong:\n");
  for (const std::string content :
       {"<pad>\n<bos>\n<eos>\n", "<pad>\n<bos>\n<eos>\nstudent\n<unk>\n", "<pad>\n<bos>\n<eos>\n<unk>\na\na\n"}) {
    fmt::print("  {}\n", fault_of(folder / "wrong.txt", content, read_vocabulary));
  }
  for (const std::string content :
       {"h e\n", "#version: 0.2\nhe r\n", "#version: 0.2\nh e\nh e\n", "#version: 0.2\na b\nb c\nab c\na bc\n"}) {
    fmt::print("  {}\n", fault_of(folder / "wrong.txt", content, read_bpe));
  }
  for (const std::string content : {"2 3\na 1 2 3\n", "1 3\na 1 2\n", "1 1\na nan\n", "2 1\na 1\na 2\n"}) {
    fmt::print("  {}\n", fault_of(folder / "wrong.txt", content, read_word_vectors));
  }
  std::filesystem::remove(folder / "wrong.txt");
}

void check_training(const std::filesystem::path& folder, const Strings& lines) {
  const Corpus corpus = corpus_of(lines, 2);
  const auto train = [&] {
    SkipGramTrainer trainer(corpus, {.embedding_dim = 8, .epochs = 2, .threads = 2, .words_per_round = 500});
    for (int epoch = 0; epoch < 2; ++epoch) {
      trainer.epoch([](std::size_t, double) {});
    }
    return trainer.model().centers;
  };
  const Matrix vectors = train();
  require(train() == vectors, "two threads give the same vectors every time");
  write_word_vectors(folder / "vectors.txt", tokens_in(corpus.vocabulary), vectors);
  require(read_word_vectors(folder / "vectors.txt").vectors == vectors, "vectors are read as written, bit for bit");
}

void check_measures() {
  require(ranks_of({5, 1, 5, 9}) == std::vector<double>{2.5, 1, 2.5, 4}, "equal numbers share a rank");
  require(rank_correlation({1, 2, 3}, {10, 100, 1000}) == 1, "the same order has the rank correlation 1");
  require(rank_correlation({1, 2, 3}, {3, 2, 1}) == -1, "the reversed order has the rank correlation -1");
  const Matrix map = principal_axes({{0, 0, 1}, {0, 4, 1}, {1, 2, 1}, {-1, 2, 1}});
  require(std::abs(std::abs(map(0, 0)) - 2) < 1e-5 && std::abs(std::abs(map(2, 1)) - 1) < 1e-5,
          "principal axes are those of the largest spread");
}

void run(const std::string& out) {
  const std::filesystem::path folder = out;
  std::filesystem::create_directories(folder);
  Strings lines;
  for (const SentencePair& pair : invent_sentences(500, 0, 1, 12).train) {
    lines.insert(lines.end(), {pair.english, pair.korean});
  }
  check_tokens(folder, lines);
  check_training(folder, lines);
  check_measures();
  check_faults(folder);
}

}  // namespace

int main(int argc, char** argv) {
  std::string out = "out/08_embeddings";
  nn::ProgramOptions program("Writes the files of this lab, reads them back, and checks that they are the same.",
                             "./course run 08 round_trip");
  program.text("--out", out, "folder for the files");
  return nn::run_program(program, argc, argv, [&] { run(out); });
}
