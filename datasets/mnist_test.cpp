#include "datasets/mnist.hpp"

#include <cstdint>
#include <doctest/doctest.h>
#include <utility>
#include <zlib.h>

#include "datasets/message_of.hpp"
#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "system/text.hpp"

namespace nn {
namespace {

/// A big-endian number of 32 bits.
std::string number(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(value >> shift & 255);
  }
  return bytes;
}

/// `count` images; pixel j of image i is (i + j) mod 256.
std::string idx_images(std::uint32_t count) {
  std::string bytes = number(2051) + number(count) + number(28) + number(28);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < image_size; ++j) {
      bytes += static_cast<char>((i + j) % 256);
    }
  }
  return bytes;
}

/// Labels 0, 1, ..., 9, 0, ...
std::string idx_labels(std::uint32_t count) {
  std::string bytes = number(2049) + number(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    bytes += static_cast<char>(i % 10);
  }
  return bytes;
}

void write_gzip(const std::filesystem::path& path, const std::string& bytes) {
  gzFile file = gzopen(path.c_str(), "wb");
  REQUIRE(file != nullptr);
  gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(file);
}

/// Files of a test, and what read_mnist says of them.
struct Pair {
  ScratchFolder folder;
  std::filesystem::path images = folder.path() / "images";
  std::filesystem::path labels = folder.path() / "labels";

  Pair(const std::string& image_bytes, const std::string& label_bytes) {
    write_whole(images, image_bytes);
    write_whole(labels, label_bytes);
  }
  std::string error() const {
    return message_of([&] { read_mnist(images, labels); });
  }
};

void check_content(const Images& images, std::size_t count) {
  REQUIRE(images.pixels.shape(0) == count);
  REQUIRE(images.pixels.shape(1) == image_size);
  REQUIRE(images.labels.size() == count);
  for (std::size_t i = 0; i < count; ++i) {
    CHECK(images.labels(i) == i % 10);
    for (std::size_t j = 0; j < image_size; ++j) {
      REQUIRE(images.pixels(i, j) == static_cast<Real>(static_cast<double>((i + j) % 256) / 255));
    }
  }
}

TEST_CASE("a plain pair of IDX files is read") {
  const Pair pair(idx_images(12), idx_labels(12));
  check_content(read_mnist(pair.images, pair.labels), 12);
}

TEST_CASE("a compressed pair of IDX files is read") {
  const Pair pair("", "");
  write_gzip(pair.images, idx_images(12));
  write_gzip(pair.labels, idx_labels(12));
  check_content(read_mnist(pair.images, pair.labels), 12);
}

TEST_CASE("files without images are read") {
  const Pair pair(idx_images(0), idx_labels(0));
  check_content(read_mnist(pair.images, pair.labels), 0);
}

TEST_CASE("load_mnist finds plain and compressed files and says how to download what is missing") {
  const ScratchFolder folder;
  write_gzip(folder.path() / "train-images-idx3-ubyte.gz", idx_images(3));
  write_whole(folder.path() / "train-labels-idx1-ubyte", idx_labels(3));
  write_whole(folder.path() / "t10k-images-idx3-ubyte", idx_images(2));
  const std::string error = message_of([&] { load_mnist(folder.path()); });
  CHECK(grader::contains(error, "t10k-labels-idx1-ubyte is missing"));
  CHECK(grader::contains(error, "./course data get mnist"));

  write_gzip(folder.path() / "t10k-labels-idx1-ubyte.gz", idx_labels(2));
  const ImageSets mnist = load_mnist(folder.path());
  check_content(mnist.train, 3);
  check_content(mnist.test, 2);
}

TEST_CASE("a file that is not there is named") {
  Pair pair(idx_images(1), idx_labels(1));
  pair.images = pair.folder.path() / "nowhere";
  CHECK(grader::contains(pair.error(), pair.images.string() + " cannot be opened (No such file"));
}

TEST_CASE("a folder in place of a file is an error that names it") {
  Pair pair(idx_images(1), idx_labels(1));
  pair.images = pair.folder.path();
  CHECK(grader::contains(pair.error(), pair.images.string() + " cannot be read"));
}

