#include "class/names.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "class/cohort.hpp"
#include "class_folder.hpp"
#include "files/scratch_folder.hpp"
#include "submission/archive.hpp"
#include "system/text.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;

void hand_in(const fs::path& folder, const std::string& name) {
  fs::create_directories(folder / name);
  std::ofstream(folder / name / "mlp.cpp") << name;
}

std::vector<std::string> students_in(const fs::path& folder) {
  return students(read_cohort({folder}, mlp()).submissions);
}

/// The warnings about names of a class.
std::vector<std::string> warnings(const std::vector<std::string>& names) {
  const nn::ScratchFolder scratch;
  for (const std::string& name : names) hand_in(scratch.path(), name);
  return warnings_of_names(read_cohort({scratch.path()}, mlp()).submissions);
}

}  // namespace

TEST_SUITE("names") {
  TEST_CASE("who else is in the class changes nobody's name") {
    const nn::ScratchFolder scratch;
    hand_in(scratch.path() / "both", "a b");
    hand_in(scratch.path() / "both", "a'b");
    hand_in(scratch.path() / "one", "a'b");
    const std::vector<std::string> both = students_in(scratch.path() / "both");
    const std::vector<std::string> one = students_in(scratch.path() / "one");
    REQUIRE(one.size() == 1);
    CHECK(both == std::vector<std::string>{"a_b", one[0]});
  }

  TEST_CASE("two submissions that would be called the same are refused with both names") {
    for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{
             {"a b", "a_b"}, {"\u1100\u1175\u11b7", "김"}, {"kim", "02_mlp-kim"}}) {
      const nn::ScratchFolder scratch;
      hand_in(scratch.path(), a);
      hand_in(scratch.path(), b);
      CAPTURE(a);
      CHECK_THROWS_WITH_AS(students_in(scratch.path()), doctest::Contains(a.c_str()), std::runtime_error);
      CHECK_THROWS_WITH_AS(students_in(scratch.path()), doctest::Contains(b.c_str()), std::runtime_error);
    }
    const nn::ScratchFolder scratch;
    hand_in(scratch.path(), "kim");
    write_archive(scratch.path() / "kim.zip", {{"mlp.cpp", "x"}});
    CHECK_THROWS_WITH_AS(students_in(scratch.path()),
                         doctest::Contains("kim and kim.zip would both be the student kim"), std::runtime_error);
  }

  TEST_CASE("names that look alike, and a name with the number of a second try, are warned of with both") {
    const auto has = [](const std::vector<std::string>& all, const std::string& part) {
      return all.size() == 1 && contains(all.front(), part);
    };
    CHECK(has(warnings({"kim", "Kim"}), "Kim and kim look the same"));
    CHECK(has(warnings({"kim", "\uff4b\uff49\uff4d"}), "look the same"));
    CHECK(has(warnings({"kim", "kim\u200b"}), "look the same"));
    CHECK(has(warnings({"kim", "kim\u202e"}), "kim and kim\\u{202E} look the same"));
    CHECK(has(warnings({"kim", "kim (1)"}), "kim and kim (1) may be two tries"));
    CHECK(has(warnings({"kim", "kim-1"}), "kim and kim-1 may be two tries"));
    CHECK(warnings({"kim", "kimi", "lee-1", "20231234", "2023-1234"}).empty());
  }

  TEST_CASE("archives with endings in capital letters are those of the same students") {
    const nn::ScratchFolder scratch;
    write_archive(scratch.path() / "kim.TAR.GZ", {{"mlp.cpp", "x"}});
    write_archive(scratch.path() / "lee.TGZ", {{"mlp.cpp", "y"}});
    CHECK(students_in(scratch.path()) == std::vector<std::string>{"kim", "lee"});
  }

  TEST_CASE("a folder that is called as the lab's file is a student, and hidden entries are told of") {
    const nn::ScratchFolder scratch;
    hand_in(scratch.path(), "kim");
    hand_in(scratch.path(), "mlp.cpp");
    hand_in(scratch.path(), ".lee");
    fs::create_directories(scratch.path() / ".git");
    const Cohort cohort = read_cohort({scratch.path()}, mlp());
    CHECK(cohort.submissions.size() == 2);
    REQUIRE(cohort.warnings.size() > 0);
    CHECK(cohort.warnings[0] == "hidden, so passed over: .lee. If it is a student's, rename it.");
  }

  TEST_CASE("a class in whose folder the lab's file lies is not one submission, nor is a lab's folder a student") {
    const nn::ScratchFolder scratch;
    hand_in(scratch.path(), "kim");
    hand_in(scratch.path(), "lee");
    std::ofstream(scratch.path() / "mlp.cpp") << "x";
    CHECK_THROWS_WITH_AS(students_in(scratch.path()), doctest::Contains("is it one student's or a class?"),
                         std::runtime_error);
    hand_in(scratch.path() / "copied", "02_mlp");
    CHECK_THROWS_WITH_AS(students_in(scratch.path() / "copied"), doctest::Contains("./course collect"),
                         std::runtime_error);
  }
}
