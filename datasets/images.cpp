#include "datasets/images.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "train/batches.hpp"

namespace nn {

Images first_images(const Images& images, std::size_t count) {
  std::vector<std::size_t> rows(std::min(count, images.labels.size()));
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return {gather_rows(images.pixels, rows), gather(images.labels, rows)};
}

}  // namespace nn
