#include "release/release.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fstream>

#include "files/whole_file.hpp"
#include "lab/release_manifest.hpp"
#include "release/git.hpp"
#include "release/release_scan.hpp"
#include "release/release_update.hpp"
#include "scratch_repository.hpp"

namespace fs = std::filesystem;
using namespace grader;

namespace {

using Paths = std::vector<std::string>;

constexpr const char* solution = R"(#include "mlp.hpp"

namespace nn {

Real f(Real x) {
  const Real square = x * x;
  const Real cube = square * x;
  // Add all three
  const Real sum = x + square + cube;
  if (sum > limit) {
    return limit * sum;
  }
  return sum + 1;
}

}  // namespace nn
)";

constexpr const char* starter = R"(#include "mlp.hpp"

namespace nn {

Real f(Real x) {
  not_implemented();
}

}  // namespace nn
)";

/// A course with one lab.
CourseFiles course() {
  return {{"course", {"#!/bin/sh\n", true}},
          {"README.md", {"Begin with ./course\n", false}},
          {".gitignore", {"*.backup-*\n", false}},
          {"labs/.gitignore", {"/02_mlp/mlp.cpp\n", false}},
          {"labs/02_mlp/lab.json", {R"({"title": "MLP", "week": 2, "files": ["mlp.cpp"]})", false}},
          {"labs/02_mlp/README.md", {"Answers: [`a`](../../solutions/02_mlp/answers.md). See [h](mlp.hpp).\n", false}},
          {"labs/02_mlp/mlp.hpp", {"Real f(Real x);\n", false}},
          {"labs/02_mlp/starter/mlp.cpp", {starter, false}},
          {"grader/instructor/hosts/github/grade.yml", {"on: push\n", false}},
          {"grader/tests/attacks/exit.cpp", {"int x = 1;\n", false}},
          {"solutions/02_mlp/answers.md", {"Because.\n", false}},
          {"solutions/02_mlp/mlp.cpp", {solution, false}}};
}

/// Gives git an author for the duration of a test.
struct Committer {
  Committer() {
    for (const char* role : {"AUTHOR", "COMMITTER"}) {
      setenv(fmt::format("GIT_{}_NAME", role).c_str(), "Kim", 1);
      setenv(fmt::format("GIT_{}_EMAIL", role).c_str(), "kim@example.org", 1);
    }
  }
};

Release release_of(const CourseFiles& files, const std::string& version = "1") {
  Release release = make_release(files, {});
  release.version = version;
  return release;
}

/// A clone of the first release in a student's hands, and a second release: README.md changed, mlp.hpp gone, extra.hpp
/// new.
struct StudentTree {
  Committer committer;
  ScratchRepository scratch;
  fs::path tree = scratch.root() / "student";
  Release second;

  StudentTree() {
    create_release(scratch.root() / "release", release_of(course()));
    git(scratch.root(), {"clone", "--quiet", "release", "student"});
    scratch.write("student/labs/02_mlp/mlp.cpp", "my code\n");
    CourseFiles files = course();
    files["README.md"].content = "Begin with ./course, always\n";
    files.erase("labs/02_mlp/mlp.hpp");
    files["labs/02_mlp/extra.hpp"] = {"extra\n", false};
    second = release_of(files, "2");
  }

  std::string read(const std::string& path) const { return nn::read_whole(tree / path); }
  std::string status() const { return git(tree, {"status", "--porcelain"}); }
};

}  // namespace

TEST_SUITE("release") {
  TEST_CASE("solutions, answers and attacks are withheld, and links to them are cut") {
    const Release release = make_release(course(), {});
    CHECK(release.files.size() == 8);
    CHECK(release.withheld.size() == 4);
    CHECK(release.withheld.contains("labs/.gitignore"));  // students commit what it hides
    CHECK(release.files.contains(".github/workflows/grade.yml"));
    CHECK(release.files.at("course").executable);
    CHECK(release.files.at("labs/02_mlp/README.md").content ==
          "Answers: `a` (your instructor has it). See [h](mlp.hpp).\n");
    CHECK(release.yours == std::set<std::string>{"labs/02_mlp/mlp.cpp"});
  }

  TEST_CASE("a student's file that was committed by mistake is not released") {
    CourseFiles files = course();
    files["labs/02_mlp/mlp.cpp"] = {solution, false};
    CHECK_FALSE(make_release(files, {}).files.contains("labs/02_mlp/mlp.cpp"));
  }

  TEST_CASE("the solutions of an open lab are released") {
    const Release release = make_release(course(), {"02_mlp"});
    CHECK(release.files.contains("solutions/02_mlp/mlp.cpp"));
    CHECK(release.files.at("labs/02_mlp/README.md").content.find("](../../solutions") != std::string::npos);
    CHECK(release.withheld.size() == 2);
  }

  TEST_CASE("what a manifest says is read again, and another text is an error") {
    const ReleaseManifest manifest = parse_release_manifest(manifest_text(release_of(course(), "7")));
    CHECK(manifest.version == "7");
    CHECK(manifest.files.size() == 8);
    CHECK(manifest.yours.size() == 1);
    CHECK_THROWS_AS(parse_release_manifest("{"), std::runtime_error);
    CHECK_THROWS_AS(parse_release_manifest("{}"), std::runtime_error);
  }
}

