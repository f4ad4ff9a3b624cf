#include "safetensors/document.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace safetensors {

namespace {

using nlohmann::json;

constexpr std::array all_dtypes = {DType::u8, DType::u64, DType::i64, DType::f32, DType::f64};
constexpr std::string_view metadata_key = "__metadata__";
constexpr std::size_t length_bytes = 8;

/// A name that is safe to show: short, and without control characters.
std::string shown(std::string_view name) {
  return json(name.substr(0, 80)).dump(-1, ' ', false, json::error_handler_t::replace);
}

/// The header's entry of one tensor.
struct Entry {
  std::string name;
  DType dtype = DType::u8;
  std::vector<std::size_t> shape;
  std::size_t begin = 0;  // in the data, in bytes
  std::size_t end = 0;
};

/// A header's JSON object, and its keys in their order in the text.
struct Header {
  json object;
  std::vector<std::string> keys;
};

/// Removes the length and the text of a header from the front of bytes.
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

/// Parses a header's JSON. Stops at the first key that appears twice, and at nesting that is too deep for a header.
Header parse_header(std::string_view text) {
  if (!text.starts_with('{') || text.find('\0') != std::string_view::npos) {
    throw FormatError("the header is not a JSON object");
  }
  Header header;
  std::set<std::string> outer_keys;
  std::set<std::string> inner_keys;
  const auto check = [&](int depth, json::parse_event_t event, json& parsed) {
    const bool object = event == json::parse_event_t::object_start;
    if ((object && depth > 1) || (event == json::parse_event_t::array_start && depth > 2)) {
      throw FormatError("the header is nested too deeply");
    }
    if (object) {
      inner_keys.clear();
    } else if (event == json::parse_event_t::key) {
      const auto key = parsed.get<std::string>();
      if (!(depth == 1 ? outer_keys : inner_keys).insert(key).second) {
        throw FormatError(fmt::format("the key {} appears twice in the header", shown(key)));
      }
      if (depth == 1) {
        header.keys.push_back(key);
      }
    }
    return true;
  };
  try {
    header.object = json::parse(text, check);
  } catch (const json::parse_error& error) {
    throw FormatError(fmt::format("the header is not valid JSON: error at byte {}", error.byte));
  } catch (const json::exception&) {
    throw FormatError("the header is not valid JSON: a number is out of range");
  }
  return header;
}

/// A list of sizes, each a whole number not below 0.
std::vector<std::size_t> parse_sizes(const json& entry, const char* key, const std::string& name) {
  const auto found = entry.find(key);
  if (found == entry.end() || !found->is_array() ||
      !std::ranges::all_of(*found, [](const json& size) { return size.is_number_unsigned(); })) {
    throw FormatError(fmt::format("tensor {}: {} is not a list of sizes", shown(name), key));
  }
  return found->get<std::vector<std::size_t>>();
}

DType parse_dtype(const json& entry, const std::string& name) {
  const auto text = entry.find("dtype");
  if (text == entry.end() || !text->is_string()) {
    throw FormatError(fmt::format("tensor {}: dtype is not a string", shown(name)));
  }
  const auto dtype = std::ranges::find(all_dtypes, text->get_ref<const std::string&>(), name_of);
  if (dtype == all_dtypes.end()) {
    throw FormatError(fmt::format("tensor {}: dtype {} is not one of U8, U64, I64, F32, F64; convert the file first",
                                  shown(name), shown(text->get_ref<const std::string&>())));
  }
  return *dtype;
}

Entry parse_entry(const std::string& name, const json& value, const Limits& limits) {
  // Read the three fields
  if (!value.is_object() || value.size() != 3) {
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

std::map<std::string, std::string> parse_metadata(const json& value) {
  if (!value.is_object() || !std::ranges::all_of(value, [](const json& text) { return text.is_string(); })) {
    throw FormatError("__metadata__ must map strings to strings");
  }
  return value.get<std::map<std::string, std::string>>();
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

/// The header's JSON text, padded so that the data starts at a multiple of 8.
std::string header_text(const Document& document) {
  std::string text;
  std::set<std::string_view> names = {metadata_key};
  std::size_t begin = 0;
  const auto add = [&text](std::string_view key, const json& value) {
    text += fmt::format("{}{}:{}", text.empty() ? '{' : ',', json(key).dump(), value.dump());
  };
  if (!document.metadata.empty()) {
    add(metadata_key, document.metadata);
  }
  for (const auto& [name, array] : document.tensors) {
    if (!names.insert(name).second) {
      throw FormatError(fmt::format("the tensor name {} is reserved or appears twice", shown(name)));
    }
    if (byte_count(array.dtype, array.shape) != array.data.size()) {
      throw FormatError(fmt::format("tensor {}: the shape does not fit its {} bytes", shown(name), array.data.size()));
    }
    const std::size_t end = begin + array.data.size();
    add(name, {{"dtype", name_of(array.dtype)}, {"shape", array.shape}, {"data_offsets", {begin, end}}});
    begin = end;
  }
  text += text.empty() ? "{}" : "}";
  text.resize((text.size() + length_bytes - 1) / length_bytes * length_bytes, ' ');
  return text;
}

}  // namespace

const Array* Document::find(std::string_view name) const {
  const auto found =
      std::ranges::find(tensors, name, [](const auto& tensor) { return std::string_view(tensor.first); });
  return found == tensors.end() ? nullptr : &found->second;
}

std::vector<std::byte> serialize(const Document& document) {
  std::string header;
  try {
    header = header_text(document);
  } catch (const json::exception&) {
    throw FormatError("a name or a value in the metadata is not valid UTF-8");
  }
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

std::string valid_utf8(const std::string& text) {
  return json::parse(json(text).dump(-1, ' ', false, json::error_handler_t::replace)).get<std::string>();
}

Document parse_front(std::span<const std::byte>& bytes, const Limits& limits) {
  // Read the header
  std::span<const std::byte> rest = bytes;
  const Header header = parse_header(take_header(rest, limits));
  Document document;
  std::vector<Entry> entries;
  for (const std::string& key : header.keys) {
    if (key == metadata_key) {
      document.metadata = parse_metadata(header.object.at(key));
    } else {
      entries.push_back(parse_entry(key, header.object.at(key), limits));
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
