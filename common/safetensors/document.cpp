#include "safetensors/document.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>
#include <optional>
#include <unordered_set>

#include "safetensors/json.hpp"

namespace safetensors {

namespace {

constexpr std::array all_dtypes = {DType::u8, DType::u64, DType::i64, DType::f32, DType::f64};
constexpr const char* metadata_key = "__metadata__";
constexpr std::size_t length_bytes = 8;

/// What a header says of one tensor.
struct Entry {
  std::string name;
  DType dtype = DType::u8;
  std::vector<std::size_t> shape;
  std::size_t begin = 0;  // in the data, in bytes
  std::size_t end = 0;
};

/// Takes the length and the text of a header from the front of bytes.
std::string_view take_header(std::span<const std::byte>& bytes, const Limits& limits) {
  std::uint64_t length = 0;
  if (bytes.size() < length_bytes) {
    throw FormatError(fmt::format("the data is cut off: {} bytes are too few for a header length", bytes.size()));
  }
  std::memcpy(&length, bytes.data(), length_bytes);
  if (length > limits.header_bytes) {
    throw FormatError(fmt::format("the header claims {} bytes, but the limit is {}", length, limits.header_bytes));
  }
  if (length > bytes.size() - length_bytes) {
    throw FormatError(
        fmt::format("the data is cut off: the header has {} of {} bytes", bytes.size() - length_bytes, length));
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + length_bytes, length);
  bytes = bytes.subspan(length_bytes + length);
  return text;
}

/// A list of sizes, each a whole number not below 0.
std::vector<std::size_t> parse_sizes(const json_t* entry, const char* key, const std::string& name) {
  const json_t* const list = json_object_get(entry, key);
  if (!json_is_array(list)) {
    throw FormatError(fmt::format("tensor {}: {} is no list of sizes", shown(name), key));
  }
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < json_array_size(list); ++i) {
    const json_t* const size = json_array_get(list, i);
    if (!json_is_integer(size) || json_integer_value(size) < 0) {
      throw FormatError(
          fmt::format("tensor {}: {} is no list of sizes: each must be a whole number, at least 0", shown(name), key));
    }
    sizes.push_back(static_cast<std::size_t>(json_integer_value(size)));
  }
  return sizes;
}

DType parse_dtype(const json_t* entry, const std::string& name) {
  const json_t* const value = json_object_get(entry, "dtype");
  if (!json_is_string(value)) {
    throw FormatError(fmt::format("tensor {}: dtype is no text", shown(name)));
  }
  const std::string text = text_of(value);
  const auto dtype = std::ranges::find(all_dtypes, text, name_of);
  if (dtype == all_dtypes.end()) {
    throw FormatError(fmt::format("tensor {}: dtype {} is not one of U8, U64, I64, F32, F64; convert the file first",
                                  shown(name), shown(text)));
  }
  return *dtype;
}

Entry parse_entry(const std::string& name, const json_t* value, const Limits& limits) {
  // Read the three fields
  if (json_object_size(value) != 3) {
    throw FormatError(fmt::format("tensor {}: expected dtype, shape and data_offsets", shown(name)));
  }
  Entry entry{.name = name, .dtype = parse_dtype(value, name), .shape = parse_sizes(value, "shape", name)};
  const std::vector<std::size_t> offsets = parse_sizes(value, "data_offsets", name);
  if (offsets.size() != 2 || offsets[0] > offsets[1]) {
    throw FormatError(fmt::format("tensor {}: data_offsets are not a pair of begin and end", shown(name)));
  }
  entry.begin = offsets[0];
  entry.end = offsets[1];

  // The shape must fill exactly the bytes between begin and end
  if (entry.shape.size() > limits.rank) {
    throw FormatError(fmt::format("tensor {}: rank {} exceeds {}", shown(name), entry.shape.size(), limits.rank));
  }
  const std::optional<std::size_t> bytes = byte_count(entry.dtype, entry.shape);
  if (!bytes) {
    throw FormatError(fmt::format("tensor {}: the size overflows", shown(name)));
  }
  if (*bytes != entry.end - entry.begin) {
    throw FormatError(fmt::format("tensor {}: its shape needs {} bytes, its data_offsets say {}", shown(name), *bytes,
                                  entry.end - entry.begin));
  }
  return entry;
}

std::map<std::string, std::string> parse_metadata(json_t* object) {
  if (!json_is_object(object)) {
    throw FormatError("__metadata__ does not map text to text");
  }
  std::map<std::string, std::string> metadata;
  const char* key = nullptr;
  json_t* text = nullptr;
  json_object_foreach(object, key, text) {
    if (!json_is_string(text)) {
      throw FormatError(fmt::format("__metadata__ does not map text to text: look at {}", shown(key)));
    }
    metadata[key] = text_of(text);
  }
  return metadata;
}

/// Sorts the entries by the position of their data, which must be without gaps and overlaps. Returns the number of
/// bytes.
std::size_t arrange(std::vector<Entry>& entries) {
  std::ranges::stable_sort(entries, {}, [](const Entry& entry) { return std::pair(entry.begin, entry.end); });
  std::size_t end = 0;
  for (const Entry& entry : entries) {
    if (entry.begin != end) {
      throw FormatError(fmt::format("tensor {}: {} at byte {} of the data", shown(entry.name),
                                    entry.begin < end ? "an overlap" : "a gap", std::min(entry.begin, end)));
    }
    end = entry.end;
  }
  return end;
}

/// A key in quotes. Throws FormatError if it could not be read back.
std::string key_text(const std::string& key) {
  if (key.find('\0') != std::string::npos) {
    throw FormatError(fmt::format("the name {} holds a zero byte: no reader would take it", shown(key)));
  }
  return json_text(key);
}

std::string metadata_text(const std::map<std::string, std::string>& metadata) {
  std::string text;
  for (const auto& [key, value] : metadata) {
    text += fmt::format("{}{}:{}", text.empty() ? "" : ",", key_text(key), json_text(value));
  }
  return fmt::format("\"{}\":{{{}}}", metadata_key, text);
}

/// The header's JSON text, padded so that the data starts at a multiple of 8.
std::string header_text(const Document& document) {
  std::string text = document.metadata.empty() ? "" : metadata_text(document.metadata);
  std::unordered_set<std::string_view> names = {metadata_key};
  std::size_t begin = 0;
  for (const auto& [name, array] : document.tensors) {
    if (!names.insert(name).second) {
      throw FormatError(fmt::format("the tensor name {} is reserved or appears twice", shown(name)));
    }
    if (byte_count(array.dtype, array.shape) != array.data.size()) {
      throw FormatError(fmt::format("tensor {}: the shape does not fit its {} bytes", shown(name), array.data.size()));
    }
    const std::size_t end = begin + array.data.size();
    text += fmt::format(R"({}{}:{{"dtype":"{}","shape":[{}],"data_offsets":[{},{}]}})", text.empty() ? "" : ",",
                        key_text(name), name_of(array.dtype), fmt::join(array.shape, ","), begin, end);
    begin = end;
  }
  text = "{" + text + "}";
  text.resize((text.size() + length_bytes - 1) / length_bytes * length_bytes, ' ');
  if (text.size() > Limits().header_bytes) {
    throw FormatError(fmt::format("the header would take {} bytes, at most {} are read: write several files",
                                  text.size(), Limits().header_bytes));
  }
  return text;
}

}  // namespace