TEST_SUITE("release scan") {
  /// The leaks if a released file contains this text.
  std::vector<Leak> leaks_with(const std::string& text) {
    CourseFiles files = course();
    files["common/notes.hpp"] = {"first line here\n" + text, false};
    return find_leaks(make_release(files, {}));
  }

  TEST_CASE("a course without a leak has none") { CHECK(leaks_with("").empty()); }

  TEST_CASE("five lines of a solution are found, with both places") {
    const std::string text = solution;
    const std::vector<Leak> leaks = leaks_with(text.substr(text.find("  const Real square")));
    REQUIRE(leaks.size() == 1);
    CHECK(leaks[0].withheld == "solutions/02_mlp/mlp.cpp:6");
    CHECK(leaks[0].released == "common/notes.hpp:2");
  }

  TEST_CASE("five lines are found with other space, as a comment, and with blank lines and braces between them") {
    CHECK(leaks_with("//const Real square=x*x;\n> const Real cube = square * x;\n\n}\nAdd all three\n"
                     "+ const Real sum = x + square + cube;\n\tif (sum>limit) {\n")
              .size() == 1);
  }

  TEST_CASE("four lines are no leak, nor are includes and the starter's lines in any number") {
    CHECK(leaks_with("const Real square = x * x;\nconst Real cube = square * x;\nAdd all three\n"
                     "const Real sum = x + square + cube;\nsomething else\nif (sum > limit) {\n")
              .empty());
    CHECK(leaks_with(starter).empty());
    CHECK(leaks_with("#include \"mlp.hpp\"\nnamespace nn {\nReal f(Real x) {\n}\n}\n}  // namespace nn\n").empty());
  }
}

