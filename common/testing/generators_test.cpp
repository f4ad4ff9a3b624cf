#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <utility>
#include <vector>

#include "testing/testing.hpp"

namespace {

using nn::IdMatrix;
using nn::IdVector;
using nn::Tensor4;

/// Draws every given from one generator and keeps what is observed.
class KeepingSession : public nn::Session {
 public:
  explicit KeepingSession(std::vector<wire::Array>& observed) : observed_(&observed) {}

  wire::Array given(std::string_view, const nn::ArrayGenerator& draw) override { return draw(random_); }
  wire::Array hidden(std::string_view, const nn::ArrayGenerator& draw) override { return draw(random_); }
  void observe(std::string_view, const wire::Array& value, const wire::Matcher&, const nn::SourceLocation&) override {
    observed_->push_back(value);
  }
  void begin_test(const std::string&) override {}
  void ended_early(const std::string&, bool) override {}
  std::string end_test() override { return ""; }

 private:
  nn::Random random_{1};
  std::vector<wire::Array>* observed_;
};

}  // namespace

TEST_CASE("Tensor4 and IdMatrix are given and observed like all tensors") {
  std::vector<wire::Array> observed;
  nn::set_session(std::make_unique<KeepingSession>(observed));
  const Tensor4 images = nn::given("images", nn::normal({2, 3, 4, 5}));
  const IdMatrix tokens = nn::given("tokens", nn::ids({3, 4}, 10));
  nn::observe("images", images);
  nn::observe("tokens", tokens);
  nn::set_session(nullptr);

  REQUIRE(observed.size() == 2);
  CHECK(observed[0].shape == std::vector<std::size_t>{2, 3, 4, 5});
  CHECK(nn::from_array<Tensor4>(observed[0]) == images);
  CHECK(observed[1].shape == std::vector<std::size_t>{3, 4});
  CHECK(nn::from_array<IdMatrix>(observed[1]) == tokens);
  CHECK(std::ranges::max(tokens) < 10);
  CHECK_THROWS_AS(nn::from_array<IdVector>(observed[1]), safetensors::FormatError);
}

TEST_CASE("lengths lie between 1 and the longest and reach both") {
  nn::Random random(1);
  const IdVector lengths = nn::lengths(200, 5)(random);
  CHECK(lengths.size() == 200);
  CHECK(std::ranges::min(lengths) == 1);
  CHECK(std::ranges::max(lengths) == 5);
  CHECK(nn::lengths(3, 1)(random) == IdVector{1, 1, 1});
}
