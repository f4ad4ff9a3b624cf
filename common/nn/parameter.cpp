#include "nn/parameter.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "tensor/shape.hpp"

namespace nn {

namespace {

/// Throws unless both lists have the same names and shapes in the same order.
void check_replicas(const char* function, const ParameterList& from, const ParameterList& to) {
  if (from.size() != to.size()) {
    throw ParameterError(
        fmt::format("{}: there are {} parameters here and {} there", function, from.size(), to.size()));
  }
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i].name() != to[i].name()) {
      throw ParameterError(
          fmt::format("{}: parameter {} is called {} here and {} there", function, i, from[i].name(), to[i].name()));
    }
    if (from[i].shape() != to[i].shape()) {
      throw ShapeError(fmt::format("{}: parameter {} has shape {} here and {} there", function, from[i].name(),
                                   shape_text(from[i].shape()), shape_text(to[i].shape())));
    }
  }
}

}  // namespace

template <std::size_t N>
Parameter<N>::Parameter(const std::size_t (&shape)[N]) : value(zeros(shape)), grad(zeros(shape)) {}

template struct Parameter<1>;
template struct Parameter<2>;
template struct Parameter<3>;
template struct Parameter<4>;

template <std::size_t N>
ParameterRef::View ParameterRef::view_of(Tensor<N>& x) {
  return {x.shape(), values(x)};
}

template <std::size_t N>
ParameterRef::ParameterRef(std::string name, Parameter<N>& parameter)
    : name_(std::move(name)),
      shape_(parameter.value.shape().begin(), parameter.value.shape().end()),
      value_([tensor = &parameter.value] { return view_of(*tensor); }),
      grad_([tensor = &parameter.grad] { return view_of(*tensor); }),
      parameter_(&parameter) {}

template ParameterRef::ParameterRef(std::string, Parameter<1>&);
template ParameterRef::ParameterRef(std::string, Parameter<2>&);
template ParameterRef::ParameterRef(std::string, Parameter<3>&);
template ParameterRef::ParameterRef(std::string, Parameter<4>&);

std::span<Real> ParameterRef::checked(const View& view, const char* part) const {
  if (!std::ranges::equal(view.shape, shape_)) {
    throw ShapeError(fmt::format("parameter {}: {} has shape {}, expected {}", name_, part, shape_text(view.shape),
                                 shape_text(shape_)));
  }
  return view.numbers;
}

std::span<Real> ParameterRef::value() const { return checked(value_(), "value"); }

std::span<Real> ParameterRef::grad() const { return checked(grad_(), "grad"); }

ParameterRef ParameterRef::inside(const std::string& prefix) const {
  ParameterRef copy = *this;
  copy.name_ = prefix + "." + name_;
  return copy;
}

ParameterList::ParameterList(std::initializer_list<ParameterRef> parameters) {
  for (const ParameterRef& parameter : parameters) {
    add(parameter);
  }
}

void ParameterList::add(const ParameterRef& parameter) {
  for (const ParameterRef& other : parameters_) {
    if (other.is_same(parameter)) {
      return;
    }
    if (other.name() == parameter.name()) {
      throw ParameterError("two parameters are called " + parameter.name() + ": give each its own name");
    }
  }
  parameters_.push_back(parameter);
}

void append(ParameterList& list, const std::string& prefix, const ParameterList& part) {
  for (const ParameterRef& parameter : part) {
    list.add(parameter.inside(prefix));
  }
}

void zero_grad(const ParameterList& parameters) {
  for (const ParameterRef& parameter : parameters) {
    std::ranges::fill(parameter.grad(), Real{0});
  }
}

std::size_t parameter_count(const ParameterList& parameters) {
  std::size_t count = 0;
  for (const ParameterRef& parameter : parameters) {
    count += parameter.value().size();
  }
  return count;
}

void copy_values(const ParameterList& from, const ParameterList& to) {
  check_replicas("copy_values", from, to);
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::ranges::copy(from[i].value(), to[i].value().begin());
  }
}

void add_grads(const ParameterList& from, const ParameterList& to) {
  check_replicas("add_grads", from, to);
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::span<const Real> more = from[i].grad();
    const std::span<Real> grad = to[i].grad();
    for (std::size_t k = 0; k < grad.size(); ++k) {
      grad[k] += more[k];
    }
  }
}

}  // namespace nn
