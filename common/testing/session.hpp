#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nn/source_location.hpp"
#include "tensor/random.hpp"
#include "testing/expected.hpp"
#include "testing/record.hpp"

namespace nn {

using wire::public_seed;

/// The lab under test, the files in it that the student writes ("mlp.cpp layers.cpp") and its recorded reference; CMake
/// compiles them into the lab's test program.
extern const char* const lab_name;
extern const char* const lab_files;
extern const char* const lab_expected_file;

/// Draws the value of a given.
using ArrayGenerator = std::function<wire::Array(Random&)>;

/// The role of this process: home, reference or answer.
class Session {
 public:
  virtual ~Session() = default;
  virtual wire::Array given(std::string_view name, const ArrayGenerator& draw) = 0;
  virtual wire::Array hidden(std::string_view name, const ArrayGenerator& draw) = 0;
  virtual void observe(std::string_view name, const wire::Array& value, const wire::Matcher& matcher,
                       const SourceLocation& where) = 0;

  /// The reporter tells when a test begins, that it ended early, by an exception or a crash (`todo`: met code that is
  /// not implemented), and when it is over. end_test returns what is wrong with the test as a whole, or nothing.
  virtual void begin_test(const std::string& test) = 0;
  virtual void ended_early(const std::string& why, bool todo) = 0;
  virtual std::string end_test() = 0;

  /// The givens since begin_test, as text, to reproduce a failure.
  virtual std::string givens() const { return ""; }

  /// The known mistakes that explain what was observed since begin_test.
  virtual std::vector<wire::Mistake> mistakes() const { return {}; }

  /// What relates the wrong numbers observed since begin_test to the correct ones, in sentences.
  virtual std::vector<std::string> diagnosis() const { return {}; }
};

/// Draws from `seed` and writes every given, hidden value and observation to descriptor 3. Used by the judge.
std::unique_ptr<Session> make_reference_session(const std::string& lab, std::uint64_t seed);

/// Reads the givens from standard input and writes the observations to descriptor 3. Used in the sandbox.
std::unique_ptr<Session> make_answer_session();

/// The session of this process. main sets it before the first test.
Session& session();
void set_session(std::unique_ptr<Session> session);

}  // namespace nn
