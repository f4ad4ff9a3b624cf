#include "class/gradebook/policy.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "class_folder.hpp"
#include "files/scratch_folder.hpp"
#include "system/text.hpp"
#include "system/utc.hpp"

namespace {

using namespace grader;

Policy policy_from(const std::string& text) {
  const nn::ScratchFolder scratch;
  std::ofstream(scratch.path() / "policy.json") << text;
  return load_policy(scratch.path() / "policy.json");
}

std::string refusal(const std::string& text) {
  try {
    policy_from(text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

constexpr const char* full = R"({
  "counts": "best",
  "due": {"02_mlp": "2026-12-01T23:59:00+09:00"},
  "grace_days": 1,
  "percent": 10, "per": "day", "max_percent": 35,
  "extensions": {"kim": {"02_mlp": 2}, "lee": {"every lab": 0.5}}
})";

}  // namespace

TEST_SUITE("policy") {
  TEST_CASE("grace days and extensions move the end of a student's time") {
    const Policy policy = policy_from(full);
    const std::int64_t due = utc_seconds("2026-12-01T14:59:00Z");
    constexpr std::int64_t day = 86'400;
    const auto late = [&](const std::string& student, std::int64_t after_due) {
      return policy.seconds_late(student, "02_mlp", utc_text(due + after_due));
    };
    CHECK(late("park", -5) == 0);
    CHECK(late("park", day) == 0);
    CHECK(late("park", day + 1) == 1);
    CHECK(late("kim", 3 * day) == 0);
    CHECK(late("kim", 3 * day + 7) == 7);
    CHECK(late("lee", day + day / 2 + 9) == 9);
    CHECK(policy.seconds_late("park", "03_optimizers", "2030-01-01T00:00:00Z") == 0);
    CHECK(policy.seconds_late("park", "02_mlp", "") == 0);
  }

  TEST_CASE("every unit begun costs its share, up to the cap") {
    const Policy policy = policy_from(full);
    CHECK(policy.penalty_percent(0) == 0);
    CHECK(policy.penalty_percent(1) == 10);
    CHECK(policy.penalty_percent(86'400) == 10);
    CHECK(policy.penalty_percent(86'401) == 20);
    CHECK(policy.penalty_percent(10 * 86'400) == 35);
    const Policy hours = policy_from(R"({"percent": 1, "per": "hour"})");
    CHECK(hours.penalty_percent(3'601) == 2);
    CHECK(hours.penalty_percent(1'000 * 3'600) == 100);
  }

  TEST_CASE("an invalid policy is refused with the key that is wrong") {
    CHECK(refusal("{").find("the file") != std::string::npos);
    CHECK(refusal(R"({"percents": 10})").find("\"percents\" is not a key") != std::string::npos);
    CHECK(refusal(R"({"percent": 101})").find("\"percent\" must be a number from 0 to 100") != std::string::npos);
    CHECK(refusal(R"({"percent": "10"})").find("\"percent\"") != std::string::npos);
    CHECK(refusal(R"({"per": "week"})").find("\"day\"") != std::string::npos);
    CHECK(refusal(R"({"due": {"02_mlp": "tomorrow"}})").find("'tomorrow' is not a time") != std::string::npos);
    CHECK(refusal(R"({"due": 5})") != "");
    CHECK(refusal(R"({"extensions": {"kim": {"02_mlp": -1}}})").find("\"extensions\"") != std::string::npos);
    CHECK(refusal(R"({"extensions": {"kim": 2}})").find("must be an object") != std::string::npos);
    CHECK(refusal(R"([1])").find("must be an object") != std::string::npos);
  }

  TEST_CASE("a lab or a student that does not exist is refused with the nearest name") {
    const std::vector<std::string> labs = {"01_tensors", "02_mlp"};
    const Roster roster({person("kimminsu", "Kim Minsu", "20231234")});
    const auto problem = [&](const std::string& text, const Roster& people, const std::vector<std::string>& others) {
      try {
        check_names(policy_from(text), labs, people, others);
      } catch (const std::runtime_error& error) {
        return std::string(error.what());
      }
      return std::string();
    };
    const std::string date = R"("2026-12-01T00:00:00Z")";
    CHECK(contains(problem(R"({"due": {"02": )" + date + "}}", {}, {}), "Did you mean '02_mlp'?"));
    CHECK(contains(problem(R"({"due": {"mlp": )" + date + "}}", {}, {}), "Did you mean '02_mlp'?"));
    CHECK(contains(problem(R"({"due": {"01_tensor": )" + date + "}}", {}, {}), "Did you mean '01_tensors'?"));
    CHECK(contains(problem(R"({"extensions": {"kimminsu": {"03_rnn": 1}}})", roster, {}), "the lab '03_rnn'"));
    CHECK(contains(problem(R"({"extensions": {"kiminsu": {"02_mlp": 1}}})", roster, {}), "Did you mean 'kimminsu'?"));
    CHECK(problem(R"({"due": {"02_mlp": )" + date + R"(}, "extensions": {"20231234": {"every lab": 1}}})", roster,
                  {}) == "");
    CHECK(problem(R"({"extensions": {"lee": {"02_mlp": 1}}})", roster, {"lee"}) == "");
    CHECK(problem(R"({"extensions": {"lee": {"02_mlp": 1}}})", {}, {}) == "");
  }
}

TEST_SUITE("utc") {
  TEST_CASE("a time is read as it was written, whatever its zone") {
    for (const std::int64_t seconds : {0LL, 951'782'399LL, 1'764'597'540LL, 4'102'444'800LL}) {
      CHECK(utc_seconds(utc_text(seconds)) == seconds);
    }
    CHECK(utc_seconds("2026-12-01T23:59:00+09:00") == utc_seconds("2026-12-01T14:59:00Z"));
    CHECK(utc_seconds("2026-12-01T14:59:00-03:30") == utc_seconds("2026-12-01T18:29:00Z"));
    for (const char* text : {"2026-12-01 23:59:00.123456 +0900", "2026-12-01 14:59:00 UTC", "2026-12-01T14:59:00.9Z",
                             "2026-12-01 23:59:00 +09:00"}) {
      CAPTURE(text);
      CHECK(utc_seconds(text) == utc_seconds("2026-12-01T14:59:00Z"));
    }
  }

  TEST_CASE("what is not a time is refused") {
    for (const char* text : {"", "2026-12-01", "2026-12-01T23:59:00", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z",
                             "2026-12-01T25:00:00Z", "2026-12-01T00:00:00Zx", "2026-12-01T00:00:00+9:00", "x",
                             "2026-12-01T00:00:00.Z", "2026-12-01T00:00:00 ", "2026-12-01x00:00:00Z"}) {
      CAPTURE(text);
      CHECK_THROWS_AS(utc_seconds(text), std::runtime_error);
    }
  }
}
