#pragma once

#include <filesystem>

#include "datasets/images.hpp"

namespace nn {

/// Reads images and their labels from a pair of IDX files, plain or compressed with gzip: big-endian numbers of 32 bits
/// (2051, count, rows, columns) before the pixels, (2049, count) before the labels, then one byte for each. Throws
/// std::runtime_error, which names the file, if one cannot be read, is damaged, starts with a wrong number, is shorter
/// or longer than its counts say, has images that are not 28x28 or labels above 9, or if the counts differ.
Images read_mnist(const std::filesystem::path& images_path, const std::filesystem::path& labels_path);

/// Reads the MNIST handwritten digits (LeCun, Cortes, Burges 1998), 60,000 for training and 10,000 for testing, from
/// four files in a folder: train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and
/// t10k-labels-idx1-ubyte, each with or without .gz at the end. Throws std::runtime_error if a file is missing, and
/// what read_mnist throws.
ImageSets load_mnist(const std::filesystem::path& folder);

}  // namespace nn
