#include "04_cnn/convolution.hpp"

#include <stdexcept>
#include <vector>

#include "04_cnn/given_layers.hpp"
#include "testing/testing.hpp"

// Tasks 4.1 and 4.2; im2col_test.cpp has 4.3, resnet_test.cpp 4.4 and 4.5, bottleneck_test.cpp 4.6.
//
// In every test the observations come first: they are what is graded. The CHECKs after them are examples small enough
// to do by hand, properties that must hold, and gradients compared with finite differences.

namespace nn {

TEST_SUITE("04_cnn") {
  TEST_CASE("4.1 output_size" * points(4)) {
    // Even and odd kernels, strides that divide and that do not, up to a kernel as large as the padded image
    const std::size_t size = given("size", size_between(7, 4000));
    const std::vector<Window> windows{{.kernel = 1},
                                      {.kernel = 3},
                                      {.kernel = 3, .padding = 1},
                                      {.kernel = 2, .stride = 2},
                                      {.kernel = 3, .stride = 2, .padding = 1},
                                      {.kernel = 2, .stride = 3},
                                      {.kernel = 7, .stride = 3, .padding = 2},
                                      {.kernel = size},
                                      {.kernel = size + 4, .padding = 2}};
    IdVector sizes = IdVector::from_shape({windows.size()});
    for (std::size_t i = 0; i < windows.size(); ++i) {
      sizes(i) = output_size(size, windows[i]);
    }
    observe("sizes", sizes);
    CHECK_MESSAGE(output_size(6, {.kernel = 3}) == 4, "a window of 3 fits on 6 pixels at 4 places");
    CHECK_MESSAGE(output_size(6, {.kernel = 3, .stride = 2}) == 2, "with stride 2 at 2 places");
    CHECK_MESSAGE(output_size(6, {.kernel = 3, .padding = 1}) == 6, "with padding 1 at 6 places");
    CHECK_MESSAGE(output_size(1, {.kernel = 1}) == 1, "a window of 1 fits on one pixel at 1 place");
  }

  TEST_CASE("4.1 output_size refuses what does not fit" * points(2)) {
    const std::size_t size = given("size", size_between(3, 4000));
    observe("size of a kernel that just fits", output_size(size, {.kernel = size + 2, .padding = 1}));
    observe("size of one that fits without padding", output_size(size, {.kernel = 3}));
    observe("a kernel larger than the image throws",
            thrown<ShapeError>([&] { output_size(size, {.kernel = size + 1}); }));
    observe("a kernel larger than the padded image throws",
            thrown<ShapeError>([&] { output_size(size, {.kernel = size + 3, .padding = 1}); }));
    observe("stride 0 throws", thrown<std::invalid_argument>([&] { output_size(size, {.kernel = 1, .stride = 0}); }));
    observe("kernel 0 throws", thrown<std::invalid_argument>([&] { output_size(size, {.kernel = 0}); }));
  }

  TEST_CASE("4.1 convolve" * points(4)) {
    const std::size_t height = given("height", size_between(5, 8));
    const std::size_t width = given("width", size_between(9, 12));
    const std::size_t k = given("k", size_between(2, 4));
    const Matrix image = given("image", normal({height, width}));
    const Matrix kernel = given("kernel", normal({k, k}));
    observe("y", convolve(image, kernel, 1, 0), close(k * k));
    observe("y with stride 2", convolve(image, kernel, 2, 0), close(k * k));
    observe("y with padding 1", convolve(image, kernel, 1, 1), close(k * k));
    observe("y with stride 3 and padding 2", convolve(image, kernel, 3, 2), close(k * k));
    observe("y of one pixel", convolve(given("one pixel", normal({1, 1})), kernel, 1, k - 1), close(k * k));
    observe("a kernel that is not square throws", thrown<ShapeError>([&] { convolve(image, zeros({2, 3}), 1, 0); }));

    const Matrix ramp = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
    CHECK_MESSAGE(convolve(ramp, Matrix{{1, 0}, {0, -1}}, 1, 0) == Matrix({{-4, -4}, {-4, -4}}),
                  "a window of 2 with weights 1 0 0 -1 over 1 to 9 gives 1 - 5 = 2 - 6 = 4 - 8 = 5 - 9 = -4");
    CHECK_MESSAGE(convolve(ramp, Matrix{{1, 2}, {3, 4}}, 2, 0) == Matrix({{37}}),
                  "with weights 1 2 3 4 and stride 2 it gives 1 + 4 + 12 + 20 = 37");
  }

  TEST_CASE("4.2 Conv2d starts with the weights of He" * points(2)) {
    const std::size_t in_channels = given("in_channels", size_between(2, 4));
    const std::size_t out_channels = given("out_channels", size_between(5, 7));
    Random random = given_random("random");
    const Conv2d layer(in_channels, out_channels, {.kernel = 3, .stride = 2, .padding = 1}, random);
    observe("weight", layer.weight.value);
    observe("bias", layer.bias.value);
    const Conv2d other(out_channels, in_channels, {.kernel = 1}, random);
    observe("weight of a layer that narrows", other.weight.value);
    observe("stride 0 throws",
            thrown<std::invalid_argument>([&] { Conv2d(1, 1, {.kernel = 1, .stride = 0}, random); }));
    observe("kernel 0 throws", thrown<std::invalid_argument>([&] { Conv2d(1, 1, {.kernel = 0}, random); }));
  }

  TEST_CASE("4.2 Conv2d::forward_direct" * points(7)) {
    const std::size_t in_channels = given("in_channels", size_between(2, 3));
    const std::size_t out_channels = given("out_channels", size_between(2, 4));
    const Tensor4 x = given("x", normal({2, in_channels, 5, 7}));
    Conv2d layer = given_conv(in_channels, out_channels, {.kernel = 3});
    Conv2d::Cache cache;
    observe("y", layer.forward_direct(x, cache), close(9 * in_channels));
    observe("cache.x", cache.x);
    layer.window.stride = 2;
    observe("y with stride 2", layer.forward_direct(x, cache), close(9 * in_channels));
    layer.window.padding = 1;
    observe("y with stride 2 and padding 1", layer.forward_direct(x, cache), close(9 * in_channels));
    layer.window.stride = 1;
    observe("y with padding 1", layer.forward_direct(x, cache), close(9 * in_channels));
  }

  TEST_CASE("4.2 Conv2d::backward_direct" * points(8)) {
    const std::size_t in_channels = given("in_channels", size_between(2, 3));
    const std::size_t out_channels = given("out_channels", size_between(2, 4));
    Tensor4 x = given("x", normal({2, in_channels, 6, 5}));
    Conv2d layer = given_conv(in_channels, out_channels, {.kernel = 3, .stride = 2, .padding = 1});
    const Tensor4 dy = given("dy", normal({2, out_channels, 3, 3}));
    Conv2d::Cache cache, other;
    layer.forward_direct(x, cache);
    layer.forward_direct(given("x of another call", normal({1, in_channels, 4, 4})), other);
    const Tensor4 dx = layer.backward_direct(dy, cache);
    observe("dx", dx, close(9 * out_channels));
    observe("dweight", layer.weight.grad, close(18));
    observe("dbias", layer.bias.grad, close(18));

    const auto loss = [&] { return project(values(layer.forward_direct(x, cache)), values(dy)); };
    CHECK_MESSAGE(check_gradient(loss, values(x), values(dx)), "dx is the gradient of the loss with respect to x");
    CHECK_MESSAGE(check_gradient(loss, values(layer.weight.value), values(layer.weight.grad)),
                  "weight.grad is the gradient of the loss with respect to the weight");
    CHECK_MESSAGE(check_gradient(loss, values(layer.bias.value), values(layer.bias.grad)),
                  "bias.grad is the gradient of the loss with respect to the bias");
  }

  TEST_CASE("4.2 Conv2d::backward_direct adds to the gradients" * points(2)) {
    Conv2d layer = given_conv(2, 3, {.kernel = 2});
    layer.weight.grad = given("dweight before", normal({3, 2, 2, 2}));
    layer.bias.grad = given("dbias before", normal({3}));
    Conv2d::Cache first, second;
    layer.forward_direct(given("x of the first call", normal({2, 2, 3, 3})), first);
    layer.forward_direct(given("x of the second call", normal({1, 2, 3, 4})), second);
    const Tensor4 dy_second = given("dy of the second call", normal({1, 3, 2, 3}));
    const Tensor4 dy_first = given("dy of the first call", normal({2, 3, 2, 2}));
    layer.backward_direct(dy_second, second);
    layer.backward_direct(dy_first, first);
    observe("dweight", layer.weight.grad, close(14));
    observe("dbias", layer.bias.grad, close(14));
  }

  TEST_CASE("4.2 Conv2d at the edges" * points(3)) {
    // One pixel; a kernel as large as the image; a stride larger than the kernel, with pixels that no place sees
    const Tensor4 pixel = given("one pixel", normal({2, 2, 1, 1}));
    const Tensor4 image = given("image", normal({2, 2, 4, 4}));
    const Window windows[] = {{.kernel = 3, .padding = 1}, {.kernel = 4}, {.kernel = 2, .stride = 3, .padding = 1}};
    const char* names[] = {" of one pixel", " of a kernel as large as the image", " of a stride above the kernel"};
    for (std::size_t i = 0; i < 3; ++i) {
      const std::string name = names[i];
      const Tensor4& x = i == 0 ? pixel : image;
      Conv2d layer = given_conv(2, 3, windows[i], "layer" + name + ": ");
      Conv2d::Cache cache;
      const Tensor4 y = layer.forward_direct(x, cache);
      observe("y" + name, y, close(32));
      const std::size_t places = output_size(x.shape(2), windows[i]);
      observe("dx" + name, layer.backward_direct(given("dy" + name, normal({2, 3, places, places})), cache), close(12));
      observe("dweight" + name, layer.weight.grad, close(8));
    }
  }

  TEST_CASE("4.2 Conv2d refuses other shapes" * points(3)) {
    Conv2d layer = given_conv(2, 3, {.kernel = 3});
    Conv2d::Cache cache, other;
    observe("y of 2 channels", layer.forward_direct(given("x", normal({2, 2, 4, 5})), cache), close(18));
    const auto forward = [&](const Tensor4& x) { layer.forward_direct(x, other); };
    const auto backward = [&](const Tensor4& dy) { layer.backward_direct(dy, cache); };
    observe("forward_direct throws for 1 channel", thrown<ShapeError>([&] { forward(zeros({2, 1, 4, 5})); }));
    observe("forward_direct throws for 3 channels", thrown<ShapeError>([&] { forward(zeros({2, 3, 4, 5})); }));
    observe("forward_direct throws for 2 rows", thrown<ShapeError>([&] { forward(zeros({2, 2, 2, 5})); }));
    observe("forward_direct throws for 2 columns", thrown<ShapeError>([&] { forward(zeros({2, 2, 5, 2})); }));
    observe("backward_direct throws for 1 image", thrown<ShapeError>([&] { backward(zeros({1, 3, 2, 3})); }));
    observe("backward_direct throws for 2 channels", thrown<ShapeError>([&] { backward(zeros({2, 2, 2, 3})); }));
    observe("backward_direct throws for x's size", thrown<ShapeError>([&] { backward(zeros({2, 3, 4, 5})); }));
  }
}  // TEST_SUITE

}  // namespace nn
