#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safetensors {

/// Thrown for a file or message that breaks the format, with what is wrong and, for files, the path.
class FormatError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The element types that the course uses; the text form is the format's own ("F64").
enum class DType { u8, u64, i64, f32, f64 };
std::size_t size_of(DType dtype);
std::string_view name_of(DType dtype);

/// How many bytes an array takes; nothing if a size_t cannot count them. A size of 0 hides no overflow of the others.
std::optional<std::size_t> byte_count(DType dtype, std::span<const std::size_t> shape);

/// The dtype of a C++ scalar: dtype_of<float> is DType::f32.
template <class T>
inline constexpr DType dtype_of = DType::u8;
template <>
inline constexpr DType dtype_of<std::uint64_t> = DType::u64;
template <>
inline constexpr DType dtype_of<std::int64_t> = DType::i64;
template <>
inline constexpr DType dtype_of<float> = DType::f32;
template <>
inline constexpr DType dtype_of<double> = DType::f64;

/// A tensor whose type and rank are known at run time only. Row-major, little-endian.
struct Array {
  DType dtype = DType::f64;
  std::vector<std::size_t> shape;
  std::vector<std::byte> data;  // product(shape) * size_of(dtype) bytes

  std::size_t size() const { return data.size() / size_of(dtype); }
  bool operator==(const Array&) const = default;

  /// An array of numbers of type T. Throws FormatError if the shape holds another count of numbers.
  template <class T>
  static Array of(std::vector<std::size_t> shape, std::span<const T> numbers);

  /// The numbers as they are. Throws FormatError if T is not the array's type.
  template <class T>
  std::vector<T> numbers() const;

  /// The numbers, whatever their type, as double (u64 and i64 beyond 2^53 are rounded).
  std::vector<double> as_doubles() const;
};

/// The contents of a safetensors file: named tensors in the order of their data, and text by key.
struct Document {
  std::vector<std::pair<std::string, Array>> tensors;
  std::map<std::string, std::string> metadata;

  /// The tensor of that name, or nullptr.
  const Array* find(std::string_view name) const;
};

/// What a reader accepts at most. Input from outside is read with limits that fit its purpose.
struct Limits {
  std::size_t header_bytes = 100'000'000;  // as the format's own reader
  std::size_t data_bytes = std::size_t{1} << 36;
  std::size_t rank = 8;
};

/// The document as bytes: an 8-byte little-endian header length, a JSON header, the data without gaps (format as in
/// huggingface/safetensors, "Format"). The header is padded with spaces so that the data starts at a multiple of 8.
/// Throws FormatError if a tensor's name is double or reserved, if a shape does not fit its data, or if a text is not
/// UTF-8.
std::vector<std::byte> serialize(const Document& document);

/// Reads one document from the front of bytes, and removes it from there, so that documents can follow each other.
/// Throws FormatError if the input is cut off, if the header is no JSON object or exceeds the limits, if a tensor has
/// an unknown type, a shape whose size overflows or does not fit its data, if tensors overlap or leave gaps, or if a
/// key is double.
Document parse_front(std::span<const std::byte>& bytes, const Limits& limits = {});

/// Reads exactly one document: bytes after it are an error too.
Document parse(std::span<const std::byte> bytes, const Limits& limits = {});

/// Reads a file. Throws FormatError, with the path, if it cannot be read or breaks the format.
Document load(const std::filesystem::path& path, const Limits& limits = {});

/// Writes a file with nn::write_whole: whole or not at all, and with its folder. Throws std::system_error if that
/// fails.
void save(const std::filesystem::path& path, const Document& document);

}  // namespace safetensors
