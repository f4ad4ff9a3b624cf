#include "testing/session.hpp"

#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <stdexcept>
#include <system_error>
#include <unistd.h>

#include "safetensors/json.hpp"
#include "testing/draw.hpp"

namespace nn {

namespace {

constexpr int answer_descriptor = 3;
std::unique_ptr<Session> current;

void write_record(const wire::Record& record) {
  const std::vector<std::byte> bytes = wire::serialize(record);
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count = ::write(answer_descriptor, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno != EINTR) {
      throw std::system_error(errno, std::generic_category(), "cannot write a record");
    }
    done += count > 0 ? static_cast<std::size_t>(count) : 0;
  }
}

/// What the two roles of the judge have in common: they record what happens.
class RecordingSession : public Session {
 public:
  void begin_test(const std::string& test) override { write_record({wire::Record::Kind::begin, test, {}, {}}); }
  void ended_early(const std::string& why, bool todo) override {
    write_record({todo ? wire::Record::Kind::todo : wire::Record::Kind::error, safetensors::valid_utf8(why), {}, {}});
  }
  std::string end_test() override {
    write_record({wire::Record::Kind::end, {}, {}, {}});
    return "";
  }
};

class ReferenceSession : public RecordingSession {
 public:
  ReferenceSession(std::string lab, std::uint64_t seed) : lab_(std::move(lab)), seed_(seed) {}

  void begin_test(const std::string& test) override {
    test_ = test;
    RecordingSession::begin_test(test);
  }
  wire::Array given(std::string_view name, const ArrayGenerator& draw) override {
    return drawn(wire::Record::Kind::given, name, draw);
  }
  wire::Array hidden(std::string_view name, const ArrayGenerator& draw) override {
    return drawn(wire::Record::Kind::hidden, name, draw);
  }
  void observe(std::string_view name, const wire::Array& value, const wire::Matcher& matcher,
               const SourceLocation&) override {
    write_record({wire::Record::Kind::observe, std::string(name), value, matcher});
  }

 private:
  wire::Array drawn(wire::Record::Kind kind, std::string_view name, const ArrayGenerator& draw) {
    wire::Array value = draw_given(seed_, lab_, test_, name, draw);
    write_record({kind, std::string(name), value, {}});
    return value;
  }

  std::string lab_;
  std::uint64_t seed_;
  std::string test_;
};

class AnswerSession : public RecordingSession {
 public:
  AnswerSession() {
    std::array<std::byte, 65536> chunk;
    for (ssize_t count = 0; (count = ::read(STDIN_FILENO, chunk.data(), chunk.size())) > 0;) {
      input_.insert(input_.end(), chunk.begin(), chunk.begin() + count);
    }
    unread_ = input_;
  }

  wire::Array given(std::string_view name, const ArrayGenerator&) override {
    wire::Record record = wire::parse_front(unread_, {});
    if (record.kind != wire::Record::Kind::given || record.name != name) {
      throw std::runtime_error(fmt::format("the test asks for given '{}', but the judge sent '{}'", name, record.name));
    }
    return std::move(record.value);
  }
  wire::Array hidden(std::string_view, const ArrayGenerator&) override { return {}; }
  void observe(std::string_view name, const wire::Array& value, const wire::Matcher&, const SourceLocation&) override {
    write_record({wire::Record::Kind::observe, std::string(name), value, {}});
  }

 private:
  std::vector<std::byte> input_;
  std::span<const std::byte> unread_;
};

}  // namespace

std::unique_ptr<Session> make_reference_session(const std::string& lab, std::uint64_t seed) {
  return std::make_unique<ReferenceSession>(lab, seed);
}

std::unique_ptr<Session> make_answer_session() { return std::make_unique<AnswerSession>(); }

Session& session() {
  if (!current) {
    throw std::logic_error("given and observe work only inside a test program");
  }
  return *current;
}

void set_session(std::unique_ptr<Session> session) { current = std::move(session); }

}  // namespace nn
