#include "files/scratch_folder.hpp"

#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

TEST_SUITE("scratch folder") {
  TEST_CASE("a scratch folder is new, empty and closed to others, and gone with all that is in it") {
    fs::path path;
    {
      const nn::ScratchFolder first;
      const nn::ScratchFolder second;
      CHECK(first.path() != second.path());
      CHECK(first.names().empty());
      CHECK(fs::status(first.path()).permissions() == fs::perms::owner_all);
      path = first.path();
      fs::create_directories(path / "folder" / "deep");
      std::ofstream(path / "folder" / "file") << "text";
      CHECK(fs::exists(path / "folder" / "file"));
    }
    CHECK_FALSE(fs::exists(path));
  }

  TEST_CASE("names lists files and folders of a scratch folder in order, and not what lies deeper") {
    const nn::ScratchFolder scratch;
    for (const char* name : {"b", "a", ".c"}) std::ofstream(scratch.path() / name) << "text";
    fs::create_directories(scratch.path() / "folder" / "deep");
    CHECK(scratch.names() == std::vector<std::string>{".c", "a", "b", "folder"});
  }

  TEST_CASE("what a killed program left is removed by the next, and nothing of one that runs or of others") {
    const nn::ScratchFolder scratch;
    setenv("TMPDIR", scratch.path().c_str(), 1);
    const auto make_and = [&](int signal) {
      const pid_t child = fork();
      if (child == 0) {
        const nn::ScratchFolder left;
        std::ofstream(left.path() / "file") << "text";
        std::ofstream(scratch.path() / "ready") << "";
        raise(signal);
        _exit(0);
      }
      while (!fs::exists(scratch.path() / "ready")) usleep(1000);
      fs::remove(scratch.path() / "ready");
      return child;
    };
    const pid_t killed = make_and(SIGKILL);
    waitpid(killed, nullptr, 0);
    const pid_t stopped = make_and(SIGSTOP);
    fs::create_directory(scratch.path() / "course-notes");
    fs::create_directory_symlink(scratch.path(), scratch.path() / "course-linked");
    std::ofstream(scratch.path() / "course-abcdef") << "a file";
    CHECK(scratch.names().size() == 5);
    nn::remove_abandoned(scratch.path());
    CHECK(scratch.names().size() == 4);
    kill(stopped, SIGKILL);
    waitpid(stopped, nullptr, 0);
    { const nn::ScratchFolder next; }
    nn::remove_abandoned(scratch.path());
    CHECK(scratch.names() == std::vector<std::string>{"course-abcdef", "course-linked", "course-notes"});
    unsetenv("TMPDIR");
  }
}
