#include "nn/parameter.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <vector>

#include "nn/not_implemented.hpp"
#include "tensor/shape.hpp"

namespace {

using nn::Matrix;
using nn::Parameter;
using nn::ParameterList;
using nn::ParameterRef;
using nn::Real;
using nn::zeros;

}  // namespace

TEST_CASE("a Parameter starts with zeros in value and grad") {
  const Parameter<2> weight({3, 4});
  CHECK(weight.value == zeros({3, 4}));
  CHECK(weight.grad == zeros({3, 4}));
}

TEST_CASE("a ParameterRef reads and writes the tensors themselves") {
  Parameter<2> weight({2, 2});
  const ParameterRef ref("weight", weight);
  ref.value()[3] = 5;
  ref.grad()[0] = 7;
  CHECK(weight.value(1, 1) == 5);
  CHECK(weight.grad(0, 0) == 7);
  CHECK(ref.name() == "weight");
  CHECK(ref.shape() == std::vector<std::size_t>{2, 2});
}

TEST_CASE("a ParameterRef follows a tensor whose buffer has moved") {
  Parameter<2> weight({2, 3});
  const ParameterRef ref("weight", weight);
  const Matrix ones = zeros({2, 3}) + Real{1};
  for (int i = 1; i <= 3; ++i) {
    weight.grad += ones * Real{2};
    weight.value = weight.value + ones;
    CHECK(ref.grad().data() == weight.grad.data());
    CHECK(std::ranges::all_of(ref.grad(), [&](Real x) { return x == static_cast<Real>(2 * i); }));
    CHECK(std::ranges::all_of(ref.value(), [&](Real x) { return x == static_cast<Real>(i); }));
  }
}

TEST_CASE("a ParameterRef reports a tensor that has changed its shape") {
  Parameter<2> weight({2, 3});
  const ParameterRef ref = ParameterRef("weight", weight).inside("layer0");
  weight.grad = zeros({3, 2});
  CHECK_NOTHROW(ref.value());
  CHECK_THROWS_WITH_AS(ref.grad(), "parameter layer0.weight: grad has shape (3, 2), expected (2, 3)", nn::ShapeError);
  weight.value = zeros({6, 1});
  CHECK_THROWS_AS(ref.value(), nn::ShapeError);
}

TEST_CASE("append prefixes the names and keeps the order") {
  Parameter<2> weight({2, 3});
  Parameter<1> bias({3});
  const ParameterList layer = {{"weight", weight}, {"bias", bias}};
  ParameterList block;
  append(block, "linear", layer);
  Parameter<1> scale({3});
  ParameterList model = {{"scale", scale}};
  append(model, "block0", block);
  REQUIRE(model.size() == 3);
  CHECK(model[0].name() == "scale");
  CHECK(model[1].name() == "block0.linear.weight");
  CHECK(model[2].name() == "block0.linear.bias");
  CHECK(layer[0].name() == "weight");
  CHECK(nn::parameter_count(layer) == 9);
  CHECK(nn::parameter_count({}) == 0);
}

TEST_CASE("two parameters with one name are refused when the list is made") {
  Parameter<2> weight({2, 3});
  Parameter<1> bias({3});
  CHECK_THROWS_WITH_AS((ParameterList{{"weight", weight}, {"weight", bias}}),
                       "two parameters are called weight: give each its own name", nn::ParameterError);
  ParameterList list = {{"layer0.weight", weight}};
  CHECK_THROWS_WITH_AS(append(list, "layer0", {{"weight", bias}}),
                       "two parameters are called layer0.weight: give each its own name", nn::ParameterError);
  CHECK(list.size() == 1);
}

TEST_CASE("a parameter that two parts share appears once, under its first name") {
  Parameter<2> embedding({5, 3});
  Parameter<1> bias({5});
  ParameterList model;
  append(model, "embedding", {{"weight", embedding}});
  append(model, "output", {{"weight", embedding}, {"bias", bias}});
  REQUIRE(model.size() == 2);
  CHECK(model[0].name() == "embedding.weight");
  CHECK(model[1].name() == "output.bias");
  CHECK(nn::parameter_count(model) == 20);
}

TEST_CASE("copy_values and add_grads go from one replica to another") {
  Parameter<2> weight({2, 3}), other_weight({2, 3});
  weight.value.fill(2);
  weight.grad.fill(3);
  other_weight.grad.fill(1);
  const ParameterList from = {{"weight", weight}}, to = {{"weight", other_weight}};
  nn::copy_values(from, to);
  CHECK(other_weight.value == weight.value);
  CHECK(other_weight.grad(1, 2) == 1);
  nn::add_grads(from, to);
  CHECK(other_weight.grad == Matrix(zeros({2, 3}) + Real{4}));
  CHECK(weight.grad(0, 0) == 3);
}

TEST_CASE("copy_values and add_grads refuse a model that is not a replica, and change nothing") {
  Parameter<2> weight({2, 3});
  Parameter<1> bias({3}), other_bias({3}), short_bias({2});
  bias.value.fill(1);
  const ParameterList model = {{"bias", bias}, {"weight", weight}};
  CHECK_THROWS_WITH_AS(nn::copy_values(model, {{"bias", other_bias}}),
                       "copy_values: there are 2 parameters here and 1 there", nn::ParameterError);
  CHECK_THROWS_WITH_AS(nn::add_grads(model, {{"bias", other_bias}, {"w", weight}}),
                       "add_grads: parameter 1 is called weight here and w there", nn::ParameterError);
  Parameter<2> wide({3, 2});
  CHECK_THROWS_WITH_AS(nn::copy_values(model, {{"bias", other_bias}, {"weight", wide}}),
                       "copy_values: parameter weight has shape (2, 3) here and (3, 2) there", nn::ShapeError);
  CHECK(other_bias.value == zeros({3}));
}

TEST_CASE("zero_grad clears every gradient and no value") {
  Parameter<2> weight({2, 3});
  Parameter<1> bias({3});
  weight.grad.fill(1);
  weight.value.fill(2);
  bias.grad.fill(std::numeric_limits<Real>::quiet_NaN());
  nn::zero_grad({{"weight", weight}, {"bias", bias}});
  CHECK(weight.grad == zeros({2, 3}));
  CHECK(bias.grad == zeros({3}));
  CHECK(weight.value == Matrix(zeros({2, 3}) + Real{2}));
}

TEST_CASE("not_implemented says where") {
  try {
    nn::not_implemented();
  } catch (const nn::NotImplemented& error) {
    const std::string message = error.what();
    CHECK(message.find("(parameter_test.cpp:") != std::string::npos);
  }
}
