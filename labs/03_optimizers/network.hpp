#pragma once

// Given, not graded: the network that the programs of this lab train. Its parts are from lab 02 and from you.

#include <string>
#include <vector>

#include "02_mlp/mlp.hpp"
#include "03_optimizers/optimizers.hpp"

namespace nn {

/// Linear, Activation, Dropout, Linear, Activation, Dropout, ..., Linear.
template <class Activation>
class LayerStack {
 public:
  struct Cache {
    std::vector<Linear::Cache> linear;                   // one for each layer
    std::vector<typename Activation::Cache> activation;  // one for each layer except the last
    std::vector<Dropout::Cache> dropout;                 // the same
  };
  /// Sets the initial values of a weight: (in_features, out_features).
  using Initialise = void (*)(Matrix& weight, Random& random);

  LayerStack(const std::vector<std::size_t>& sizes, Initialise initialise, Real dropout_probability, Random& random)
      : dropout(dropout_probability) {
    for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
      layers.emplace_back(sizes[i], sizes[i + 1], random);
      initialise(layers.back().weight.value, random);
    }
  }

  /// x: (rows, sizes.front()) -> logits: (rows, sizes.back()).
  Matrix forward(const Matrix& x, Mode mode, Cache& cache) const {
    cache.linear.resize(layers.size());
    cache.activation.resize(layers.size() - 1);
    cache.dropout.resize(layers.size() - 1);
    Matrix y = layers[0].forward(x, cache.linear[0]);
    for (std::size_t i = 1; i < layers.size(); ++i) {
      y = Activation().forward(y, cache.activation[i - 1]);
      y = dropout.forward(y, mode, cache.dropout[i - 1]);
      y = layers[i].forward(y, cache.linear[i]);
    }
    return y;
  }

  /// dlogits: (rows, sizes.back()). Adds to the gradients of all parameters.
  void backward(const Matrix& dlogits, const Cache& cache) {
    Matrix dy = dlogits;
    for (std::size_t i = layers.size() - 1; i > 0; --i) {
      dy = layers[i].backward(dy, cache.linear[i]);
      dy = dropout.backward(dy, cache.dropout[i - 1]);
      dy = Activation().backward(dy, cache.activation[i - 1]);
    }
    layers[0].backward(dy, cache.linear[0]);
  }

  /// "layer0.weight", "layer0.bias", "layer1.weight", ...
  ParameterList parameters() {
    ParameterList list;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      append(list, "layer" + std::to_string(i), layers[i].parameters());
    }
    return list;
  }

  std::vector<Linear> layers;
  Dropout dropout;
};

/// Forward and backward of one mini-batch; the gradients start from zero. Returns the loss; afterwards the cache holds
/// the input of every layer.
template <class Model>
Real loss_and_gradients(Model& model, const Matrix& x, const IdVector& targets, Mode mode,
                        typename Model::Cache& cache) {
  CrossEntropyLoss::Cache loss_cache;
  zero_grad(model.parameters());
  const Matrix logits = model.forward(x, mode, cache);
  const Real loss = CrossEntropyLoss().forward(logits, targets, loss_cache);
  model.backward(CrossEntropyLoss().backward(loss_cache), cache);
  return loss;
}

}  // namespace nn
