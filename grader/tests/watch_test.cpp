#include "home/watch.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <functional>
#include <poll.h>
#include <stdexcept>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "scratch_repository.hpp"

namespace fs = std::filesystem;
using namespace grader;

namespace {

/// A terminal of which this process holds both ends.
class TestTerminal {
 public:
  TestTerminal() : outer_(posix_openpt(O_RDWR | O_NOCTTY)) {
    grantpt(outer_);
    unlockpt(outer_);
    inner_ = open(ptsname(outer_), O_RDWR | O_NOCTTY);
  }
  TestTerminal(const TestTerminal&) = delete;
  TestTerminal& operator=(const TestTerminal&) = delete;
  ~TestTerminal() {
    close(inner_);
    close(outer_);
  }

  /// Runs a program in it, which ends with the status that it returns, once it has called `ready`.
  pid_t start(const std::function<int(const std::function<void()>& ready)>& program) const {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    const pid_t child = fork();
    if (child == 0) {
      setsid();
      ioctl(inner_, TIOCSCTTY, 0);
      dup2(inner_, STDIN_FILENO);
      dup2(inner_, STDOUT_FILENO);
      for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        std::signal(signal, SIG_DFL);
      }
      _exit(program([&] { (void)!write(ends[1], "r", 1); }));
    }
    char ready = 0;
    close(ends[1]);
    REQUIRE(read(ends[0], &ready, 1) == 1);
    close(ends[0]);
    return child;
  }

  void type(char key) const { REQUIRE(write(outer_, &key, 1) == 1); }
  /// Does it hand over each key at once?
  bool is_raw() const {
    termios settings{};
    REQUIRE(tcgetattr(inner_, &settings) == 0);
    return (settings.c_lflag & static_cast<tcflag_t>(ICANON | ECHO)) == 0;
  }

 private:
  int outer_;
  int inner_ = -1;
};

int status_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

Lab lab_in(const ScratchRepository& repository) {
  repository.add_lab("02_mlp", R"({"title": "MLP", "week": 2, "files": ["mlp.cpp"]})");
  repository.write("labs/02_mlp/mlp.cpp", "one");
  return find_lab(repository.root(), "02");
}

}  // namespace

TEST_SUITE("watch") {
  TEST_CASE("a key is handed over at once, and the terminal is given back at the end") {
    const ScratchRepository repository;
    const Lab lab = lab_in(repository);
    const TestTerminal terminal;
    const pid_t child = terminal.start([&](const auto& ready) {
      Watch watch(lab);
      ready();
      return int{watch.wait()};
    });
    CHECK(terminal.is_raw());
    terminal.type('n');
    CHECK(WEXITSTATUS(status_of(child)) == 'n');
    CHECK(!terminal.is_raw());
  }

  TEST_CASE("a save is noticed, by writing or by renaming, but not one that changes nothing") {
    const ScratchRepository repository;
    const Lab lab = lab_in(repository);
    const TestTerminal terminal;
    const pid_t child = terminal.start([&](const auto& ready) {
      Watch watch(lab);
      ready();
      const bool saved = watch.wait() == '\0' && watch.wait() == '\0';
      return saved ? int{watch.wait()} : 1;
    });
    repository.write("labs/02_mlp/mlp.cpp", "two");
    poll(nullptr, 0, 300);
    repository.write("labs/02_mlp/new", "three");
    fs::rename(lab.folder() / "new", lab.folder() / "mlp.cpp");
    poll(nullptr, 0, 300);
    repository.write("labs/02_mlp/mlp.cpp", "three");
    poll(nullptr, 0, 300);
    terminal.type('q');
    CHECK(WEXITSTATUS(status_of(child)) == 'q');
  }

  TEST_CASE("an interrupt ends it, and gives the terminal back") {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
      const ScratchRepository repository;
      const Lab lab = lab_in(repository);
      const TestTerminal terminal;
      const pid_t child = terminal.start([&](const auto& ready) {
        Watch watch(lab);
        ready();
        return int{watch.wait()};
      });
      CHECK(terminal.is_raw());
      kill(child, signal);
      CHECK(WTERMSIG(status_of(child)) == signal);
      CHECK(!terminal.is_raw());
    }
  }
}
