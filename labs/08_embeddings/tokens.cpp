// ./course run 08 tokens: a sentence as words, as bytes, and as byte-pair encodings of different sizes, in English and
// Korean; and how many words of new sentences a list of words does not know.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "08_embeddings/bpe.hpp"
#include "08_embeddings/files.hpp"
#include "08_embeddings/vocabulary.hpp"
#include "datasets/catalogue.hpp"
#include "datasets/tatoeba.hpp"
#include "datasets/text_file.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"
#include "program/timing.hpp"
#include "text/utf8.hpp"

namespace {

using namespace nn;

struct Options {
  std::string data = "invented";
  std::vector<std::size_t> merges{500, 2'000, 8'000};
  std::string english = "I am a student";
  std::string korean = "저는 학생입니다";
  std::uint64_t seed = 1;
  std::string out = "out/08_embeddings";
};

SentenceSets sentences(const Options& options) {
  if (options.data == "en-ko-tatoeba") {
    return read_tatoeba(find_plain_or_gz(dataset_folder(course_root(), options.data), "kor.txt"), 300, options.seed);
  }
  return invent_sentences(20'000, 1'000, options.seed, 12);
}

const std::vector<std::pair<std::string, std::string SentencePair::*>> languages{{"English", &SentencePair::english},
                                                                                 {"Korean", &SentencePair::korean}};

/// A token of a text, from byte `begin` up to, not including, byte `end`.
struct Part {
  std::size_t begin;
  std::size_t end;
};

std::vector<Part> word_parts(const std::string& text) {
  std::string small = text;
  std::ranges::transform(small, small.begin(),
                         [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  std::vector<Part> parts;
  std::size_t place = 0;
  for (const std::string& token : tokenize(text)) {
    const std::size_t begin = small.find(token, place);
    place = begin + token.size();
    parts.push_back({begin, place});
  }
  return parts;
}

std::vector<Part> bpe_parts(const std::string& text, const BytePairEncoding& encoding) {
  std::vector<Part> parts;
  std::size_t place = 0;
  for (const Id id : encoding.encode(text)) {
    parts.push_back({place, place + encoding.bytes(id).size()});
    place = parts.back().end;
  }
  return parts;
}

/// Does a token consist of whole characters?
bool is_utf8(std::string_view token) {
  try {
    check_utf8(token);
  } catch (const Utf8Error&) {
    return false;
  }
  return true;
}

/// A token as one can see it: a space as ␣, and in hexadecimal digits if it is a part of a character.
std::string visible(std::string_view token) {
  std::string text;
  if (!is_utf8(token)) {
    for (const char byte : token) {
      text += fmt::format("{}{:02X}", text.empty() ? "" : " ", static_cast<unsigned char>(byte));
    }
    return text;
  }
  for (const char c : token) {
    text += c == ' ' ? "␣" : std::string(1, c);
  }
  return text;
}

/// A sentence in several ways, each with a name.
using Ways = std::vector<std::pair<std::string, std::vector<Part>>>;

Ways ways_of(const std::string& text, const Options& options, const std::vector<Merge>& merges) {
  Ways ways{{"words", word_parts(text)}, {"bytes", bpe_parts(text, BytePairEncoding({}))}};
  for (const std::size_t count : options.merges) {
    const std::size_t kept = std::min(count, merges.size());
    const BytePairEncoding encoding({merges.begin(), merges.begin() + static_cast<std::ptrdiff_t>(kept)});
    ways.emplace_back(fmt::format("{} merges", kept), bpe_parts(text, encoding));
  }
  return ways;
}

/// Writes the characters of a token, each into the middle of the cells of its bytes, or the bytes if it is not UTF-8.
void write_cells(std::string_view token, std::span<std::string> cells) {
  const bool whole = is_utf8(token);
  for (std::size_t begin = 0, end = 0; begin < token.size(); begin = end) {
    end = begin + 1;
    while (whole && end < token.size() && (static_cast<unsigned char>(token[end]) & 0xc0) == 0x80) {
      ++end;
    }
    const std::string_view part = token.substr(begin, end - begin);
    cells[(begin + end - 1) / 2] = visible(part);
  }
}

std::string joined_lines(const std::vector<SentencePair>& pairs, std::string SentencePair::*language) {
  std::string text;
  for (const SentencePair& pair : pairs) {
    text += pair.*language + "\n";
  }
  return text;
}

/// A row for each way of each sentence, a column for each byte; neighbouring tokens have different colours.
HeatMap picture_of(const std::vector<std::string>& sentences, const std::vector<Ways>& all_ways) {
  const std::size_t rows = all_ways.front().size() + 1,
                    columns = std::ranges::max(sentences, {}, &std::string::size).size();
  HeatMap map{.title = fmt::format("{}", fmt::join(sentences, ", ")),
              .x_label = "bytes of the text; in brackets: tokens"};
  map.values = zeros({rows * sentences.size() - 1, columns});
  map.texts.resize(map.values.size());
  map.row_names.resize(map.values.shape(0));
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    for (std::size_t way = 0; way < all_ways[s].size(); ++way) {
      const auto& [name, parts] = all_ways[s][way];
      const std::size_t r = s * rows + way;
      map.row_names[r] = fmt::format("{} ({})", name, parts.size());
      for (std::size_t k = 0; k < parts.size(); ++k) {
        const auto [begin, end] = parts[k];
        for (std::size_t c = begin; c < end; ++c) {
          map.values(r, c) = k % 2 == 0 ? 1 : Real(0.4);
        }
        write_cells(std::string_view(sentences[s]).substr(begin, end - begin),
                    std::span(map.texts).subspan(r * columns + begin, end - begin));
      }
    }
  }
  return map;
}

/// Tokens for each word of the test sentences, by the number of merges.
LinePlot curves_of(const SentenceSets& sets, const std::vector<Merge>& merges) {
  LinePlot plot{.title = "the longer the list, the shorter the text",
                .x_label = "merges",
                .y_label = "tokens for each word of new sentences",
                .log_x = true};
  for (const auto& [name, language] : languages) {
    Curve curve{.name = name};
    const std::string text = joined_lines(sets.test, language);
    const auto words = static_cast<double>(tokenize(text).size());
    for (std::size_t count = 10;; count = std::min(2 * count, merges.size())) {
      const std::size_t kept = std::min(count, merges.size());
      const BytePairEncoding encoding({merges.begin(), merges.begin() + static_cast<std::ptrdiff_t>(kept)});
      curve.x.push_back(static_cast<double>(kept));
      curve.y.push_back(static_cast<double>(encoding.encode(text).size()) / words);
      if (kept == merges.size()) {
        break;
      }
    }
    plot.curves.push_back(std::move(curve));
  }
  return plot;
}

void print(const std::string& text, const Ways& ways) {
  fmt::print("\n{}\n", text);
  for (const auto& [name, parts] : ways) {
    fmt::print("  {:<12} {:>3} tokens  ", name, parts.size());
    for (const auto& [begin, end] : parts) {
      fmt::print(" {}", visible(text.substr(begin, end - begin)));
    }
    fmt::print("\n");
  }
}

/// How much of new sentences a list of words knows, and how long they are in tokens of a byte-pair encoding.
void print_unknown(const SentenceSets& sets, const BytePairEncoding& encoding) {
  fmt::print("\n{:<8} {:>9} {:>15} {:>16} {:>16}\n", "", "words", "unknown words", "characters", "tokens of BPE");
  for (const auto& [name, language] : languages) {
    const Vocabulary vocabulary = Vocabulary::of(tokenize(joined_lines(sets.train, language)), 2);
    const std::string text = joined_lines(sets.test, language);
    const std::vector<std::string> words = tokenize(text);
    const IdVector ids = vocabulary.encode(words);
    const auto unknown = static_cast<double>(std::ranges::count(ids, unk_id));
    fmt::print("{:<8} {:>9} {:>13.1f} % {:>16} {:>16}\n", name, words.size(),
               100 * unknown / static_cast<double>(words.size()), decode_utf8(text).size(),
               encoding.encode(text).size());
  }
  fmt::print("\nWords that occur once in the training sentences count as unknown. For bytes nothing is unknown.\n");
}

void run(const Options& options) {
  std::filesystem::create_directories(options.out);
  const SentenceSets sets = sentences(options);
  const std::string text =
      joined_lines(sets.train, &SentencePair::english) + joined_lines(sets.train, &SentencePair::korean);
  const Stopwatch watch;
  const std::vector<Merge> merges = learn_merges(text, std::ranges::max(options.merges));
  fmt::print("{} merges of {:.1f} MB of text in {:.1f} s\n", merges.size(), static_cast<double>(text.size()) / 1e6,
             watch.seconds());
  if (merges.size() < std::ranges::max(options.merges)) {
    fmt::print("There are no more: no pair of tokens occurs twice.\n");
  }
  const BytePairEncoding encoding(merges);
  const std::vector<std::string> examples{options.english, options.korean};
  std::vector<Ways> ways;
  for (const std::string& sentence : examples) {
    ways.push_back(ways_of(sentence, options, merges));
    print(sentence, ways.back());
  }
  print_unknown(sets, encoding);
  write_bpe(options.out + "/merges.txt", encoding);
  save_figure(options.out + "/tokens.png", {picture_of(examples, ways), curves_of(sets, merges)});
  fmt::print("\nThe merges are in {0}/merges.txt, the picture is {0}/tokens.png\n", options.out);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  nn::ProgramOptions program("Shows sentences as words, bytes and byte-pair encodings.", "./course run 08 tokens");
  program.choice("--data", options.data, "the text: invented, by the grammar of the course; en-ko-tatoeba: real",
                 {"invented", "en-ko-tatoeba"});
  program.numbers("--merges", options.merges, "of each byte-pair encoding", 1, 1'000'000);
  program.text("--english", options.english, "the first sentence");
  program.text("--korean", options.korean, "the second sentence");
  program.number("--seed", options.seed, "of the sentences");
  program.text("--out", options.out, "folder for the results");
  return nn::run_program(program, argc, argv, [&] { run(options); });
}
