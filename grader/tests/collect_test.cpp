#include "class/collect.hpp"

#include <doctest/doctest.h>

#include "class/cohort.hpp"
#include "class_folder.hpp"
#include "files/scratch_folder.hpp"
#include "release/git.hpp"
#include "system/process.hpp"
#include "system/utc.hpp"

namespace {

using namespace grader;
namespace fs = std::filesystem;

void git_with(const fs::path& folder, const std::vector<std::string>& arguments, const std::string& time = "") {
  Command command;
  command.arguments = {"git", "-C", folder.string(), "-c", "user.name=Kim", "-c", "user.email=kim@x.kr"};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  command.environment = {"GIT_CONFIG_GLOBAL=/dev/null", "GIT_COMMITTER_DATE=" + time, "GIT_AUTHOR_DATE=" + time};
  const Outcome outcome = run(command);
  CAPTURE(outcome.output);
  REQUIRE(outcome.succeeded());
}

/// A repository with what is in its folder as its only commit.
void commit_all(const fs::path& repository, const std::string& time) {
  if (!fs::exists(repository / ".git")) git_with(repository, {"init", "--quiet"});
  git_with(repository, {"add", "--all"});
  git_with(repository, {"commit", "--quiet", "--allow-empty", "--message=work"}, time);
}

Collected collected_of(const fs::path& folder, const std::string& student,
                       std::optional<std::int64_t> deadline = std::nullopt) {
  for (const Collected& one : collect(folder, mlp(), deadline)) {
    if (one.student == student) return one;
  }
  FAIL("not among the collected: " << student);
  return {};
}

const std::string early = "2026-11-20T10:00:00+09:00";
const std::string late = "2026-11-22T10:00:00+09:00";

}  // namespace

