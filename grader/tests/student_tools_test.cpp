#include <doctest/doctest.h>

#include "home/cmake_cache.hpp"
#include "home/compare_files.hpp"
#include "home/complete.hpp"
#include "home/doctor.hpp"
#include "home/hints.hpp"
#include "scratch_repository.hpp"

namespace fs = std::filesystem;
using namespace grader;

namespace {

using Words = std::vector<std::string>;

void add_two_labs(const ScratchRepository& repository) {
  repository.add_lab("01_tensors", R"({"title": "T", "week": 1, "files": ["t.cpp"], "hints": {"1.1": ["Look."]}})");
  repository.add_lab("02_mlp",
                     R"({"title": "M", "week": 2, "files": ["m.cpp"], "hints": {"2.1": ["One?", "Two."], "2.2": []}})");
}

}  // namespace

TEST_SUITE("student tools") {
  TEST_CASE(
      "two files are shown side by side where there is room, else one under the other, or not if they are equal") {
    const ScratchRepository repository;
    repository.write("mine", "same\nmine\n");
    repository.write("reference", "same\nother\nmore\n");
    const fs::path mine = repository.root() / "mine";
    const fs::path reference = repository.root() / "reference";

    const std::string wide = compare_files(mine, reference, 120);
    CHECK(wide.starts_with("same "));
    CHECK(wide[wide.find("\nmine") + 1 + column_of_sign(120)] == '|');
    const std::string narrow = compare_files(mine, reference, 60);
    CHECK(narrow.starts_with("--- yours\n+++ reference\n"));
    CHECK(narrow.find("\n-mine\n+other\n+more\n") != std::string::npos);
    CHECK(compare_files(mine, mine, 120).empty());
    CHECK(compare_files(mine, mine, 60).empty());
  }

  TEST_CASE("the sign between the columns stands where diff puts it, whatever the width") {
    const ScratchRepository repository;
    repository.write("mine", "mine\n");
    repository.write("reference", "other\n");
    for (const std::size_t width : {100, 101, 110, 163, 250}) {
      const std::string text = compare_files(repository.root() / "mine", repository.root() / "reference", width);
      CHECK(text.find('|') == column_of_sign(width));
    }
  }

  TEST_CASE("Tab completes commands, labs and the tasks of a lab") {
    const ScratchRepository repository;
    add_two_labs(repository);
    const Words commands = {"test", "hint"};
    const auto complete = [&](const Words& words) { return completions(repository.root(), commands, words); };
    CHECK(complete({"te"}) == commands);
    CHECK(complete({}) == commands);
    CHECK(complete({"help", ""}) == commands);
    CHECK(complete({"demo", ""}) == Words{"01", "02"});
    CHECK(complete({"test", ""}) == Words{"01", "1.1", "02", "2.1", "2.2"});
    CHECK(complete({"hint", "02", ""}) == Words{"2.1", "2.2"});
    CHECK(complete({"test", "07", ""}).empty());
    CHECK(complete({"earlier", ""}) == Words{"mine", "solution"});
    CHECK(complete({"nonsense", ""}).empty());
  }

  TEST_CASE("each hint is shown after those before it, and the last one says so") {
    const ScratchRepository repository;
    add_two_labs(repository);
    const Lab lab = find_lab(repository.root(), "02");
    CHECK(next_hint(lab, "2.1").find("Two.") == std::string::npos);
    CHECK(next_hint(lab, "2.1").find("Two.") != std::string::npos);
    CHECK(next_hint(lab, "2.1").find("That is all there is") != std::string::npos);
    CHECK_THROWS_AS(next_hint(lab, "2.2"), std::runtime_error);
    CHECK_THROWS_AS(next_hint(lab, "2.9"), std::runtime_error);
  }

  TEST_CASE("what CMake remembers says whose code later labs link; without solutions it is the student's") {
    const ScratchRepository repository;
    CHECK(earlier_labs(repository.root()) == EarlierLabs::mine);
    CHECK_THROWS_AS(choose_earlier_labs(repository.root(), EarlierLabs::solution), std::runtime_error);
    repository.write("solutions/02_mlp/mlp.cpp", "");
    CHECK(earlier_labs(repository.root()) == EarlierLabs::solution);
    repository.write("build/check/CMakeCache.txt", "// Words\nEARLIER_LABS:STRING=mine\nOTHER:BOOL=ON\n");
    CHECK(earlier_labs(repository.root()) == EarlierLabs::mine);
    CHECK(cached_value(repository.root(), "OTHER") == "ON");
    CHECK(cached_value(repository.root(), "EARLIER").empty());
  }

  TEST_CASE("a program's version is the first number with a dot") {
    CHECK(version_in("g++ (Debian 12.2.0-14+deb12u1) 12.2.0") == "12.2.0");
    CHECK(version_in("1.11.1\n") == "1.11.1");
    CHECK(version_in("no number").empty());
  }

  TEST_CASE("packages that are not installed are named") {
    const ScratchRepository repository;
    repository.write("packages.txt", "# what is needed\nlibc6\nno-such-package-of-this-name\n");
    const Words missing = missing_packages(repository.root() / "packages.txt");
    CHECK((missing.empty() || missing.back() == "no-such-package-of-this-name"));
    CHECK(missing.size() <= 2);
  }
}
