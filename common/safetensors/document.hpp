#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "safetensors/array.hpp"

namespace safetensors {

/// The contents of a safetensors file: named tensors in the order of their data, and text by key.
struct Document {
  std::vector<std::pair<std::string, Array>> tensors;
  std::map<std::string, std::string> metadata;

  /// The tensor of that name, or nullptr.
  const Array* find(std::string_view name) const;
};

/// The maximum that a reader accepts. Untrusted input is read with limits that fit its purpose.
struct Limits {
  std::size_t header_bytes = 100'000'000;  // as the format's own reader; more than a million tensors
  std::size_t data_bytes = std::size_t{1} << 36;
  std::size_t rank = 8;
};

/// The document as bytes: an 8-byte little-endian header length, a JSON header, the data without gaps (format as in
/// huggingface/safetensors, "Format"). The header is padded with spaces so that the data starts at a multiple of 8.
/// Throws FormatError if a tensor's name is double or reserved, if a shape does not fit its data, if a text is not
/// UTF-8 or a name holds a zero byte, or if the header exceeds Limits::header_bytes.
std::vector<std::byte> serialize(const Document& document);

/// Reads one document from the front of bytes, and removes it from there, so that documents can follow each other.
/// Throws FormatError if the input is cut off, if the header is no JSON object or exceeds the limits, if a tensor has
/// an unknown type, a shape whose size overflows or does not fit its data, if tensors overlap or leave gaps, or if a
/// key is double.
Document parse_front(std::span<const std::byte>& bytes, const Limits& limits = {});

/// Reads exactly one document: bytes after it are an error too.
Document parse(std::span<const std::byte> bytes, const Limits& limits = {});

}  // namespace safetensors
