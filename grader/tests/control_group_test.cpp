#include "sandbox/control_group.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <system_error>
#include <unistd.h>

#include "files/scratch_folder.hpp"
#include "files/whole_file.hpp"
#include "sandbox/sandbox.hpp"
#include "system/process.hpp"

namespace fs = std::filesystem;
using grader::ControlGroup;
using grader::find_control_groups;

namespace {

/// A folder that looks like a cgroup file system to code that only reads and writes files; there is no kernel behind
/// it.
struct PaperGroup {
  nn::ScratchFolder folder;
  fs::path group = folder.path() / "user.slice";

  PaperGroup(const std::string& controllers, const std::string& given_below) {
    fs::create_directories(group / "course");
    for (const char* name : {"cgroup.procs", "course/cgroup.procs"}) std::ofstream(group / name) << "";
    std::ofstream(group / "cgroup.controllers") << controllers;
    std::ofstream(group / "cgroup.subtree_control") << given_below;
  }
};

}  // namespace

TEST_SUITE("control groups") {
  TEST_CASE("cgroup: a group that gives memory and pids to groups below is taken as it is") {
    const PaperGroup paper("cpu memory pids", "memory pids");
    CHECK(find_control_groups(paper.folder.path(), "/user.slice") == paper.group);
    CHECK(nn::read_whole(paper.group / "cgroup.procs").empty());
    CHECK(nn::read_whole(paper.group / "course/cgroup.procs").empty());
  }

  TEST_CASE("cgroup: from a group of its own, this process steps down and asks for the controllers") {
    const PaperGroup paper("cpu memory pids", "");
    CHECK(find_control_groups(paper.folder.path(), "/user.slice") == paper.group);
    CHECK(nn::read_whole(paper.group / "course/cgroup.procs") == "0");
    CHECK(nn::read_whole(paper.group / "cgroup.subtree_control") == "+memory +pids");
  }

  TEST_CASE("cgroup: none is found without the controllers, the mount or the group") {
    const PaperGroup paper("cpu io memory", "");
    CHECK_FALSE(find_control_groups(paper.folder.path(), "/user.slice"));
    CHECK_FALSE(find_control_groups(paper.folder.path(), "/other.slice"));
    CHECK_FALSE(find_control_groups("", "/user.slice"));
    CHECK_FALSE(find_control_groups(paper.folder.path(), ""));
  }

  TEST_CASE("cgroup: what cannot be limited is an error, and no group is left") {
    const PaperGroup paper("memory pids", "memory pids");
    // Here a new group has none of the kernel's files
    CHECK_THROWS_AS(ControlGroup(paper.group, grader::test_limits()), std::system_error);
    CHECK(std::distance(fs::directory_iterator(paper.group), fs::directory_iterator()) == 4);
  }

  TEST_CASE("cgroup: the groups of a killed grader with the same number are skipped") {
    const PaperGroup paper("memory pids", "memory pids");
    for (int i = 0; i < 100; ++i) fs::create_directory(paper.group / fmt::format("course-{}-{}", getpid(), i));
    try {
      const ControlGroup group(paper.group, grader::test_limits());
    } catch (const std::system_error& error) {
      CHECK(error.code() == std::errc::no_such_file_or_directory);  // it was made, and here has no memory.max
    }
  }

  TEST_CASE("cgroup: a job is limited as a whole, and its group is removed afterwards") {
    if (!grader::control_groups()) {
      MESSAGE("skipped: this machine has no cgroup v2 with memory and pids that this process may use");
      return;
    }
    fs::path path;
    {
      grader::Limits limits = grader::test_limits();
      limits.address_space = 64 << 20;
      const ControlGroup group(*grader::control_groups(), limits);
      path = group.path();
      grader::Command command;
      command.arguments = group.entrance();
      for (const char* word : {"sh", "-c", "cat /proc/self/cgroup; x=$(head -c 200000000 /dev/zero | tr '\\0' x)"}) {
        command.arguments.push_back(word);
      }
      const grader::Outcome outcome = run(command);
      CHECK(outcome.output.find(path.filename().string()) != std::string::npos);
      CHECK_FALSE(outcome.succeeded());
      CHECK(group.reached_its_memory());
    }
    CHECK_FALSE(fs::exists(path));
    CHECK(grader::containment(grader::Isolation::sandbox) == "bubblewrap, cgroup v2");
  }

  TEST_CASE("cgroup: the report says which containment is in force") {
    const std::string limits = grader::control_groups() ? "cgroup v2" : "rlimits";
    CHECK(grader::containment(grader::Isolation::sandbox) == "bubblewrap, " + limits);
    CHECK(grader::containment(grader::Isolation::unsafe) == "none (--unsafe), " + limits);
  }
}
