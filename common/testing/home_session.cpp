#include "testing/home_session.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "safetensors/shape_text.hpp"
#include "testing/diagnosis/diagnosis.hpp"
#include "testing/draw.hpp"
#include "testing/expected.hpp"

namespace nn {

namespace {

constexpr std::size_t max_numbers_shown = 12;

/// Numbers as text: " 1 2.5".
std::string numbers_text(std::span<const double> numbers, safetensors::DType dtype) {
  std::string text;
  for (const double number : numbers) {
    text += dtype == safetensors::DType::u64 ? fmt::format(" {:.0f}", number) : fmt::format(" {:.6g}", number);
  }
  return text;
}

/// The row of a tensor where a result is worst, if the tensor has as many rows as the result.
struct WorstRow {
  std::size_t row = 0;
  std::size_t rows = 0;
};

/// A given in a message: its numbers if they are few, else its shape and the row that matters.
std::string given_text(const std::string& name, const wire::Array& value, const WorstRow& worst) {
  const std::vector<double> numbers = value.as_doubles();
  if (value.shape.empty()) {
    return fmt::format("{} ={}", name, numbers_text(numbers, value.dtype));
  }
  const std::string text = fmt::format("{} {}", name, safetensors::shape_text(value.shape));
  if (numbers.size() <= max_numbers_shown) {
    return text + " =" + numbers_text(numbers, value.dtype);
  }
  const std::size_t width = numbers.size() / value.shape[0];
  if (value.shape[0] != worst.rows || width > max_numbers_shown) {
    return text;
  }
  return fmt::format("{}, row {}:{}", text, worst.row,
                     numbers_text(std::span(numbers).subspan(worst.row * width, width), value.dtype));
}

class HomeSession : public Session {
 public:
  HomeSession(std::string lab, const std::filesystem::path& expected) : lab_(std::move(lab)) {
    if (std::filesystem::exists(expected)) {
      expected_ = wire::Expected::from_document(safetensors::load(expected));
    }
  }

  void begin_test(const std::string& test) override {
    test_ = test;
    givens_.clear();
    observations_.clear();
    wrong_.clear();
    worst_ = {};
    observed_ = 0;
    ended_early_ = false;
  }

  wire::Array given(std::string_view name, const ArrayGenerator& draw) override {
    wire::Array value = draw_given(wire::public_seed, lab_, test_, name, draw);
    givens_.push_back({wire::Record::Kind::given, std::string(name), value, {}});
    return value;
  }

  wire::Array hidden(std::string_view name, const ArrayGenerator& draw) override {
    return draw_given(wire::public_seed, lab_, test_, name, draw);
  }

  void observe(std::string_view name, const wire::Array& value, const wire::Matcher& matcher,
               const SourceLocation& where) override {
    ++observed_;
    const auto* expected = expected_.find(test_, std::string(name));
    if (expected == nullptr) {
      ADD_FAIL_CHECK_AT(where.file_name(), static_cast<int>(where.line()),
                        name << ": expected.safetensors of " << lab_ << " has no value for it. Regenerate it with: "
                             << "./course record " << lab_);
      return;
    }
    observations_.push_back({std::string(name), value, expected->value, matcher});
    const wire::Comparison comparison = wire::compare(value, expected->value, matcher);
    if (comparison.passed) {
      CHECK(comparison.passed);
      return;
    }
    wrong_[std::string(name)] = value;
    if (!comparison.worst_index.empty() && worst_.rows == 0) {
      worst_ = {comparison.worst_index[0], comparison.got_shape[0]};
    }
    ADD_FAIL_CHECK_AT(where.file_name(), static_cast<int>(where.line()),
                      name << ": " << wire::describe(comparison, true));
  }

  void ended_early(const std::string& why, bool todo) override {
    ended_early_ = true;
    if (!todo) {
      wrong_.insert(wire::exception_value(why));
    }
  }

  std::string end_test() override {
    const std::size_t expected = expected_.observations(test_).size();
    if (ended_early_ || observed_ == expected) {
      return "";
    }
    return fmt::format("the test observed {} values, but the reference observed {}", observed_, expected);
  }

  std::string givens() const override {
    std::string text;
    for (const wire::Record& record : givens_) {
      text += "\n    " + given_text(record.name, record.value, worst_);
    }
    return text;
  }

  std::vector<wire::Mistake> mistakes() const override { return expected_.name_mistakes(test_, wrong_); }

  std::vector<std::string> diagnosis() const override { return wire::diagnose(givens_, observations_); }

 private:
  std::string lab_;
  wire::Expected expected_;
  std::string test_;
  std::vector<wire::Record> givens_;
  std::vector<wire::Observed> observations_;
  WorstRow worst_;
  wire::Expected::ValueByName wrong_;
  std::size_t observed_ = 0;
  bool ended_early_ = false;
};

}  // namespace

std::unique_ptr<Session> make_home_session(const std::string& lab, const std::filesystem::path& expected) {
  return std::make_unique<HomeSession>(lab, expected);
}

}  // namespace nn
