#pragma once

#include <string>
#include <string_view>

namespace nn {

/// A text as a cell of comma-separated values (RFC 4180): in quotes, its own doubled, if it holds a comma, a quote or a
/// line end; else as it is.
std::string csv_cell(std::string_view text);

}  // namespace nn
