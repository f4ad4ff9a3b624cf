#include "home/watch.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <stdexcept>
#include <sys/inotify.h>
#include <termios.h>
#include <unistd.h>

#include "home/progress.hpp"
#include "system/process.hpp"

namespace grader {

namespace {

constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP};
constexpr int look_again = 1000;  // milliseconds: the system tells nothing of saves on shares of other machines
constexpr int settling = 50;      // milliseconds in which an editor finishes a save

termios terminal_before;
std::array<struct sigaction, signals.size()> handlers_before;

void give_terminal_back() { tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before); }

/// Gives the terminal back, then lets the signal do what it would have done.
extern "C" void give_back_and_end(int signal) {
  give_terminal_back();
  for (std::size_t i = 0; i < signals.size(); ++i) {
    if (signals[i] == signal) {
      sigaction(signal, &handlers_before[i], nullptr);
    }
  }
  raise(signal);
}

void take_terminal() {
  if (tcgetattr(STDIN_FILENO, &terminal_before) != 0 || isatty(STDOUT_FILENO) != 1) {
    throw std::runtime_error("watch needs a terminal: type it there, without a pipe");
  }
  pass_interrupts_on();
  struct sigaction action {};
  action.sa_handler = give_back_and_end;
  for (std::size_t i = 0; i < signals.size(); ++i) {
    sigaction(signals[i], &action, &handlers_before[i]);
  }
  termios raw = terminal_before;
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  raw.c_cc[VSUSP] = _POSIX_VDISABLE;  // a stopped program would leave the terminal like this
  tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

}  // namespace

Watch::Watch(const Lab& lab) : lab_(lab), files_(fingerprint(lab)) {
  take_terminal();
  saves_ = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  for (const std::string& file : lab_.files) {
    // Editors write a new file and rename it, so the folder is watched
    inotify_add_watch(saves_, (lab_.folder() / file).parent_path().c_str(), IN_CLOSE_WRITE | IN_MOVED_TO);
  }
}

Watch::~Watch() {
  give_terminal_back();
  for (std::size_t i = 0; i < signals.size(); ++i) {
    sigaction(signals[i], &handlers_before[i], nullptr);
  }
  if (saves_ >= 0) {
    close(saves_);
  }
}

bool Watch::have_files_changed() {
  const std::string now = fingerprint(lab_);
  const bool changed = now != files_;
  files_ = now;
  return changed;
}

char Watch::wait() {
  while (!have_files_changed()) {
    std::array<pollfd, 2> waiting = {pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{saves_, POLLIN, 0}};
    if (poll(waiting.data(), waiting.size(), look_again) < 0 && errno != EINTR) {
      return 'q';
    }
    if (waiting[1].revents != 0) {
      std::array<char, 4096> events;
      while (read(saves_, events.data(), events.size()) > 0) {
      }
      poll(nullptr, 0, settling);
    }
    if (waiting[0].revents != 0) {
      char key = 'q';
      return read(STDIN_FILENO, &key, 1) == 1 ? key : 'q';
    }
  }
  return '\0';
}

}  // namespace grader
