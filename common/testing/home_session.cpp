#include "testing/home_session.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "safetensors/shape_text.hpp"
#include "testing/draw.hpp"
#include "testing/expected.hpp"

namespace nn {

namespace {

constexpr std::size_t max_numbers_shown = 12;

/// A given in a message: its numbers if there are few, else its shape.
std::string given_text(std::string_view name, const wire::Array& value) {
  const std::vector<double> numbers = value.as_doubles();
  std::string text = value.shape.empty() ? fmt::format("{} =", name)
                                         : fmt::format("{} {}", name, safetensors::shape_text(value.shape));
  if (numbers.size() > max_numbers_shown) {
    return text;
  }
  text += value.shape.empty() ? "" : " =";
  for (const double number : numbers) {
    text += value.dtype == safetensors::DType::u64 ? fmt::format(" {:.0f}", number) : fmt::format(" {:.6g}", number);
  }
  return text;
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
    wrong_.clear();
    observed_ = 0;
    ended_early_ = false;
  }

  wire::Array given(std::string_view name, const ArrayGenerator& draw) override {
    wire::Array value = draw_given(wire::public_seed, lab_, test_, name, draw);
    givens_ += "\n    " + given_text(name, value);
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
    const wire::Comparison comparison = wire::compare(value, expected->value, matcher);
    if (comparison.passed) {
      CHECK(comparison.passed);
      return;
    }
    wrong_[std::string(name)] = value;
    ADD_FAIL_CHECK_AT(where.file_name(), static_cast<int>(where.line()),
                      name << ": " << wire::describe(comparison, true));
  }

  void exception(const std::string&, bool) override { ended_early_ = true; }

  std::string end_test() override {
    const std::size_t expected = expected_.observations(test_).size();
    if (ended_early_ || observed_ == expected) {
      return "";
    }
    return fmt::format("the test observed {} values, but the reference observed {}", observed_, expected);
  }

  std::string givens() const override { return givens_; }

  std::vector<wire::Mistake> mistakes() const override { return expected_.name_mistakes(test_, wrong_); }

 private:
  std::string lab_;
  wire::Expected expected_;
  std::string test_;
  std::string givens_;
  wire::Expected::ValueByName wrong_;
  std::size_t observed_ = 0;
  bool ended_early_ = false;
};

}  // namespace

std::unique_ptr<Session> make_home_session(const std::string& lab, const std::filesystem::path& expected) {
  return std::make_unique<HomeSession>(lab, expected);
}

}  // namespace nn
