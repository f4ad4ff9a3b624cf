#include "nn/not_implemented.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <string>

namespace nn {

namespace {

/// The path from the repository's root, "labs/02_mlp/mlp.cpp", which terminals and editors open; outside of a lab the
/// name of the file.
std::string place_of(const std::string& path) {
  const std::size_t labs = path.rfind("/labs/");
  return labs != std::string::npos ? path.substr(labs + 1) : std::filesystem::path(path).filename().string();
}

}  // namespace

void not_implemented(const SourceLocation& where) {
  throw NotImplemented(fmt::format("{} ({}:{})", where.function_name(), place_of(where.file_name()), where.line()));
}

}  // namespace nn
