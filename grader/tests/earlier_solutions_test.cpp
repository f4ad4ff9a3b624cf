#include "class/earlier_solutions.hpp"

#include <doctest/doctest.h>

#include "judge/harness.hpp"
#include "scratch_repository.hpp"
#include "system/utc.hpp"

namespace {

using namespace grader;

const std::string made_from = R"("solutions/02_mlp/mlp.cpp", "solutions/01_tensors/tensors.cpp", "common/nn/mode.cpp",
                                 "solutions/03_optimizers/optimizers.cpp", "labs/03_optimizers/adam_test.cpp")";

/// Lab 03, which links the solutions of these sources.
Lab optimizers(const ScratchRepository& repository, const std::string& sources) {
  repository.add_lab("03_optimizers", R"({"title": "O", "week": 3, "files": ["optimizers.cpp"]})");
  repository.write("build/check/labs/03_optimizers/harness.json",
                   R"({"compiler": "c++", "flags": [], "link_flags": [], "includes": [], "precompiled_header": "",
                       "test_objects": [], "libraries": [], "sources": [)" +
                       sources + "]}");
  return find_lab(repository.root(), "03");
}

Policy due(const std::string& lab01, const std::string& lab02) {
  Policy policy;
  policy.due = {{"01_tensors", utc_seconds(lab01)}, {"02_mlp", utc_seconds(lab02)}};
  return policy;
}

const std::int64_t now = utc_seconds("2026-10-01T00:00:00Z");

}  // namespace

TEST_SUITE("earlier solutions") {
  TEST_CASE("a lab is graded when every lab whose solution it links is closed") {
    const ScratchRepository repository;
    const Lab lab = optimizers(repository, made_from);
    CHECK(linked_solutions(load_harness(lab), lab) == std::vector<std::string>{"01_tensors", "02_mlp"});
    CHECK_NOTHROW(refuse_open_solutions(lab, due("2026-09-01T00:00:00Z", "2026-09-30T23:59:59Z"), now));
    const Lab alone = optimizers(repository, R"("solutions/03_optimizers/optimizers.cpp")");
    CHECK_NOTHROW(refuse_open_solutions(alone, {}, now));
  }

  TEST_CASE(
      "a lab is refused, with the choices, while one that it links can be handed in, or if nobody knows until when") {
    const ScratchRepository repository;
    const Lab lab = optimizers(repository, made_from);
    CHECK_THROWS_WITH_AS(refuse_open_solutions(lab, due("2026-09-01T00:00:00Z", "2026-10-01T00:00:01Z"), now),
                         doctest::Contains("02_mlp (until 2026-10-01T00:00:01Z)"), std::runtime_error);
    CHECK_THROWS_WITH_AS(refuse_open_solutions(lab, {}, now), doctest::Contains("01_tensors (no due date"),
                         std::runtime_error);
    CHECK_THROWS_WITH_AS(refuse_open_solutions(lab, {}, now), doctest::Contains("--earlier-closed"),
                         std::runtime_error);
  }

  TEST_CASE("a lab is open as long as days of grace and the longest extension last") {
    const ScratchRepository repository;
    const Lab lab = optimizers(repository, made_from);
    Policy policy = due("2026-09-01T00:00:00Z", "2026-09-29T00:00:00Z");
    policy.grace_days = 1;
    policy.extensions = {{"kim", {{"every lab", 0.5}}}, {"lee", {{"02_mlp", 1}, {"every lab", 30}}}};
    CHECK(policy.closes("02_mlp") == utc_seconds("2026-10-01T00:00:00Z"));
    CHECK(policy.closes("01_tensors") == utc_seconds("2026-10-02T00:00:00Z"));
    CHECK_FALSE(policy.closes("03_optimizers"));
    policy.extensions["lee"]["every lab"] = 29;
    CHECK_NOTHROW(refuse_open_solutions(lab, policy, now));
    policy.extensions["lee"]["02_mlp"] = 1.5;
    CHECK_THROWS_AS(refuse_open_solutions(lab, policy, now), std::runtime_error);
  }
}
