#include "results_folder.hpp"

#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>

#include "safetensors/safetensors.hpp"

namespace grader {

namespace {

using nlohmann::json;

void write_text(const std::filesystem::path& path, const std::string& text) {
  safetensors::write_whole(path, std::as_bytes(std::span(text)));
}

std::optional<json> read_json(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) {
    return std::nullopt;
  }
  try {
    return json::parse(file);
  } catch (const json::exception&) {
    throw std::runtime_error(path.string() + " is damaged. Move it away and grade again.");
  }
}

std::uint64_t secret_seed() {
  std::random_device device;
  return static_cast<std::uint64_t>(device()) << 32 | device();
}

}  // namespace

ResultsFolder::ResultsFolder(const std::filesystem::path& path, const std::string& lab,
                             std::optional<std::uint64_t> seed)
    : path_(path) {
  std::filesystem::create_directories(path);
  const std::optional<json> before = read_json(path / "grading.json");
  if (before) {
    seed_ = before->at("seed");
    if (before->at("lab") != lab || (seed && *seed != seed_)) {
      throw std::runtime_error(fmt::format("{} holds results of lab {} with seed {}. Choose another folder with --out.",
                                           path.string(), before->at("lab").get<std::string>(), seed_));
    }
    return;
  }
  seed_ = seed ? *seed : secret_seed();
  write_text(path / "grading.json", json{{"lab", lab}, {"seed", seed_}}.dump(2) + "\n");
}

std::optional<Result> ResultsFolder::find(const std::string& student, const std::string& sha256) const {
  const std::optional<json> found = read_json(path_ / (student + ".json"));
  if (!found) {
    return std::nullopt;
  }
  Result result = result_from_json(*found);
  return result.sha256 == sha256 ? std::optional(std::move(result)) : std::nullopt;
}

void ResultsFolder::write(const Result& result) const {
  // The report first: the result says that all is done
  write_text(path_ / (result.student + ".md"), report(result));
  write_text(path_ / (result.student + ".json"),
             to_json(result).dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

}  // namespace grader
