#pragma once

// What programs learn from: data that we draw, or real data that lies on this machine.

#include <cstdint>
#include <string>

#include "datasets/images.hpp"
#include "program/options.hpp"

namespace nn {

/// Adds the option --data to a program, which chooses a source for load_image_sets.
void add_image_source(ProgramOptions& options, std::string& source);

/// Images of digits. Source "digits" draws `train` and `test` of them with that seed. Source "mnist" reads all of
/// MNIST; it throws std::runtime_error, which says how to fetch it, where it is not. Any other name throws
/// std::invalid_argument.
ImageSets load_image_sets(const std::string& source, std::size_t train, std::size_t test, std::uint64_t seed);

}  // namespace nn
