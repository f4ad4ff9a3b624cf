#include "safetensors/array.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <fmt/format.h>

static_assert(std::endian::native == std::endian::little,
              "safetensors files have little-endian numbers, which are copied unchanged");

namespace safetensors {

namespace {

template <class T>
std::vector<double> to_doubles(const std::vector<T>& numbers) {
  std::vector<double> result(numbers.size());
  std::ranges::transform(numbers, result.begin(), [](T x) { return static_cast<double>(x); });
  return result;
}

}  // namespace

std::size_t size_of(DType dtype) {
  switch (dtype) {
    case DType::u8:
      return 1;
    case DType::f32:
      return 4;
    default:
      return 8;
  }
}

std::string_view name_of(DType dtype) {
  constexpr std::array<std::string_view, 5> names = {"U8", "U64", "I64", "F32", "F64"};
  return names.at(static_cast<std::size_t>(dtype));
}

std::optional<std::size_t> byte_count(DType dtype, std::span<const std::size_t> shape) {
  std::size_t bytes = size_of(dtype);
  bool empty = false;
  for (const std::size_t size : shape) {
    if (__builtin_mul_overflow(bytes, std::max<std::size_t>(size, 1), &bytes)) {
      return std::nullopt;
    }
    empty = empty || size == 0;
  }
  return empty ? 0 : bytes;
}

template <class T>
Array Array::of(std::vector<std::size_t> shape, std::span<const T> numbers) {
  const std::span<const std::byte> bytes = std::as_bytes(numbers);
  if (byte_count(dtype_of<T>, shape) != bytes.size()) {
    throw FormatError(fmt::format("{} numbers do not fill the shape ({})", numbers.size(), fmt::join(shape, ", ")));
  }
  return {dtype_of<T>, std::move(shape), {bytes.begin(), bytes.end()}};
}

template <class T>
std::vector<T> Array::numbers() const {
  if (dtype != dtype_of<T>) {
    throw FormatError(fmt::format("the array contains {}, not {}", name_of(dtype), name_of(dtype_of<T>)));
  }
  std::vector<T> result(size());
  std::ranges::copy(std::span(data).first(size() * sizeof(T)), std::as_writable_bytes(std::span(result)).begin());
  return result;
}

std::vector<double> Array::as_doubles() const {
  switch (dtype) {
    case DType::u8:
      return to_doubles(numbers<unsigned char>());
    case DType::u64:
      return to_doubles(numbers<std::uint64_t>());
    case DType::i64:
      return to_doubles(numbers<std::int64_t>());
    case DType::f32:
      return to_doubles(numbers<float>());
    default:
      return numbers<double>();
  }
}

template Array Array::of(std::vector<std::size_t>, std::span<const unsigned char>);
template Array Array::of(std::vector<std::size_t>, std::span<const std::uint64_t>);
template Array Array::of(std::vector<std::size_t>, std::span<const std::int64_t>);
template Array Array::of(std::vector<std::size_t>, std::span<const float>);
template Array Array::of(std::vector<std::size_t>, std::span<const double>);
template std::vector<unsigned char> Array::numbers() const;
template std::vector<std::uint64_t> Array::numbers() const;
template std::vector<std::int64_t> Array::numbers() const;
template std::vector<float> Array::numbers() const;
template std::vector<double> Array::numbers() const;

}  // namespace safetensors
