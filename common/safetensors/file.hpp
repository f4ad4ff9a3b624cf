#pragma once

#include <filesystem>

#include "safetensors/document.hpp"

namespace safetensors {

/// Reads a file. Throws FormatError, with the path, if it cannot be read or breaks the format.
Document load(const std::filesystem::path& path, const Limits& limits = {});

/// Writes a file with nn::write_whole: whole or not at all, and with its folder. Throws std::system_error if that
/// fails.
void save(const std::filesystem::path& path, const Document& document);

}  // namespace safetensors
