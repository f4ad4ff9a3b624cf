#include "datasets/names.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <span>
#include <stdexcept>

#include "datasets/text_file.hpp"
#include "tensor/random.hpp"

namespace nn {

namespace {

constexpr std::string_view hard = "bdgkpt";
constexpr std::string_view soft = "lmnrsv";
constexpr std::string_view between = "dhklmnstvy";
constexpr std::string_view vowels = "aeiou";
constexpr std::string_view hard_ending = "ron";
constexpr std::string_view soft_ending = "rel";

char one_of(std::string_view letters, Random& random) { return letters[random.below(letters.size())]; }

std::string invent_name(std::size_t max_syllables, Random& random) {
  const bool is_hard = random.below(2) == 0;
  std::string name{one_of(is_hard ? hard : soft, random), one_of(vowels, random)};
  const std::size_t syllables = 1 + random.below(max_syllables);
  for (std::size_t i = 0; i < syllables; ++i) {
    name += one_of(between, random);
    name += one_of(vowels, random);
  }
  return name.append(is_hard ? hard_ending : soft_ending);
}

}  // namespace

NameSets invent_names(std::size_t train, std::size_t test, std::uint64_t seed, std::size_t max_syllables) {
  if (max_syllables < 2 || max_syllables > 12 || train > 20'000 || test > 20'000 - train) {
    throw std::invalid_argument(fmt::format(
        "invent_names: {} names of up to {} syllables were asked for; there can be 20,000 names, of up to 2 to 12 "
        "syllables",
        train + test, max_syllables));
  }
  Random random(seed);
  std::set<std::string> known;
  NameSets sets;
  while (known.size() < train + test) {
    const std::string name = invent_name(max_syllables, random);
    if (known.insert(name).second) {
      (sets.train.size() < train ? sets.train : sets.test).push_back(name);
    }
  }
  return sets;
}

std::size_t deciding_letter(std::string_view name) {
  if (name.size() < hard_ending.size()) {
    throw std::invalid_argument(fmt::format("deciding_letter: '{}' is too short for an ending", name));
  }
  return name.size() - hard_ending.size() + 1;
}

bool ends_as_it_begins(std::string_view name) {
  if (name.empty()) {
    return false;
  }
  return (hard.find(name[0]) != hard.npos && name.ends_with(hard_ending)) ||
         (soft.find(name[0]) != soft.npos && name.ends_with(soft_ending));
}

NameSets split_names(std::vector<std::string> lines, std::uint64_t seed, const std::string& source) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty() || !std::ranges::all_of(lines[i], [](char c) { return 'a' <= c && c <= 'z'; })) {
      throw std::runtime_error(fmt::format("{}, line {}: a name has letters a to z only", source, i + 1));
    }
  }
  std::ranges::sort(lines);
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  if (lines.size() < 10) {
    throw std::runtime_error(fmt::format("{} has {} different names, expected 10 or more", source, lines.size()));
  }
  Random random(seed);
  random.shuffle(std::span(lines));
  NameSets sets;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    (i % 10 == 9 ? sets.test : sets.train).push_back(lines[i]);
  }
  return sets;
}

NameSets load_names(const std::filesystem::path& folder, std::uint64_t seed) {
  const std::filesystem::path file = find_plain_or_gz(folder, "names.txt");
  return split_names(read_text_lines(file), seed, file.string());
}

}  // namespace nn
