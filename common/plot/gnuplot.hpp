#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nn {

/// What gnuplot writes to its standard output when it is given the script. Throws std::runtime_error: with gnuplot's
/// message if it fails, and with the name of the package to install if it is missing.
std::vector<std::byte> run_gnuplot(const std::string& script);

/// Whether the system reports that it has no font for Korean.
bool korean_font_is_missing();

}  // namespace nn
