#pragma once

#include <cstdint>
#include <filesystem>

#include "datasets/sentences.hpp"

namespace nn {

/// Reads the sentence pairs of en-ko-tatoeba: lines of English, Korean and authors with tabs between them. `test`
/// English sentences, drawn with that seed, are for testing, each with its first translation; pairs whose English or
/// Korean is one of theirs are left out of training, in which a sentence can have several translations. Throws
/// std::runtime_error, which names the file and the line, if a line has no tab or there are too few sentences, and what
/// read_text_file throws.
SentenceSets read_tatoeba(const std::filesystem::path& path, std::size_t test, std::uint64_t seed);

}  // namespace nn
