#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>
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

}  // namespace safetensors
