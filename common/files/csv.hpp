#pragma once

#include <string>
#include <string_view>

namespace nn {

/// A text as a cell of comma-separated values (RFC 4180). If it contains a comma, a quote or a line end, it is put in
/// quotes, and its own quotes are doubled.
std::string csv_cell(std::string_view text);

}  // namespace nn
