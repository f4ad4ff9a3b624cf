#include "nn/parameter.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "tensor/shape.hpp"

namespace nn {

std::span<Real> ParameterRef::checked(const View& view, const char* part) const {
  if (view.shape != shape_) {
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

void append(ParameterList& list, const std::string& prefix, const ParameterList& part) {
  for (const ParameterRef& parameter : part) {
    list.push_back(parameter.inside(prefix));
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

}  // namespace nn
