#include "datasets/mnist.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "datasets/byte_file.hpp"

namespace nn {

namespace {

constexpr std::uint32_t images_magic = 2051;
constexpr std::uint32_t labels_magic = 2049;

/// A big-endian number of 32 bits.
std::uint32_t read_number(ByteFile& file) {
  std::array<std::uint8_t, 4> bytes{};
  if (file.read(bytes) < bytes.size()) {
    file.fail("is too short for the header of an IDX file");
  }
  return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
         static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
}

/// The rest of the file, which must be `size` bytes. Memory grows with the bytes that are really there, not with
/// `size`.
std::vector<std::uint8_t> read_rest(ByteFile& file, std::size_t size) {
  constexpr std::size_t step = std::size_t{1} << 24;
  std::vector<std::uint8_t> bytes;
  while (bytes.size() < size) {
    const std::size_t start = bytes.size();
    bytes.resize(start + std::min(step, size - start));
    const std::size_t count = file.read(std::span(bytes).subspan(start));
    if (start + count < bytes.size()) {
      file.fail(fmt::format("ends after {} bytes of data, but its header says {}", start + count, size));
    }
  }
  std::array<std::uint8_t, 1> extra{};
  if (file.read(extra) > 0) {
    file.fail(fmt::format("continues after the {} bytes of data of its header", size));
  }
  return bytes;
}

/// Reads the magic number of an IDX file.
void check_magic(ByteFile& file, std::uint32_t magic, const char* kind) {
  const std::uint32_t found = read_number(file);
  if (found != magic) {
    file.fail(fmt::format("is not an IDX file of {}: it starts with {}, not with {}", kind, found, magic));
  }
}

Matrix read_images(const std::filesystem::path& path) {
  // Read the header
  ByteFile file(path);
  check_magic(file, images_magic, "images");
  const std::size_t count = read_number(file);
  const std::size_t rows = read_number(file);
  const std::size_t columns = read_number(file);
  if (rows != image_height || columns != image_width) {
    file.fail(fmt::format("has images of {}x{} pixels, expected 28x28", rows, columns));
  }

  // Turn each of the 256 greys into a number in [0, 1]
  const std::vector<std::uint8_t> bytes = read_rest(file, count * image_size);
  std::array<Real, 256> greys;
  for (std::size_t i = 0; i < greys.size(); ++i) {
    greys[i] = static_cast<Real>(static_cast<double>(i) / 255);
  }
  Matrix pixels = Matrix::from_shape({count, image_size});
  std::transform(bytes.begin(), bytes.end(), pixels.data(), [&](std::uint8_t byte) { return greys[byte]; });
  return pixels;
}

IdVector read_labels(const std::filesystem::path& path) {
  ByteFile file(path);
  check_magic(file, labels_magic, "labels");
  const std::size_t count = read_number(file);
  const std::vector<std::uint8_t> bytes = read_rest(file, count);
  IdVector labels = IdVector::from_shape({count});
  for (std::size_t i = 0; i < count; ++i) {
    if (bytes[i] > 9) {
      file.fail(fmt::format("has the label {} at position {}; labels are digits 0-9", bytes[i], i));
    }
    labels(i) = bytes[i];
  }
  return labels;
}

/// The file of that name in the folder, or its compressed form.
std::filesystem::path find_file(const std::filesystem::path& folder, const std::string& name) {
  for (const std::string& candidate : {name + ".gz", name}) {
    if (std::filesystem::exists(folder / candidate)) {
      return folder / candidate;
    }
  }
  throw std::runtime_error(fmt::format(
      "{} is missing, with or without .gz; to download MNIST, run: ./course data get mnist", (folder / name).string()));
}

}  // namespace

Images read_mnist(const std::filesystem::path& images_path, const std::filesystem::path& labels_path) {
  Matrix pixels = read_images(images_path);
  IdVector labels = read_labels(labels_path);
  if (pixels.shape(0) != labels.size()) {
    throw std::runtime_error(fmt::format("{} has {} images, but {} has {} labels", images_path.string(),
                                         pixels.shape(0), labels_path.string(), labels.size()));
  }
  return {std::move(pixels), std::move(labels)};
}

ImageSets load_mnist(const std::filesystem::path& folder) {
  const auto read = [&](const std::string& part) {
    return read_mnist(find_file(folder, part + "-images-idx3-ubyte"), find_file(folder, part + "-labels-idx1-ubyte"));
  };
  return {read("train"), read("t10k")};
}

}  // namespace nn
