#pragma once

#include <functional>
#include <initializer_list>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "tensor/tensor.hpp"

namespace nn {

/// A tensor that training changes, and the gradient of the loss with respect to it. N is 1, 2, 3 or 4.
template <std::size_t N>
struct Parameter {
  /// Zeros of this shape.
  explicit Parameter(const std::size_t (&shape)[N]);

  Tensor<N> value;
  Tensor<N> grad;  // same shape as value; backward adds to it, zero_grad sets it to zero
};
extern template struct Parameter<1>;
extern template struct Parameter<2>;
extern template struct Parameter<3>;
extern template struct Parameter<4>;

/// A reference to a parameter of any rank, for optimizers, checkpoints and gradient checks.
class ParameterRef {
 public:
  /// The parameter must outlive the reference, and must not be moved.
  template <std::size_t N>
  ParameterRef(std::string name, Parameter<N>& parameter);

  const std::string& name() const { return name_; }
  const std::vector<std::size_t>& shape() const { return shape_; }

  /// The numbers of value and of grad. Each call asks the tensor again, because `grad += expression` moves its buffer:
  /// use the span at once and do not keep it. Throw ShapeError if the shape of the tensor has changed.
  std::span<Real> value() const;
  std::span<Real> grad() const;

  /// Whether both refer to the same Parameter, even under different names.
  bool is_same(const ParameterRef& other) const { return parameter_ == other.parameter_; }

  /// The same parameter under the name "prefix.name".
  ParameterRef inside(const std::string& prefix) const;

 private:
  struct View {
    std::span<const std::size_t> shape;
    std::span<Real> numbers;
  };
  template <std::size_t N>
  static View view_of(Tensor<N>& x);
  std::span<Real> checked(const View& view, const char* part) const;

  std::string name_;
  std::vector<std::size_t> shape_;
  std::function<View()> value_;
  std::function<View()> grad_;
  const void* parameter_;
};

/// Thrown when parameters do not have the expected names.
class ParameterError : public std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// The parameters of a layer or model, in a fixed order, each with its own name, such as "layer0.weight". A layer
/// returns {{"weight", weight}, {"bias", bias}}. If two parts of a model share a Parameter, it appears once, under its
/// first name.
class ParameterList {
 public:
  ParameterList() = default;

  /// Throws ParameterError if two different parameters have the same name.
  ParameterList(std::initializer_list<ParameterRef> parameters);

  /// Appends a parameter, unless it is already in the list. Throws ParameterError if a different one has the same name.
  void add(const ParameterRef& parameter);

  std::size_t size() const { return parameters_.size(); }
  const ParameterRef& operator[](std::size_t i) const { return parameters_[i]; }
  auto begin() const { return parameters_.begin(); }
  auto end() const { return parameters_.end(); }

 private:
  std::vector<ParameterRef> parameters_;
};

/// Appends the parameters of a part of a model, their names prefixed: {"weight"} of part "layer0" is "layer0.weight".
/// Throws ParameterError if the list has a different parameter with the same name.
void append(ParameterList& list, const std::string& prefix, const ParameterList& part);

/// Sets every gradient to zero.
void zero_grad(const ParameterList& parameters);

/// The number of all numbers in the parameters.
std::size_t parameter_count(const ParameterList& parameters);

/// For two replicas of one model that train on parts of a batch in parallel: sets the values of `to` to those of
/// `from`, or adds the gradients of `from` to those of `to`. Both lists must have the same names and shapes in the same
/// order. If not, they throw ParameterError or ShapeError and change nothing.
void copy_values(const ParameterList& from, const ParameterList& to);
void add_grads(const ParameterList& from, const ParameterList& to);

}  // namespace nn
