#include "train/accuracy.hpp"

#include "tensor/shape.hpp"

namespace nn {

double accuracy(const IdVector& predictions, const IdVector& labels) {
  check_shape("accuracy", "labels", labels, {predictions.size()});
  if (labels.size() == 0) {
    throw ShapeError("accuracy: there are no labels");
  }
  std::size_t right = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    right += predictions(i) == labels(i) ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(labels.size());
}

}  // namespace nn