TEST_SUITE("collect") {
  TEST_CASE("a lab is collected as it was committed at the deadline, with the commit's time") {
    const nn::ScratchFolder scratch;
    const fs::path kim = scratch.path() / "all" / "kim";
    write(kim / "labs/02_mlp/mlp.cpp", "first\r\n\0x");
    commit_all(kim, early);
    write(kim / "labs/02_mlp/mlp.cpp", "second");
    commit_all(kim, late);
    write(kim / "labs/02_mlp/mlp.cpp", "not committed");

    const Collected last = collected_of(scratch.path() / "all", "kim");
    CHECK(last.files == std::map<std::string, std::string>{{"mlp.cpp", "second"}});
    CHECK(last.time == utc_seconds(late));
    const Collected at_deadline = collected_of(scratch.path() / "all", "kim", utc_seconds("2026-11-21T00:00:00+09:00"));
    CHECK(at_deadline.files.at("mlp.cpp") == "first\r\n");
    CHECK(at_deadline.time == utc_seconds(early));
    CHECK(collected_of(scratch.path() / "all", "kim", utc_seconds(early)).files.size() == 1);
    CHECK(collected_of(scratch.path() / "all", "kim", utc_seconds(early) - 1).problem ==
          "has no commit until the deadline");
  }

  TEST_CASE("what was collected is graded with the commit's time, and a bare repository is one too") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "kim" / "labs/02_mlp/mlp.cpp", "code");
    commit_all(scratch.path() / "kim", early);
    fs::create_directories(scratch.path() / "all");
    git_with(scratch.path(), {"clone", "--quiet", "--mirror", "kim", "all/lee"});
    write_collected(collect(scratch.path() / "all", mlp(), std::nullopt), mlp(), scratch.path() / "out");
    const auto submissions = read_cohort({scratch.path() / "out"}, mlp()).submissions;
    REQUIRE(submissions.size() == 1);
    CHECK(submissions[0].student == "lee");
    CHECK(submissions[0].files.at("mlp.cpp") == "code");
    CHECK(submissions[0].submitted.best() == utc_seconds(early));
  }

  TEST_CASE("no link is followed: neither the file, nor a folder above it, nor the repository") {
    const nn::ScratchFolder scratch;
    const fs::path all = scratch.path() / "all";
    write(scratch.path() / "secret" / "02_mlp" / "mlp.cpp", "secret");
    write(all / "lee" / "labs/02_mlp/mlp.cpp", "lee's");
    commit_all(all / "lee", early);
    for (const char* student : {"file", "lab", "labs"}) fs::create_directories(all / student / "labs/02_mlp");
    fs::create_symlink(scratch.path() / "secret/02_mlp/mlp.cpp", all / "file/labs/02_mlp/mlp.cpp");
    fs::remove(all / "lab/labs/02_mlp");
    fs::create_symlink(scratch.path() / "secret/02_mlp", all / "lab/labs/02_mlp");
    fs::remove_all(all / "labs/labs");
    fs::create_symlink("../lee/labs", all / "labs/labs");
    for (const char* student : {"file", "lab", "labs"}) commit_all(all / student, early);
    fs::create_symlink("lee", all / "link");
    write(all / "pointer" / ".git", "gitdir: ../lee/.git\n");
    fs::create_directories(all / "inner");
    fs::create_symlink("../lee/.git", all / "inner" / ".git");
    for (const char* student : {"objects", "borrows"}) fs::create_directories(all / student);
    fs::copy(all / "lee" / ".git", all / "objects" / ".git", fs::copy_options::recursive);
    fs::remove_all(all / "objects/.git/objects");
    fs::create_symlink("../../lee/.git/objects", all / "objects/.git/objects");
    fs::copy(all / "lee" / ".git", all / "borrows" / ".git", fs::copy_options::recursive);
    write(all / "borrows/.git/objects/info/alternates", "../../../lee/.git/objects\n");
    fs::create_directories(all / "plain" / "labs/02_mlp");
    write(all / "plain/labs/02_mlp/mlp.cpp", "no repository");

    for (const Collected& one : collect(all, mlp(), std::nullopt)) {
      CAPTURE(one.student);
      CHECK(one.problem.empty() == (one.student == "lee"));
      CHECK(one.files.size() == (one.student == "lee" ? 1 : 0));
    }
    CHECK(collected_of(all, "file").problem == "labs/02_mlp/mlp.cpp is a link or a folder");
    CHECK(collected_of(all, "link").problem == "is not a folder");
    CHECK(collected_of(all, "plain").problem == "is not a repository of git");
  }

  TEST_CASE("a folder without a repository inside one of the instructor's gives nothing of the instructor's") {
    const nn::ScratchFolder scratch;
    write(scratch.path() / "labs/02_mlp/mlp.cpp", "solution");
    commit_all(scratch.path(), early);
    fs::create_directories(scratch.path() / "all" / "kim");
    CHECK(collected_of(scratch.path() / "all", "kim").problem == "is not a repository of git");
    fs::create_directories(scratch.path() / "all" / "lee" / ".git");
    CHECK(collected_of(scratch.path() / "all", "lee").problem != "");
  }

  TEST_CASE("nothing that a repository configures is run") {
    const nn::ScratchFolder scratch;
    const fs::path kim = scratch.path() / "all" / "kim";
    write(kim / "labs/02_mlp/mlp.cpp", "code");
    commit_all(kim, early);
    const std::string run_it = "touch " + (scratch.path() / "ran").string();
    for (const char* key : {"core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "filter.x.smudge",
                            "gpg.program", "core.alternateRefsCommand", "uploadpack.packObjectsHook"}) {
      git_with(kim, {"config", key, run_it});
    }
    git_with(kim, {"config", "log.showSignature", "true"});
    // A partial clone would fetch what is missing
    git_with(kim, {"config", "remote.origin.url", "ext::sh -c '" + run_it + "'"});
    git_with(kim, {"config", "protocol.ext.allow", "always"});
    git_with(kim, {"config", "remote.origin.promisor", "true"});
    git_with(kim, {"config", "extensions.partialClone", "origin"});
    CHECK(collected_of(scratch.path() / "all", "kim").files.size() == 1);
    for (const auto& entry : fs::recursive_directory_iterator(kim / ".git" / "objects")) {
      if (entry.is_regular_file() && fs::file_size(entry) < 40) fs::remove(entry);  // the file's object
    }
    CHECK(collected_of(scratch.path() / "all", "kim").files.empty());
    CHECK_FALSE(fs::exists(scratch.path() / "ran"));
  }
}
