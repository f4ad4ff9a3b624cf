#include "attack.hpp"

#include "testing/session.hpp"

namespace nn {
namespace {
struct Silent : Session {
  wire::Array given(std::string_view, const ArrayGenerator& draw) override {
    Random random(1);
    return draw(random);
  }
  wire::Array hidden(std::string_view name, const ArrayGenerator& draw) override { return given(name, draw); }
  void observe(std::string_view name, const wire::Array&, const wire::Matcher&, const SourceLocation&) override {
    attack::send({wire::Record::Kind::observe, std::string(name), to_array(Real{0}), {}});
  }
  void begin_test(const std::string& test) override { attack::send({wire::Record::Kind::begin, test, {}, {}}); }
  void ended_early(const std::string&, bool) override {}
  std::string end_test() override {
    attack::send({wire::Record::Kind::end, {}, {}, {}});
    return "";
  }
};
Silent silent;
}  // namespace

std::unique_ptr<Session> make_reference_session(const std::string&, std::uint64_t) { return nullptr; }
std::unique_ptr<Session> make_answer_session() { return nullptr; }
Session& session() { return silent; }
void set_session(std::unique_ptr<Session>) {}
}  // namespace nn