TEST_SUITE("release update") {
  TEST_CASE("a new release is a repository with one commit and nothing uncommitted") {
    const Committer committer;
    const ScratchRepository scratch;
    const fs::path folder = scratch.root() / "release";
    create_release(folder, release_of(course()));
    CHECK(git(folder, {"rev-list", "--count", "--all"}) == "1\n");
    CHECK(git(folder, {"status", "--porcelain"}).empty());
    CHECK_FALSE(fs::exists(folder / "solutions"));
    CHECK((fs::status(folder / "course").permissions() & fs::perms::owner_exec) != fs::perms::none);
    CHECK_THROWS_WITH_AS(create_release(folder, release_of(course())), doctest::Contains("add --update"),
                         std::runtime_error);
  }

  TEST_CASE("a folder that cannot be committed is not made at all") {
    const ScratchRepository scratch;
    for (const char* variable : {"GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"}) {
      setenv(variable, "", 1);
    }
    CHECK_THROWS_AS(create_release(scratch.root() / "release", release_of(course())), std::runtime_error);
    CHECK(fs::is_empty(scratch.root()));
  }

  TEST_CASE("an update brings the given files, leaves the student's own, and git is clean but for these") {
    const StudentTree student;
    student.scratch.write("student/notes.txt", "mine\n");
    const UpdateReport report = update_release(student.tree, student.second);
    CHECK(report.added == Paths{"labs/02_mlp/extra.hpp"});
    CHECK(report.changed == Paths{"README.md", "release.json"});
    CHECK(report.removed == Paths{"labs/02_mlp/mlp.hpp"});
    CHECK(report.backups.empty());
    CHECK(report.committed);
    CHECK(student.read("README.md") == "Begin with ./course, always\n");
    CHECK(student.read("labs/02_mlp/mlp.cpp") == "my code\n");
    CHECK(student.status() == "?? labs/02_mlp/mlp.cpp\n?? notes.txt\n");
  }

  TEST_CASE("a second update has nothing to do") {
    const StudentTree student;
    update_release(student.tree, student.second);
    const std::string before = git(student.tree, {"rev-parse", "HEAD"});
    const UpdateReport report = update_release(student.tree, student.second);
    CHECK(report.empty());
    CHECK_FALSE(report.committed);
    CHECK(git(student.tree, {"rev-parse", "HEAD"}) == before);
  }

  TEST_CASE("a changed file that is not the student's is kept under another name") {
    const StudentTree student;
    student.scratch.write("student/README.md", "my notes\n");
    student.scratch.write("student/labs/02_mlp/mlp.hpp", "my header\n");
    student.scratch.write("student/labs/02_mlp/extra.hpp", "my extra\n");
    const UpdateReport report = update_release(student.tree, student.second);
    CHECK(report.backups ==
          Paths{"README.md.backup-1", "labs/02_mlp/extra.hpp.backup-1", "labs/02_mlp/mlp.hpp.backup-1"});
    CHECK(student.read("README.md.backup-1") == "my notes\n");
    CHECK(student.read("labs/02_mlp/extra.hpp.backup-1") == "my extra\n");
    CHECK(student.read("labs/02_mlp/mlp.hpp.backup-1") == "my header\n");
    CHECK(student.read("labs/02_mlp/extra.hpp") == "extra\n");
    CHECK(student.status() == "?? labs/02_mlp/mlp.cpp\n");
  }

  TEST_CASE("commits and staged files of the student stay as they are") {
    const StudentTree student;
    git(student.tree, {"add", "labs/02_mlp/mlp.cpp"});
    git(student.tree, {"commit", "--quiet", "--message", "Solve it"});
    student.scratch.write("student/labs/02_mlp/mlp.cpp", "my better code\n");
    student.scratch.write("student/staged.txt", "staged\n");
    git(student.tree, {"add", "staged.txt"});
    update_release(student.tree, student.second);
    CHECK(student.read("labs/02_mlp/mlp.cpp") == "my better code\n");
    CHECK(student.status() == " M labs/02_mlp/mlp.cpp\nA  staged.txt\n");
    CHECK(git(student.tree, {"log", "--format=%s"}) ==
          "Update the course to version 2\nSolve it\nRelease of the course, version 1\n");
  }

  TEST_CASE("a student whose tree was updated, and one who was not, pull the same release without a conflict") {
    for (const bool updated : {true, false}) {
      const StudentTree student;
      git(student.tree, {"add", "labs/02_mlp/mlp.cpp"});
      git(student.tree, {"commit", "--quiet", "--message", "Solve it"});
      if (updated) {
        update_release(student.tree, student.second);
      }
      CHECK(update_release(student.scratch.root() / "release", student.second).committed);
      git(student.tree, {"pull", "--quiet", "--no-rebase", "--no-edit"});
      CHECK(student.status().empty());
      CHECK(student.read("README.md") == "Begin with ./course, always\n");
      CHECK(student.read("labs/02_mlp/mlp.cpp") == "my code\n");
    }
  }

  TEST_CASE("an interrupted update is repeated, and then committed") {
    const StudentTree student;
    student.scratch.write("student/README.md", "Begin with ./course, always\n");
    fs::remove(student.tree / "labs/02_mlp/mlp.hpp");
    const UpdateReport report = update_release(student.tree, student.second);
    CHECK(report.backups.empty());
    CHECK(report.committed);
    CHECK(student.status() == "?? labs/02_mlp/mlp.cpp\n");
  }

  TEST_CASE("a copy that is not a git repository is updated too") {
    const StudentTree student;
    fs::remove_all(student.tree / ".git");
    CHECK_FALSE(update_release(student.tree, student.second).committed);
    CHECK(student.read("README.md") == "Begin with ./course, always\n");
  }

  TEST_CASE("a tree that is not a release, has links in its folders or an unfinished merge is refused unchanged") {
    const StudentTree student;
    CHECK_THROWS_WITH_AS(update_release(student.scratch.root(), student.second),
                         doctest::Contains("has no release.json"), std::runtime_error);
    std::ofstream(student.tree / ".git/MERGE_HEAD") << git(student.tree, {"rev-parse", "HEAD"});
    CHECK_THROWS_WITH_AS(update_release(student.tree, student.second), doctest::Contains("is not finished"),
                         std::runtime_error);
    fs::remove(student.tree / ".git/MERGE_HEAD");
    fs::rename(student.tree / "labs", student.scratch.root() / "elsewhere");
    fs::create_directory_symlink(student.scratch.root() / "elsewhere", student.tree / "labs");
    CHECK_THROWS_WITH_AS(update_release(student.tree, student.second), doctest::Contains("a link"), std::runtime_error);
    CHECK(student.read("README.md") == "Begin with ./course\n");
  }
}
