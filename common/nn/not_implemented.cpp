#include "nn/not_implemented.hpp"

#include <filesystem>
#include <fmt/format.h>

namespace nn {

void not_implemented(const SourceLocation& where) {
  throw NotImplemented(fmt::format("{} ({}:{})", where.function_name(),
                                   std::filesystem::path(where.file_name()).filename().string(), where.line()));
}

}  // namespace nn
