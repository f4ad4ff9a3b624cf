#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "tensor/tensor.hpp"

namespace nn {

/// A tensor that training changes, and the gradient of the loss with respect to it.
template <std::size_t N>
struct Parameter {
  explicit Parameter(const std::size_t (&shape)[N]) : value(zeros(shape)), grad(zeros(shape)) {}

  Tensor<N> value;
  Tensor<N> grad;  // same shape as value; backward adds to it, zero_grad clears it
};

/// A parameter seen by those who need not know its rank: optimizers, checkpoints, gradient checks.
class ParameterRef {
 public:
  /// The parameter must outlive the reference and stay where it is.
  template <std::size_t N>
  ParameterRef(std::string name, Parameter<N>& parameter)
      : name_(std::move(name)),
        shape_(parameter.value.shape().begin(), parameter.value.shape().end()),
        value_([this_parameter = &parameter] { return View{this_parameter->value}; }),
        grad_([this_parameter = &parameter] { return View{this_parameter->grad}; }) {}

  const std::string& name() const { return name_; }
  const std::vector<std::size_t>& shape() const { return shape_; }

  /// The numbers of value and of grad. The tensor is asked at every call, because `grad += expression` moves its
  /// buffer: use the span at once, do not keep it. Throw ShapeError if the tensor has changed its shape since.
  std::span<Real> value() const;
  std::span<Real> grad() const;

  /// The same parameter under the name "prefix.name".
  ParameterRef inside(const std::string& prefix) const;

 private:
  struct View {
    template <std::size_t N>
    explicit View(Tensor<N>& x) : shape(x.shape().begin(), x.shape().end()), numbers(values(x)) {}
    std::vector<std::size_t> shape;
    std::span<Real> numbers;
  };
  std::span<Real> checked(const View& view, const char* part) const;

  std::string name_;
  std::vector<std::size_t> shape_;
  std::function<View()> value_;
  std::function<View()> grad_;
};

/// The parameters of a layer or model, in a fixed order, each under a unique name such as "layer0.weight".
using ParameterList = std::vector<ParameterRef>;

/// Appends the parameters of a part of a model, their names prefixed: {"weight"} of part "layer0" is "layer0.weight".
void append(ParameterList& list, const std::string& prefix, const ParameterList& part);

/// Sets every gradient to zero.
void zero_grad(const ParameterList& parameters);

/// How many numbers the parameters hold together.
std::size_t parameter_count(const ParameterList& parameters);

}  // namespace nn