TEST_CASE("images and labels that are swapped are an error") {
  Pair pair(idx_images(1), idx_labels(1));
  std::swap(pair.images, pair.labels);
  CHECK(grader::contains(pair.error(),
                         pair.images.string() + " is not an IDX file of images: it starts with 2049, not with 2051"));
}

TEST_CASE("a wrong number at the start of the labels is an error") {
  const Pair pair(idx_images(1), idx_images(1));
  CHECK(grader::contains(pair.error(),
                         pair.labels.string() + " is not an IDX file of labels: it starts with 2051, not with 2049"));
}

TEST_CASE("a header that is cut off is an error at every length") {
  for (std::size_t size = 0; size < 16; ++size) {
    const Pair pair(idx_images(1).substr(0, size), idx_labels(1));
    CHECK(grader::contains(pair.error(), pair.images.string() + " is too short for the header of an IDX file"));
  }
}

TEST_CASE("pixels that are cut off are an error") {
  std::string bytes = idx_images(2);
  bytes.pop_back();
  const Pair pair(bytes, idx_labels(2));
  CHECK(grader::contains(pair.error(), "images ends after 1567 bytes of data, but its header says 1568"));
}

TEST_CASE("labels that are cut off are an error") {
  const Pair pair(idx_images(3), idx_labels(3).substr(0, 10));
  CHECK(grader::contains(pair.error(), "labels ends after 2 bytes of data, but its header says 3"));
}

TEST_CASE("bytes after the pixels are an error") {
  const Pair pair(idx_images(2) + "x", idx_labels(2));
  CHECK(grader::contains(pair.error(), "images continues after the 1568 bytes of data of its header"));
}

TEST_CASE("an absurd count is an error and takes no memory") {
  const Pair pair(number(2051) + number(0xffffffff) + number(28) + number(28) + "few", idx_labels(1));
  CHECK(grader::contains(pair.error(), "ends after 3 bytes of data, but its header says 3367254359280"));
  const Pair labels(idx_images(1), number(2049) + number(0xffffffff));
  CHECK(grader::contains(labels.error(), "ends after 0 bytes of data, but its header says 4294967295"));
}

TEST_CASE("images of another size are an error") {
  const Pair pair(number(2051) + number(1) + number(32) + number(0xffffffff), idx_labels(1));
  CHECK(grader::contains(pair.error(), "images has images of 32x4294967295 pixels, expected 28x28"));
}

TEST_CASE("different counts of images and labels are an error that names both files") {
  const Pair pair(idx_images(2), idx_labels(3));
  CHECK(grader::contains(pair.error(), pair.images.string() + " has 2 images"));
  CHECK(grader::contains(pair.error(), pair.labels.string() + " has 3 labels"));
}

TEST_CASE("a label above 9 is an error that says where") {
  std::string bytes = idx_labels(3);
  bytes.back() = 10;
  const Pair pair(idx_images(3), bytes);
  CHECK(grader::contains(pair.error(), "labels has the label 10 at position 2"));
}

TEST_CASE("gzip data that is cut off is an error") {
  const Pair pair("", idx_labels(50));
  write_gzip(pair.images, idx_images(50));
  const std::string bytes = read_whole(pair.images);
  for (const std::size_t size : {bytes.size() - 1, bytes.size() / 2, std::size_t{20}}) {
    write_whole(pair.images, bytes.substr(0, size));
    CHECK(grader::contains(pair.error(), "images is cut off inside its gzip data; download it again"));
  }
}

TEST_CASE("no changed byte of gzip data goes unnoticed") {
  const Pair pair("", idx_labels(5));
  write_gzip(pair.images, idx_images(5));
  const std::string bytes = read_whole(pair.images);
  for (std::size_t i = 10; i < bytes.size(); i += 7) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x55);
    write_whole(pair.images, changed);
    CHECK(grader::contains(pair.error(), pair.images.string()));
  }
}

}  // namespace
}  // namespace nn
