#pragma once

#include <cstdint>
#include <functional>
#include <source_location>
#include <string>
#include <string_view>

#include "tensor/random.hpp"
#include "testing/record.hpp"

namespace nn {

/// The seed that everybody knows: at home, tests draw from it.
inline constexpr std::uint64_t public_seed = 1;

/// Draws the value of a given.
using ArrayGenerator = std::function<wire::Array(Random&)>;

/// The part that this process plays: home (compares with the recorded reference), reference (draws and records; the judge's
/// side), answer (is sent the givens, sends the observations; in the sandbox).
class Session {
 public:
  virtual ~Session() = default;
  virtual wire::Array given(std::string_view name, const ArrayGenerator& draw) = 0;
  virtual wire::Array hidden(std::string_view name, const ArrayGenerator& draw) = 0;
  virtual void observe(std::string_view name, const wire::Array& value, const wire::Matcher& matcher,
                       const std::source_location& where) = 0;

  /// Called by the reporter around each test; `suite` is the lab.
  virtual void begin_test(std::string_view suite, std::string_view test);
  virtual void end_test();

 protected:
  std::string suite_;
  std::string test_;
};

/// The session of this process; main sets it before the first test.
Session& session();

}  // namespace nn
