#include "judge/shapes.hpp"

#include "safetensors/shape_text.hpp"

namespace grader {

namespace {

std::string name_and_shape(const std::string& name, const std::vector<std::size_t>& shape) {
  return shape.empty() ? name : name + " " + safetensors::shape_text(shape);
}

}  // namespace

Shapes shapes_of(const std::vector<wire::Record>& records) {
  Shapes shapes;
  for (const wire::Record& record : records) {
    if (record.kind == wire::Record::Kind::given) {
      shapes.given.push_back(name_and_shape(record.name, record.value.shape));
    } else if (record.kind == wire::Record::Kind::observe) {
      const bool has_labels = record.matcher.kind == wire::Matcher::Kind::accuracy;
      shapes.expected.push_back(
          name_and_shape(record.name, has_labels ? record.matcher.labels.shape : record.value.shape));
    }
  }
  return shapes;
}

}  // namespace grader
