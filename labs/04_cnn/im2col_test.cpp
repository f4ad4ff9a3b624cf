#include <cmath>
#include <string>

#include "04_cnn/convolution.hpp"
#include "04_cnn/given_layers.hpp"
#include "testing/testing.hpp"

// Task 4.3; convolution_test.cpp says how to read a test.

namespace nn {

TEST_SUITE("04_cnn") {
  TEST_CASE("4.3 im2col" * points(5)) {
    const std::size_t channels = given("channels", size_between(2, 3));
    const Tensor4 x = given("x", normal({2, channels, 4, 5}));
    observe("columns", im2col(x, 0, {.kernel = 2}));
    observe("columns of the second image", im2col(x, 1, {.kernel = 3}));
    observe("columns with stride 2", im2col(x, 1, {.kernel = 3, .stride = 2}));
    observe("columns with padding 1", im2col(x, 1, {.kernel = 3, .padding = 1}));
    observe("columns with stride 3 and padding 2", im2col(x, 1, {.kernel = 3, .stride = 3, .padding = 2}));
    observe("columns of a kernel of one pixel", im2col(x, 1, {.kernel = 1}));
    observe("columns of padding alone and one pixel",
            im2col(given("one pixel", normal({1, 1, 1, 1})), 0, {.kernel = 2, .padding = 2}));

    const Tensor4 small = unflatten(Matrix{{1, 2, 3, 4, 5, 6, 7, 8, 9}}, 1, 3, 3);
    CHECK_MESSAGE(im2col(small, 0, {.kernel = 2}) == Matrix({{1, 2, 4, 5}, {2, 3, 5, 6}, {4, 5, 7, 8}, {5, 6, 8, 9}}),
                  "the first column of 1 to 9 under a window of 2 is 1 2 4 5");
  }

  TEST_CASE("4.3 col2im" * points(4)) {
    const std::size_t channels = given("channels", size_between(2, 3));
    const Tensor4 before = given("dx before", normal({2, channels, 4, 5}));
    const auto added = [&](const std::string& name, const Window& window) {
      const std::size_t places = output_size(4, window) * output_size(5, window);
      const Matrix columns = given(name, normal({channels * window.kernel * window.kernel, places}));
      Tensor4 dx = before;
      col2im(columns, window, dx, 1);
      observe("dx after " + name, dx, close(10));
    };
    added("columns", {.kernel = 2});
    added("columns with stride 2", {.kernel = 3, .stride = 2});
    added("columns with padding 1", {.kernel = 3, .padding = 1});
    added("columns with stride 3 and padding 2", {.kernel = 3, .stride = 3, .padding = 2});
    Tensor4 dx = before;
    observe("throws for columns of other places", thrown<ShapeError>([&] {
              col2im(zeros({channels * 4, 20}), {.kernel = 2}, dx, 0);
            }));

    // How often each pixel is seen: once in the corners, four times in the middle
    Tensor4 seen = zeros({1, 1, 3, 3});
    Matrix ones = zeros({4, 4});
    ones.fill(1);
    col2im(ones, {.kernel = 2}, seen, 0);
    CHECK_MESSAGE(flatten(seen) == Matrix({{1, 2, 1, 2, 4, 2, 1, 2, 1}}),
                  "a window of 2 sees the middle of 3 x 3 pixels four times, a corner once");
  }

  TEST_CASE("4.3 Conv2d::forward" * points(4)) {
    const std::size_t in_channels = given("in_channels", size_between(2, 3));
    const std::size_t out_channels = given("out_channels", size_between(2, 4));
    const Tensor4 x = given("x", normal({3, in_channels, 5, 7}));
    Conv2d layer = given_conv(in_channels, out_channels, {.kernel = 3, .stride = 2, .padding = 1});
    Conv2d::Cache cache;
    observe("y", layer.forward(x, cache), close(9 * in_channels));
    observe("cache.x", cache.x);
    const Tensor4 pixel = given("one pixel", normal({1, in_channels, 1, 1}));
    observe("y of one pixel", layer.forward(pixel, cache), close(in_channels));
    observe("throws for other channels", thrown<ShapeError>([&] { layer.forward(zeros({1, 1, 5, 5}), cache); }));
  }

  TEST_CASE("4.3 Conv2d::backward" * points(5)) {
    const std::size_t in_channels = given("in_channels", size_between(2, 3));
    const std::size_t out_channels = given("out_channels", size_between(2, 4));
    Tensor4 x = given("x", normal({3, in_channels, 5, 7}));
    Conv2d layer = given_conv(in_channels, out_channels, {.kernel = 3, .stride = 2, .padding = 1});
    const Tensor4 dy = given("dy", normal({3, out_channels, 3, 4}));
    Conv2d::Cache cache, other;
    layer.forward(x, cache);
    layer.forward(given("x of another call", normal({1, in_channels, 4, 4})), other);
    const Tensor4 dx = layer.backward(dy, cache);
    observe("dx", dx, close(9 * out_channels));
    observe("dweight", layer.weight.grad, close(36));
    observe("dbias", layer.bias.grad, close(36));
    observe("throws for one image", thrown<ShapeError>([&] { layer.backward(zeros({1, out_channels, 3, 4}), cache); }));

    const auto loss = [&] { return project(values(layer.forward(x, cache)), values(dy)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient of the loss with respect to x");
    CHECK_MESSAGE(check_gradient(loss, values(layer.weight.value), values(layer.weight.grad)),
                  "weight.grad is the gradient of the loss with respect to the weight");
    CHECK_MESSAGE(check_gradient(loss, values(layer.bias.value), values(layer.bias.grad)),
                  "bias.grad is the gradient of the loss with respect to the bias");
  }

  TEST_CASE("4.3 Conv2d::backward adds to the gradients" * points(2)) {
    Conv2d layer = given_conv(2, 3, {.kernel = 2});
    layer.weight.grad = given("dweight before", normal({3, 2, 2, 2}));
    layer.bias.grad = given("dbias before", normal({3}));
    Conv2d::Cache first, second;
    layer.forward(given("x of the first call", normal({2, 2, 3, 3})), first);
    layer.forward(given("x of the second call", normal({1, 2, 3, 4})), second);
    const Tensor4 dy_second = given("dy of the second call", normal({1, 3, 2, 3}));
    const Tensor4 dy_first = given("dy of the first call", normal({2, 3, 2, 2}));
    layer.backward(dy_second, second);
    layer.backward(dy_first, first);
    observe("dweight", layer.weight.grad, close(14));
    observe("dbias", layer.bias.grad, close(14));
  }
}  // TEST_SUITE

}  // namespace nn
