#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace safetensors {

/// Thrown for a file or message with an invalid format. The message says what is wrong and, for files, the path.
class FormatError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The element types that the course uses; the text form is the format's own ("F64").
enum class DType { u8, u64, i64, f32, f64 };
std::size_t size_of(DType dtype);
std::string_view name_of(DType dtype);

/// The size of an array in bytes; nothing if it overflows size_t. An overflow is found even if one of the sizes is 0.
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

/// A tensor whose type and rank are known only at run time. Row-major, little-endian.
struct Array {
  DType dtype = DType::f64;
  std::vector<std::size_t> shape;
  std::vector<std::byte> data;  // product(shape) * size_of(dtype) bytes

  std::size_t size() const { return data.size() / size_of(dtype); }
  bool operator==(const Array&) const = default;

  /// An array of numbers of type T. Throws FormatError if their count does not fit the shape.
  template <class T>
  static Array of(std::vector<std::size_t> shape, std::span<const T> numbers);

  /// The numbers, without conversion. Throws FormatError if T is not the array's type.
  template <class T>
  std::vector<T> numbers() const;

  /// The numbers, whatever their type, as double (u64 and i64 beyond 2^53 are rounded).
  std::vector<double> as_doubles() const;
};

}  // namespace safetensors
