#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nn {

/// What gnuplot writes to its standard output when it is given the script. Throws std::runtime_error, with gnuplot's
/// own words, if it fails, and with the name of the package to install if it is not there.
std::vector<std::byte> run_gnuplot(const std::string& script);

/// Whether the system has no font for Korean, as far as it says.
bool korean_font_is_missing();

}  // namespace nn
