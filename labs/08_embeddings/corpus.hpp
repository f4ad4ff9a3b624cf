#pragma once

// Given, not graded: texts for the programs of this lab.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "08_embeddings/characters.hpp"
#include "08_embeddings/id_vector.hpp"
#include "08_embeddings/vocabulary.hpp"
#include "datasets/catalogue.hpp"
#include "datasets/sentences.hpp"
#include "datasets/text_file.hpp"
#include "program/program.hpp"
#include "text/utf8.hpp"

namespace nn {

/// The file of the World Factbook, in a folder that data_folders lists. Throws std::runtime_error if it is not there.
inline std::filesystem::path factbook_file() {
  for (const std::filesystem::path& folder : data_folders(course_root())) {
    if (std::filesystem::exists(folder / "factbook")) {
      return find_plain_or_gz(folder / "factbook", "factbook.txt");
    }
  }
  throw std::runtime_error(
      "factbook is not here. Put its text into a folder 'factbook' as factbook.txt, and set COURSE_DATA to the folder "
      "above it; or take another text with --text FILE.");
}

/// The lines of a text for word vectors: the English of invented sentences, the factbook, or a file of one's own.
inline std::vector<std::string> corpus_lines(const std::string& data, const std::string& file, std::uint64_t seed) {
  if (!file.empty()) {
    return read_text_lines(file);
  }
  if (data == "factbook") {
    return read_text_lines(factbook_file());
  }
  std::vector<std::string> lines;
  for (const SentencePair& pair : invent_sentences(20'000, 0, seed, 12).train) {
    lines.push_back(pair.english);
  }
  return lines;
}

/// The words of a line without marks; a number is "0", whatever its digits are.
inline std::vector<std::string> words_for_vectors(const std::string& line) {
  std::vector<std::string> words;
  for (std::string& token : tokenize(line)) {
    const bool number = std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; });
    if (number) {
      words.emplace_back("0");
    } else if (!is_mark(decode_utf8(token)[0])) {
      words.push_back(std::move(token));
    }
  }
  return words;
}

/// A text as ids.
struct Corpus {
  Vocabulary vocabulary;
  std::vector<IdVector> sentences;  // one for each line that has two words or more; unknown words are left out
  Vector counts;                    // (vocab_size), of the words in sentences
  std::size_t words = 0;            // in all sentences
};

/// Words that occur less than min_count times are unknown.
inline Corpus corpus_of(const std::vector<std::string>& lines, std::size_t min_count) {
  std::vector<std::vector<std::string>> sentences;
  std::vector<std::string> all;
  for (const std::string& line : lines) {
    sentences.push_back(words_for_vectors(line));
    all.insert(all.end(), sentences.back().begin(), sentences.back().end());
  }
  Corpus corpus{Vocabulary::of(all, min_count), {}, {}};
  corpus.counts = zeros({corpus.vocabulary.size()});
  for (const std::vector<std::string>& sentence : sentences) {
    std::vector<Id> known;
    for (const Id id : corpus.vocabulary.encode(sentence)) {
      if (id != unk_id) {
        known.push_back(id);
      }
    }
    if (known.size() >= 2) {
      for (const Id id : known) {
        corpus.counts(id) += 1;
      }
      corpus.words += known.size();
      corpus.sentences.push_back(id_vector(known));
    }
  }
  return corpus;
}

}  // namespace nn
