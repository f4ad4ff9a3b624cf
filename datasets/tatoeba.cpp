#include "datasets/tatoeba.hpp"

#include <fmt/format.h>
#include <stdexcept>
#include <unordered_set>

#include "datasets/text_file.hpp"
#include "text/lines.hpp"

namespace nn {

SentenceSets read_tatoeba(const std::filesystem::path& path, std::size_t test, std::uint64_t seed) {
  // The columns of each line
  std::vector<SentencePair> pairs;
  for (const std::string& line : read_text_lines(path)) {
    const std::vector<std::string> columns = fields_of(line, '\t');
    if (columns.size() < 2) {
      throw std::runtime_error(
          fmt::format("{}: line {} has no tab between English and Korean", path.string(), pairs.size() + 1));
    }
    pairs.push_back({columns[0], columns[1]});
  }

  // Draw the test sentences
  Random random(seed);
  random.shuffle(std::span(pairs));
  SentenceSets sets;
  std::unordered_set<std::string> tested;
  for (const SentencePair& pair : pairs) {
    if (sets.test.size() < test && tested.insert(pair.english).second) {
      tested.insert(pair.korean);
      sets.test.push_back(pair);
    }
  }
  if (sets.test.size() < test) {
    throw std::runtime_error(
        fmt::format("{} has {} different English sentences, not {}", path.string(), sets.test.size(), test));
  }
  for (SentencePair& pair : pairs) {
    if (!tested.contains(pair.english) && !tested.contains(pair.korean)) {
      sets.train.push_back(std::move(pair));
    }
  }
  return sets;
}

}  // namespace nn
