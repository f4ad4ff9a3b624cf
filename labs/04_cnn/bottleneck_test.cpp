#include <string>
#include <vector>

#include "03_optimizers/optimizers.hpp"
#include "04_cnn/given_layers.hpp"
#include "04_cnn/resnet.hpp"
#include "datasets/digits.hpp"
#include "testing/testing.hpp"

// Task 4.6; convolution_test.cpp says how to read a test.

namespace nn {

namespace {

void give_parameters(ConvNorm& part, const std::string& prefix) {
  give_parameters(part.conv, prefix + "conv.");
  give_parameters(part.norm, prefix + "norm.");
}

Bottleneck given_bottleneck(std::size_t in_channels, std::size_t out_channels, std::size_t stride) {
  Random random = given_random("random");
  Bottleneck block(in_channels, 2, out_channels, stride, random);
  give_parameters(block.reduce, "reduce.");
  give_parameters(block.spatial, "spatial.");
  give_parameters(block.expand, "expand.");
  if (block.shortcut) {
    give_parameters(*block.shortcut, "shortcut.");
  }
  return block;
}

std::string names_of(Bottleneck& block) {
  std::string names;
  for (const ParameterRef& parameter : block.parameters()) {
    names += parameter.name() + shape_text(parameter.shape()) + " ";
  }
  return names;
}

/// Drawn digits of 12 x 12 pixels, every second one of every second line, moved by up to two pixels.
auto moved_digits(const IdVector& labels) {
  return [&labels](Random& random) {
    const Matrix images = draw_digits_of(labels, random);
    Tensor4 small = zeros({labels.size(), 1, 12, 12});
    for (std::size_t n = 0; n < labels.size(); ++n) {
      const std::size_t down = random.below(3), right = random.below(3);
      for (std::size_t i = 0; i < 10; ++i) {
        for (std::size_t j = 0; j < 10; ++j) {
          small(n, 0, i + down, j + right) = images(n, (2 * i + 4) * image_width + 2 * j + 4);
        }
      }
    }
    return small;
  };
}

}  // namespace

TEST_SUITE("04_cnn") {
  TEST_CASE("4.6 Bottleneck has a shortcut where shapes differ" * points(1)) {
    Random random = given_random("random");
    Bottleneck same(4, 2, 4, 1, random);
    Bottleneck wider(4, 2, 6, 1, random);
    Bottleneck smaller(4, 2, 4, 2, random);
    observe("same shape has a shortcut", same.shortcut.has_value());
    observe("more channels have a shortcut", wider.shortcut.has_value());
    observe("stride 2 has a shortcut", smaller.shortcut.has_value());
    observe("weight of the 3x3", smaller.spatial.conv.weight.value);
    observe("weight of the shortcut", smaller.shortcut ? smaller.shortcut->conv.weight.value : zeros({4, 4, 1, 1}));
    const std::string expected =
        "reduce.conv.weight(2, 4, 1, 1) reduce.conv.bias(2,) reduce.norm.weight(2,) reduce.norm.bias(2,) "
        "spatial.conv.weight(2, 2, 3, 3) spatial.conv.bias(2,) spatial.norm.weight(2,) spatial.norm.bias(2,) "
        "expand.conv.weight(4, 2, 1, 1) expand.conv.bias(4,) expand.norm.weight(4,) expand.norm.bias(4,) ";
    observe("names and shapes are right", names_of(same) == expected);
    observe("number of parameters with a shortcut", Id{smaller.parameters().size()});
    CHECK_MESSAGE(names_of(same) == expected, "parameters() has these names and shapes");
  }

  TEST_CASE("4.6 Bottleneck::forward" * points(3)) {
    Bottleneck block = given_bottleneck(3, 3, 1);
    Random random = given_random("random of training");
    const Tensor4 x = given("x", normal({3, 3, 4, 5}));
    Bottleneck::Cache cache;
    observe("y in evaluation", block.forward(x, Mode::evaluate(), cache), within(1e-8));
    observe("y in training", block.forward(x, Mode::train(random), cache), within(1e-8));
    observe("running_mean of the 3x3", block.spatial.norm.running_mean, within(1e-8));
    observe("y in evaluation after training", block.forward(x, Mode::evaluate(), cache), within(1e-8));
    observe("y of one pixel", block.forward(given("one pixel", normal({1, 3, 1, 1})), Mode::evaluate(), cache),
            within(1e-8));
  }

  TEST_CASE("4.6 Bottleneck::forward with a shortcut" * points(2)) {
    Bottleneck block = given_bottleneck(3, 5, 2);
    Random random = given_random("random of training");
    const Tensor4 x = given("x", normal({3, 3, 4, 5}));
    Bottleneck::Cache cache;
    observe("y in evaluation", block.forward(x, Mode::evaluate(), cache), within(1e-8));
    observe("y in training", block.forward(x, Mode::train(random), cache), within(1e-8));
  }

  TEST_CASE("4.6 Bottleneck::backward" * points(3)) {
    Bottleneck block = given_bottleneck(3, 3, 1);
    Random random = given_random("random of training");
    const Tensor4 x = given("x", normal({3, 3, 3, 4}));
    const Tensor4 dy = given("dy", normal({3, 3, 3, 4}));
    Bottleneck::Cache cache;
    block.forward(x, Mode::train(random), cache);
    observe("dx", block.backward(dy, cache), within(1e-8));
    observe("dweight of reduce", block.reduce.conv.weight.grad, within(1e-8));
    observe("dweight of spatial", block.spatial.conv.weight.grad, within(1e-8));
    observe("dweight of expand", block.expand.conv.weight.grad, within(1e-8));
    observe("dbias of the last norm", block.expand.norm.bias.grad, within(1e-8));
  }

  TEST_CASE("4.6 Bottleneck::backward with a shortcut" * points(2)) {
    Bottleneck block = given_bottleneck(3, 4, 2);
    Random random = given_random("random of training");
    const Tensor4 x = given("x", normal({4, 3, 6, 5}));
    const Tensor4 dy = given("dy", normal({4, 4, 3, 3}));
    Bottleneck::Cache cache;
    block.forward(x, Mode::train(random), cache);
    observe("dx", block.backward(dy, cache), within(1e-8));
    observe("dweight of reduce", block.reduce.conv.weight.grad, within(1e-8));
    if (block.shortcut) {
      observe("dweight of the shortcut", block.shortcut->conv.weight.grad, within(1e-8));
    }
  }

  TEST_CASE("4.6 a residual network learns moved digits" * points(2)) {
    const IdVector labels = given("labels", ids(120, 3));
    const Tensor4 images = given("images", moved_digits(labels));
    const IdVector test_labels = hidden("test labels", ids(60, 3));
    const Tensor4 test_images = given("test images", moved_digits(test_labels));

    // Convolution, pooling, a bottleneck that halves the image, the mean of each channel, Linear
    Random random = given_random("random");
    ConvNorm stem(1, 6, {.kernel = 3, .padding = 1}, random);
    const MaxPool2d pool({.kernel = 2, .stride = 2});
    Bottleneck block(6, 3, 10, 2, random);
    Linear last(10, 3, random);
    ParameterList parameters = block.parameters();
    append(parameters, "stem", stem.parameters());
    append(parameters, "last", last.parameters());
    Adam adam(parameters, Real{0.03}, {});
    ConvNorm::Cache stem_cache;
    MaxPool2d::Cache pool_cache;
    Bottleneck::Cache block_cache;
    GlobalAveragePool2d::Cache mean_cache;
    Linear::Cache last_cache;
    CrossEntropyLoss::Cache loss_cache;
    const auto logits_of = [&](const Tensor4& x, Mode mode) {
      const Tensor4 pooled = pool.forward(stem.forward(x, mode, stem_cache), pool_cache);
      return last.forward(GlobalAveragePool2d().forward(block.forward(pooled, mode, block_cache), mean_cache),
                          last_cache);
    };
    Vector losses = zeros({60});
    for (std::size_t step = 0; step < losses.size(); ++step) {
      const std::size_t first = step % 6 * 20;
      const Tensor4 x = xt::view(images, xt::range(first, first + 20));
      const IdVector targets = xt::view(labels, xt::range(first, first + 20));
      zero_grad(parameters);
      losses(step) = CrossEntropyLoss().forward(logits_of(x, Mode::train(random)), targets, loss_cache);
      const Matrix dmeans = last.backward(CrossEntropyLoss().backward(loss_cache), last_cache);
      const Tensor4 dpooled = block.backward(GlobalAveragePool2d().backward(dmeans, mean_cache), block_cache);
      stem.backward(pool.backward(dpooled, pool_cache), stem_cache);
      if (step == 0) {
        observe("dweight of the first convolution in the first step", stem.conv.weight.grad, within(1e-8));
      }
      adam.step();
    }
    observe("losses of the first steps", Vector(xt::view(losses, xt::range(0, 5))), within(1e-7));
    const IdVector classes = argmax_rows(logits_of(test_images, Mode::evaluate()));
    observe("classes of the test images", classes, accuracy_at_least(0.5, test_labels));
  }
}  // TEST_SUITE

}  // namespace nn
