#pragma once

// Given, not graded: the network that the demo of this lab trains, and how it uses several cores. Its layers are lab
// 02's and yours.

#include <algorithm>
#include <future>
#include <span>
#include <thread>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"
#include "04_cnn/resnet.hpp"
#include "datasets/images.hpp"
#include "train/batches.hpp"

namespace nn {

/// Reads digits: a convolution 5x5 with stride 2, pooling, one 3x3, a residual bottleneck, the mean of each channel,
/// Linear. Before the mean nothing knows where on the image it is.
class DigitNet {
 public:
  static constexpr std::size_t first_channels = 24;
  static constexpr std::size_t channels = 48;
  static constexpr std::size_t last_channels = 96;

  struct Cache {
    ConvNorm::Cache first, second;
    ReLU2d::Cache relu_first, relu_second;
    MaxPool2d::Cache pool;
    Bottleneck::Cache block;
    GlobalAveragePool2d::Cache mean;
    Linear::Cache linear;
  };
  explicit DigitNet(Random& random)
      : first(1, first_channels, {.kernel = 5, .stride = 2, .padding = 2}, random),
        second(first_channels, channels, {.kernel = 3, .padding = 1}, random),
        block(channels, 32, last_channels, 1, random),
        linear(last_channels, 10, random) {}

  /// x: (batch, 1, height, width) -> logits: (batch, 10).
  Matrix forward(const Tensor4& x, Mode mode, Cache& cache) {
    Tensor4 y = ReLU2d().forward(first.forward(x, mode, cache.first), cache.relu_first);
    y = pool.forward(y, cache.pool);
    y = ReLU2d().forward(second.forward(y, mode, cache.second), cache.relu_second);
    y = block.forward(y, mode, cache.block);
    return linear.forward(GlobalAveragePool2d().forward(y, cache.mean), cache.linear);
  }

  /// dlogits: (batch, 10). Adds to the gradients of all parameters.
  void backward(const Matrix& dlogits, const Cache& cache) {
    Tensor4 dy = GlobalAveragePool2d().backward(linear.backward(dlogits, cache.linear), cache.mean);
    dy = block.backward(dy, cache.block);
    dy = second.backward(ReLU2d().backward(std::move(dy), cache.relu_second), cache.second);
    dy = pool.backward(dy, cache.pool);
    first.backward(ReLU2d().backward(std::move(dy), cache.relu_first), cache.first);
  }

  ParameterList parameters() {
    ParameterList list;
    append(list, "first", first.parameters());
    append(list, "second", second.parameters());
    append(list, "block", block.parameters());
    append(list, "linear", linear.parameters());
    return list;
  }

  ConvNorm first, second;
  MaxPool2d pool{{.kernel = 2, .stride = 2}};
  Bottleneck block;
  Linear linear;
};

/// Calls work(i, begin, end) for part i = 0, 1, ... of `count` things cut into equal parts, one thread for each.
template <class Work>
void for_each_part(std::size_t count, std::size_t parts, const Work& work) {
  std::vector<std::future<void>> threads;
  for (std::size_t i = 0; i < parts; ++i) {
    threads.push_back(std::async(std::launch::async, work, i, count * i / parts, count * (i + 1) / parts));
  }
  for (std::future<void>& thread : threads) {
    thread.get();
  }
}

/// Trains a model on several cores: each has a replica of it and takes its share of every batch, and the gradients are
/// added up. A replica normalises its own share of the batch; the running statistics are those of the first.
class Trainer {
 public:
  Trainer(const DigitNet& model, std::size_t threads, Real rate)
      : replicas_(threads, model), caches_(threads), adam_(replicas_[0].parameters(), rate, {}) {}

  DigitNet& model() { return replicas_[0]; }

  /// One step on x: (batch, 784) and targets: (batch). Returns the loss before it.
  Real step(const Matrix& x, const IdVector& targets, Real learning_rate) {
    std::vector<Real> losses(replicas_.size());
    for_each_part(x.shape(0), replicas_.size(), [&](std::size_t i, std::size_t begin, std::size_t end) {
      const Real share = static_cast<Real>(end - begin) / static_cast<Real>(x.shape(0));
      losses[i] = share * loss_and_gradients(i, xt::view(x, xt::range(begin, end)),
                                             xt::view(targets, xt::range(begin, end)), share);
    });
    for (std::size_t i = 1; i < replicas_.size(); ++i) {
      add_grads(replicas_[i].parameters(), replicas_[0].parameters());
    }
    adam_.learning_rate = learning_rate;
    adam_.step();
    for (std::size_t i = 1; i < replicas_.size(); ++i) {
      copy_values(replicas_[0].parameters(), replicas_[i].parameters());
    }
    Real loss = 0;
    for (const Real part : losses) {
      loss += part;
    }
    return loss;
  }

  /// pixels: (count, 784) -> the class of each.
  IdVector predict(const Matrix& pixels) {
    IdVector classes = IdVector::from_shape({pixels.shape(0)});
    for_each_part(pixels.shape(0), replicas_.size(), [&](std::size_t i, std::size_t begin, std::size_t end) {
      for (std::size_t first = begin; first < end; first += 100) {
        const Matrix some = xt::view(pixels, xt::range(first, std::min(first + 100, end)));
        const IdVector found =
            argmax_rows(model().forward(unflatten(some, 1, image_height, image_width), Mode::evaluate(), caches_[i]));
        std::ranges::copy(found, classes.begin() + static_cast<std::ptrdiff_t>(first));
      }
    });
    return classes;
  }

 private:
  Real loss_and_gradients(std::size_t i, Matrix x, const IdVector& targets, Real share) {
    Random unused(0);  // nothing in this network draws
    DigitNet& replica = replicas_[i];
    zero_grad(replica.parameters());
    CrossEntropyLoss::Cache loss_cache;
    const Tensor4 images = unflatten(std::move(x), 1, image_height, image_width);
    const Matrix logits = replica.forward(images, Mode::train(unused), caches_[i]);
    const Real loss = CrossEntropyLoss().forward(logits, targets, loss_cache);
    replica.backward(share * CrossEntropyLoss().backward(loss_cache), caches_[i]);
    return loss;
  }

  std::vector<DigitNet> replicas_;
  std::vector<DigitNet::Cache> caches_;
  Adam adam_;
};

}  // namespace nn
