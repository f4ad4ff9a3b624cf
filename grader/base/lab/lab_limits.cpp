#include "lab/lab_limits.hpp"

#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "lab/suggest.hpp"

namespace grader {

namespace {

using nlohmann::json;

constexpr std::uint64_t largest = 1'000'000;  // of any number, so that no unit overflows

/// How each key changes the limits.
const std::map<std::string, std::function<void(Limits&, std::uint64_t)>> setters{
    {"cpu_seconds", [](Limits& limits, auto value) { limits.cpu = std::chrono::seconds(value); }},
    {"wall_seconds", [](Limits& limits, auto value) { limits.wall = std::chrono::seconds(value); }},
    {"memory_mib", [](Limits& limits, auto value) { limits.address_space = value * mebibyte; }},
    {"processes", [](Limits& limits, auto value) { limits.processes = static_cast<unsigned>(value); }},
    {"open_files", [](Limits& limits, auto value) { limits.open_files = static_cast<unsigned>(value); }},
    {"file_mib", [](Limits& limits, auto value) { limits.file_size = value * mebibyte; }},
    {"tmp_mib", [](Limits& limits, auto value) { limits.tmp_bytes = value * mebibyte; }},
    {"output_kib", [](Limits& limits, auto value) { limits.output_bytes = value << 10; }},
};

void read_numbers(Limits& limits, const json& numbers, const std::string& place) {
  if (!numbers.is_object()) {
    throw std::runtime_error(place + " must be an object, such as {\"wall_seconds\": 60}");
  }
  for (const auto& [key, value] : numbers.items()) {
    const auto setter = setters.find(key);
    if (setter == setters.end()) {
      std::vector<std::string> keys;
      for (const auto& [name, set] : setters) {
        keys.push_back(name);
      }
      throw std::runtime_error(
          fmt::format("{} has no \"{}\".{} It has: {}", place, key, did_you_mean(key, keys), fmt::join(keys, ", ")));
    }
    if (!value.is_number_integer() || value < 1 || value > largest) {
      throw std::runtime_error(fmt::format("{}: \"{}\" must be a whole number from 1 to {}", place, key, largest));
    }
    setter->second(limits, value);
  }
}

}  // namespace

void read_limits(Lab& lab, const json& fields, const std::string& file) {
  if (!fields.is_object()) {
    throw std::runtime_error(file + ": the limits must be an object, such as {\"test\": {\"wall_seconds\": 60}}");
  }
  for (const auto& [part, numbers] : fields.items()) {
    if (part != "compile" && part != "test") {
      throw std::runtime_error(fmt::format("{}: limits are for \"compile\" or \"test\", not for \"{}\"", file, part));
    }
    read_numbers(part == "test" ? lab.test_limits : lab.compile_limits, numbers,
                 fmt::format("{}: limits for \"{}\"", file, part));
  }
}

void load_limits(Lab& lab, const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) {
    throw std::runtime_error("cannot read the limits in " + file.string());
  }
  try {
    read_limits(lab, json::parse(in), file.string());
  } catch (const json::parse_error& error) {
    throw std::runtime_error(fmt::format("{} is not JSON (at byte {})", file.string(), error.byte));
  }
}

}  // namespace grader