const Array* Document::find(std::string_view name) const {
  const auto found =
      std::ranges::find(tensors, name, [](const auto& tensor) { return std::string_view(tensor.first); });
  return found == tensors.end() ? nullptr : &found->second;
}

std::vector<std::byte> serialize(const Document& document) {
  const std::string header = header_text(document);
  const std::uint64_t length = header.size();
  std::vector<std::byte> bytes;
  const auto append = [&bytes](std::span<const std::byte> part) {
    bytes.insert(bytes.end(), part.begin(), part.end());
  };
  append(std::as_bytes(std::span(&length, 1)));
  append(std::as_bytes(std::span(header)));
  for (const auto& [name, array] : document.tensors) {
    append(array.data);
  }
  return bytes;
}

Document parse_front(std::span<const std::byte>& bytes, const Limits& limits) {
  // Read the header
  std::span<const std::byte> rest = bytes;
  const Json header = parse_object(take_header(rest, limits));
  Document document;
  std::vector<Entry> entries;
  const char* key = nullptr;
  json_t* value = nullptr;
  json_object_foreach(header.get(), key, value) {
    if (std::strcmp(key, metadata_key) == 0) {
      document.metadata = parse_metadata(value);
    } else {
      entries.push_back(parse_entry(key, value, limits));
    }
  }

  // Check that the tensors cover the data, and that all of it is there
  const std::size_t end = arrange(entries);
  if (end > limits.data_bytes) {
    throw FormatError(fmt::format("the tensors claim {} bytes, but the limit is {}", end, limits.data_bytes));
  }
  if (end > rest.size()) {
    throw FormatError(fmt::format("the data is cut off: it has {} of {} bytes", rest.size(), end));
  }

  // Copy it
  for (Entry& entry : entries) {
    const auto data = rest.subspan(entry.begin, entry.end - entry.begin);
    document.tensors.emplace_back(std::move(entry.name),
                                  Array{entry.dtype, std::move(entry.shape), {data.begin(), data.end()}});
  }
  bytes = rest.subspan(end);
  return document;
}

Document parse(std::span<const std::byte> bytes, const Limits& limits) {
  Document document = parse_front(bytes, limits);
  if (!bytes.empty()) {
    throw FormatError(fmt::format("{} bytes follow the last tensor", bytes.size()));
  }
  return document;
}

}  // namespace safetensors
