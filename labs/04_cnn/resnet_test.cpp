#include "04_cnn/resnet.hpp"

#include <stdexcept>
#include <string>

#include "04_cnn/given_layers.hpp"
#include "testing/testing.hpp"

// Tasks 4.4 and 4.5; convolution_test.cpp says how to read a test.

namespace nn {

TEST_SUITE("04_cnn") {
  TEST_CASE("4.4 MaxPool2d::forward" * points(3)) {
    const std::size_t channels = given("channels", size_between(2, 3));
    const Tensor4 x = given("x", normal({2, channels, 5, 6}));
    MaxPool2d::Cache cache;
    observe("y", MaxPool2d({.kernel = 2, .stride = 2}).forward(x, cache));
    observe("cache.places", cache.places);
    observe("y of windows that overlap", MaxPool2d({.kernel = 3, .stride = 2}).forward(x, cache));
    observe("y of negative numbers", MaxPool2d({.kernel = 2, .stride = 2}).forward(Tensor4(x - Real{10}), cache));
    observe("y of negative numbers with padding",
            MaxPool2d({.kernel = 3, .stride = 2, .padding = 1}).forward(Tensor4(x - Real{10}), cache));
    observe("cache.places with padding", cache.places);
  }

  TEST_CASE("4.4 MaxPool2d takes the first of equals" * points(2)) {
    // After a ReLU most windows hold several zeros
    const Tensor4 x = given("x", [](Random& random) {
      Tensor4 drawn = zeros({1, 2, 6, 6});
      for (Real& value : values(drawn)) {
        value = random.below(3) == 0 ? random.uniform(1, 2) : 0;
      }
      return drawn;
    });
    const Tensor4 dy = given("dy", normal({1, 2, 3, 3}));
    const MaxPool2d pool({.kernel = 2, .stride = 2});
    MaxPool2d::Cache cache;
    observe("y", pool.forward(x, cache));
    observe("cache.places", cache.places);
    observe("dx", pool.backward(dy, cache));
    pool.forward(zeros({1, 2, 6, 6}), cache);
    observe("dx where all pixels are equal", pool.backward(dy, cache));
  }

  TEST_CASE("4.4 MaxPool2d::backward" * points(4)) {
    const std::size_t channels = given("channels", size_between(2, 3));
    Tensor4 x = given("x", normal({2, channels, 5, 7}));
    const Tensor4 dy = given("dy", normal({2, channels, 2, 3}));
    const Tensor4 dy_overlapping = given("dy of windows that overlap", normal({2, channels, 3, 5}));
    const Tensor4 dy_padded = given("dy with padding", normal({2, channels, 3, 4}));
    MaxPool2d::Cache cache, other;
    const MaxPool2d pool({.kernel = 2, .stride = 2});
    pool.forward(x, cache);
    pool.forward(given("x of another call", normal({1, channels, 2, 2})), other);
    observe("dx", pool.backward(dy, cache));
    const MaxPool2d overlapping({.kernel = 3});
    overlapping.forward(x, cache);
    const Tensor4 dx = overlapping.backward(dy_overlapping, cache);
    observe("dx of windows that overlap", dx, close(9));
    const MaxPool2d padded({.kernel = 3, .stride = 2, .padding = 1});
    padded.forward(x, cache);
    observe("dx with padding", padded.backward(dy_padded, cache), close(4));

    const auto loss = [&] { return project(values(overlapping.forward(x, other)), values(dy_overlapping)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient of the loss with respect to x");
  }

  TEST_CASE("4.4 MaxPool2d refuses what does not fit" * points(1)) {
    MaxPool2d::Cache cache, other;
    const MaxPool2d pool({.kernel = 2, .stride = 2});
    observe("y", pool.forward(given("x", normal({1, 2, 4, 4}, -3)), cache));
    observe("forward throws for one pixel", thrown<ShapeError>([&] { pool.forward(zeros({1, 2, 1, 1}), other); }));
    observe("backward throws for x's shape", thrown<ShapeError>([&] { pool.backward(zeros({1, 2, 4, 4}), cache); }));
    observe("padding above half of the kernel throws",
            thrown<std::invalid_argument>([] { MaxPool2d({.kernel = 3, .padding = 2}); }));
    observe("stride 0 throws", thrown<std::invalid_argument>([] { MaxPool2d({.kernel = 1, .stride = 0}); }));
  }

  TEST_CASE("4.4 GlobalAveragePool2d" * points(4)) {
    const std::size_t height = given("height", size_between(2, 4));
    const std::size_t width = given("width", size_between(5, 7));
    Tensor4 x = given("x", normal({2, 3, height, width}));
    const Matrix dy = given("dy", normal({2, 3}));
    GlobalAveragePool2d::Cache cache, other;
    const GlobalAveragePool2d pool;
    observe("y", pool.forward(x, cache), close(height * width));
    observe("y of one pixel", pool.forward(given("one pixel", normal({1, 2, 1, 1})), other));
    const Tensor4 dx = pool.backward(dy, cache);
    observe("dx", dx);
    observe("backward throws for one image", thrown<ShapeError>([&] { pool.backward(zeros({1, 3}), cache); }));
    const auto loss = [&] { return project(values(pool.forward(x, other)), values(dy)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient of the loss with respect to x");
  }

  TEST_CASE("4.5 BatchNorm2d in training" * points(5)) {
    const std::size_t channels = given("channels", size_between(2, 4));
    const std::size_t batch = given("batch", size_between(2, 3));
    const Tensor4 x = given("x", normal({batch, channels, 3, 4}, 2, 3));
    BatchNorm2d layer = given_norm(channels);
    Random random = given_random("random");
    BatchNorm2d::Cache cache;
    observe("y", layer.forward(x, Mode::train(random), cache), close(36));
    observe("cache.x_hat", cache.x_hat, close(36));
    observe("cache.scale", cache.scale, close(36));
    const Tensor4 small = given("x of small numbers", normal({batch, channels, 2, 2}, 0, Real{1e-3}));
    observe("y of small numbers", layer.forward(small, Mode::train(random), cache), close(36));
    const Tensor4 far = given("x far from zero", normal({batch, channels, 2, 2}, 1e6, 1));
    observe("y far from zero", layer.forward(far, Mode::train(random), cache), within(1e-6));
    observe("y of one pixel",
            layer.forward(given("one pixel", normal({5, channels, 1, 1})), Mode::train(random), cache), close(5));
  }

  TEST_CASE("4.5 BatchNorm2d moves the running statistics" * points(3)) {
    BatchNorm2d fresh(2);
    observe("running_mean at first", fresh.running_mean);
    observe("running_var at first", fresh.running_var);
    observe("weight at first", fresh.weight.value);
    observe("bias at first", fresh.bias.value);
    BatchNorm2d layer = given_norm(2);
    Random random = given_random("random");
    BatchNorm2d::Cache cache;
    layer.forward(given("first x", normal({2, 2, 2, 2}, 1, 2)), Mode::train(random), cache);
    observe("running_mean", layer.running_mean);
    observe("running_var", layer.running_var);
    layer.forward(given("second x", normal({1, 2, 3, 2}, -1, 3)), Mode::train(random), cache);
    observe("running_mean after two", layer.running_mean);
    observe("running_var after two", layer.running_var);
  }

  TEST_CASE("4.5 BatchNorm2d in evaluation" * points(3)) {
    const std::size_t channels = given("channels", size_between(2, 4));
    BatchNorm2d layer = given_norm(channels);
    Tensor4 x = given("x", normal({2, channels, 3, 2}, 1, 2));
    const Tensor4 dy = given("dy", normal({2, channels, 3, 2}));
    BatchNorm2d::Cache cache, other;
    observe("y", layer.forward(x, Mode::evaluate(), cache));
    observe("y of a single number",
            layer.forward(given("number", normal({1, channels, 1, 1})), Mode::evaluate(), other));
    observe("running_mean afterwards", layer.running_mean);
    observe("running_var afterwards", layer.running_var);
    const Tensor4 dx = layer.backward(dy, cache);
    observe("dx", dx);
    observe("dweight", layer.weight.grad, close(12));
    observe("dbias", layer.bias.grad, close(12));
    const auto loss = [&] { return project(values(layer.forward(x, Mode::evaluate(), other)), values(dy)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient of the loss with respect to x");
  }

  TEST_CASE("4.5 BatchNorm2d::backward" * points(6)) {
    const std::size_t channels = given("channels", size_between(2, 3));
    const std::size_t batch = given("batch", size_between(2, 3));
    Tensor4 x = given("x", normal({batch, channels, 2, 3}, 1, 2));
    const Tensor4 dy = given("dy", normal({batch, channels, 2, 3}, 1));
    BatchNorm2d layer = given_norm(channels);
    layer.weight.grad = given("dweight before", normal({channels}));
    layer.bias.grad = given("dbias before", normal({channels}));
    const Vector dweight_before = layer.weight.grad;
    Random random = given_random("random");
    BatchNorm2d::Cache cache, other;
    layer.forward(x, Mode::train(random), cache);
    layer.forward(given("x of another call", normal({2, channels, 2, 2})), Mode::train(random), other);
    const Tensor4 dx = layer.backward(dy, cache);
    observe("dx", dx, close(36));
    observe("dweight", layer.weight.grad, close(36));
    observe("dbias", layer.bias.grad, close(36));

    const auto loss = [&] { return project(values(layer.forward(x, Mode::train(random), other)), values(dy)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient of the loss with respect to x");
    const Vector dweight = layer.weight.grad - dweight_before;
    CHECK_MESSAGE(check_gradient(loss, values(layer.weight.value), values(dweight)),
                  "what was added to weight.grad is the gradient of the loss with respect to the weight");
  }

  TEST_CASE("4.5 BatchNorm2d refuses what does not fit" * points(1)) {
    BatchNorm2d layer = given_norm(2);
    Random random = given_random("random");
    BatchNorm2d::Cache cache, other;
    const auto forward = [&](const Tensor4& x) { layer.forward(x, Mode::train(random), other); };
    observe("y of two numbers", layer.forward(given("x", normal({2, 2, 1, 1})), Mode::train(random), cache));
    observe("forward throws for 3 channels", thrown<ShapeError>([&] { forward(zeros({2, 3, 2, 2})); }));
    observe("forward throws for a single number in training", thrown<ShapeError>([&] {
              forward(zeros({1, 2, 1, 1}));
            }));
    observe("backward throws for 3 images", thrown<ShapeError>([&] { layer.backward(zeros({3, 2, 1, 1}), cache); }));
  }
}  // TEST_SUITE

}  // namespace nn
