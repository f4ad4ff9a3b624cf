#include "testing/record.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <string_view>

namespace wire {

namespace {

using safetensors::FormatError;

constexpr std::array<std::string_view, 7> record_kinds{"begin", "given", "hidden", "observe", "end", "error", "todo"};
constexpr std::array<std::string_view, 4> matcher_kinds{"close", "between", "accuracy", "moments"};

template <class Kind, std::size_t N>
Kind kind_of(std::string_view name, const std::array<std::string_view, N>& names) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) {
      return static_cast<Kind>(i);
    }
  }
  throw FormatError("record: unknown kind");
}

using Metadata = std::map<std::string, std::string>;

/// Writes the matcher without its labels, which travel as a tensor. Numbers have enough digits to be read back exactly.
void add_matcher(const Matcher& matcher, Metadata& metadata) {
  metadata["matcher"] = matcher_kinds[static_cast<std::size_t>(matcher.kind)];
  metadata["tolerance"] = fmt::format("{}", matcher.tolerance);
  metadata["low"] = fmt::format("{}", matcher.low);
  metadata["high"] = fmt::format("{}", matcher.high);
}

double number_of(const Metadata& metadata, const std::string& key) {
  const auto found = metadata.find(key);
  double number = 0;
  if (found != metadata.end()) {
    const std::string& text = found->second;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) {
      return number;
    }
  }
  throw FormatError("record: the matcher is malformed");
}

Matcher matcher_of(const Metadata& metadata) {
  Matcher matcher;
  matcher.kind = kind_of<Matcher::Kind>(metadata.at("matcher"), matcher_kinds);
  matcher.tolerance = number_of(metadata, "tolerance");
  matcher.low = number_of(metadata, "low");
  matcher.high = number_of(metadata, "high");
  return matcher;
}

bool has_value(Record::Kind kind) {
  return kind == Record::Kind::given || kind == Record::Kind::hidden || kind == Record::Kind::observe;
}

}  // namespace

Array text_array(std::string_view text) {
  return Array::of<unsigned char>({text.size()}, {reinterpret_cast<const unsigned char*>(text.data()), text.size()});
}

std::string text_of(const Array& array) {
  return {reinterpret_cast<const char*>(array.data.data()), array.data.size()};
}

std::vector<std::byte> serialize(const Record& record) {
  safetensors::Document document;
  document.metadata["kind"] = record_kinds[static_cast<std::size_t>(record.kind)];
  document.metadata["name"] = record.name;
  if (has_value(record.kind)) {
    document.tensors.emplace_back("value", record.value);
  }
  if (record.kind == Record::Kind::observe && record.matcher != Matcher{}) {
    add_matcher(record.matcher, document.metadata);
    if (!record.matcher.labels.data.empty()) {
      document.tensors.emplace_back("labels", record.matcher.labels);
    }
  }
  return safetensors::serialize(document);
}

Record parse_front(std::span<const std::byte>& bytes, const safetensors::Limits& limits) {
  const safetensors::Document document = safetensors::parse_front(bytes, limits);
  const auto kind = document.metadata.find("kind");
  const auto name = document.metadata.find("name");
  if (kind == document.metadata.end() || name == document.metadata.end()) {
    throw FormatError("record: kind or name is missing");
  }

  Record record;
  record.kind = kind_of<Record::Kind>(kind->second, record_kinds);
  record.name = name->second;
  if (has_value(record.kind)) {
    const Array* value = document.find("value");
    if (value == nullptr) {
      throw FormatError("record: the value is missing");
    }
    record.value = *value;
  }
  if (const auto matcher = document.metadata.find("matcher"); matcher != document.metadata.end()) {
    record.matcher = matcher_of(document.metadata);
    if (const Array* labels = document.find("labels")) {
      record.matcher.labels = *labels;
    }
  }
  return record;
}

std::vector<Record> parse_all(std::span<const std::byte> bytes, const safetensors::Limits& limits) {
  std::vector<Record> records;
  while (!bytes.empty()) {
    records.push_back(wire::parse_front(bytes, limits));
  }
  return records;
}

}  // namespace wire
