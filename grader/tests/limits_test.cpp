#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>

#include "files/scratch_folder.hpp"
#include "lab/lab_limits.hpp"

using grader::Lab;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

std::string message_for(const json& fields) {
  Lab lab;
  try {
    grader::read_limits(lab, fields, "lab.json");
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_SUITE("limits") {
  TEST_CASE("limits: those that a file names change, the others stay") {
    Lab lab;
    grader::read_limits(lab,
                        json{{"test", {{"wall_seconds", 60}, {"memory_mib", 4096}, {"processes", 8}}},
                             {"compile", {{"cpu_seconds", 90}, {"output_kib", 1}}}},
                        "lab.json");
    CHECK(lab.test_limits.wall == 60s);
    CHECK(lab.test_limits.address_space == std::uint64_t{4} << 30);
    CHECK(lab.test_limits.processes == 8);
    CHECK(lab.test_limits.cpu == grader::test_limits().cpu);
    CHECK(lab.compile_limits.cpu == 90s);
    CHECK(lab.compile_limits.output_bytes == 1024);
    CHECK(lab.compile_limits.wall == grader::compile_limits().wall);
  }

  TEST_CASE("limits: a wrong one is named, with what it must be") {
    CHECK(message_for({{"test", {{"wall_second", 1}}}}).find("Did you mean 'wall_seconds'") != std::string::npos);
    for (const json& wrong : {json(0), json(-1), json(1.5), json("60"), json(1'000'001), json(nullptr)}) {
      CHECK(message_for({{"test", {{"cpu_seconds", wrong}}}}) ==
            "lab.json: limits for \"test\": \"cpu_seconds\" must be a whole number from 1 to 1000000");
    }
    CHECK(message_for({{"tests", json::object()}}) ==
          "lab.json: limits are for \"compile\" or \"test\", not for \"tests\"");
    CHECK(message_for(json::array()).starts_with("lab.json: the limits must be an object"));
    CHECK(message_for({{"test", 5}}).find("must be an object") != std::string::npos);
  }

  TEST_CASE("limits: a file that is missing or no JSON is named") {
    const nn::ScratchFolder folder;
    Lab lab;
    CHECK_THROWS_WITH(grader::load_limits(lab, "/no/such/file"), "cannot read the limits in /no/such/file");
    std::ofstream(folder.path() / "limits.json") << "{";
    CHECK_THROWS_AS(grader::load_limits(lab, folder.path() / "limits.json"), std::runtime_error);
  }
}
