#include "system/process.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

#include "system/spawn.hpp"

namespace grader {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int answer_descriptor = 3;
constexpr milliseconds max_sleep{50};
constexpr milliseconds dying_time{5000};  // of killed processes, at most
constexpr milliseconds drain_time{500};   // for the rest in the pipes, at most

// The running process groups, for the signal handler; 0 is a free entry.
std::array<std::atomic<pid_t>, 256> running;

extern "C" void pass_on(int signal) {
  for (const std::atomic<pid_t>& group : running) {
    if (const pid_t id = group.load(); id != 0) kill(-id, signal);
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

/// No interrupt reaches this thread in its scope.
class Uninterrupted {
 public:
  Uninterrupted() {
    sigset_t interrupts;
    sigemptyset(&interrupts);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&interrupts, signal);
    pthread_sigmask(SIG_BLOCK, &interrupts, &before_);
  }
  Uninterrupted(const Uninterrupted&) = delete;
  Uninterrupted& operator=(const Uninterrupted&) = delete;
  ~Uninterrupted() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

/// The process group of a started command. None of its processes is left at the end of the scope.
class Group {
 public:
  /// Starts the command. No interrupt can come between its start and its entry among the running groups.
  Group(const Command& command, const Plugs& plugs) {
    const Uninterrupted scope;
    leader_ = spawn(command, plugs);
    for (std::atomic<pid_t>& place : running) {
      pid_t free = 0;
      if (place.compare_exchange_strong(free, leader_)) {
        place_ = &place;
        break;
      }
    }
    ended_ = static_cast<int>(syscall(SYS_pidfd_open, leader_, 0));
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;
  ~Group() {
    if (!reaped_) reap();
    if (place_ != nullptr) *place_ = 0;
    if (ended_ >= 0) close(ended_);
  }

  void kill_all() const { kill(-leader_, SIGKILL); }
  void tell_that_time_is_up() const { kill(-leader_, SIGXCPU); }
  /// A descriptor that becomes readable when the leader ends, or -1 on an old kernel.
  int ended_descriptor() const { return ended_; }
  bool leader_ended() const {
    siginfo_t info{};
    return waitid(P_PID, static_cast<id_t>(leader_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != 0;
  }

  /// Kills what is left and waits until it is gone. Returns the time used by the whole group.
  void reap() {
    kill_all();
    reaped_ = true;
    const Clock::time_point deadline = Clock::now() + dying_time;
    while (true) {
      int status = 0;
      rusage usage{};
      const pid_t id = wait4(-leader_, &status, WNOHANG, &usage);
      if (id > 0) {
        const auto seconds = [](const timeval& t) {
          return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
        };
        cpu_seconds += seconds(usage.ru_utime) + seconds(usage.ru_stime);
        if (id == leader_) leader_status = status;
      } else if ((id < 0 && errno != EINTR) || Clock::now() > deadline) {
        return;
      } else {
        std::this_thread::sleep_for(milliseconds(1));
      }
    }
  }

  int leader_status = SIGKILL;
  double cpu_seconds = 0;

 private:
  pid_t leader_ = 0;
  int ended_ = -1;
  bool reaped_ = false;
  std::atomic<pid_t>* place_ = nullptr;
};

/// Of the bytes that a full reader drops, keeps the last ones and counts the lines before them.
class End {
 public:
  End(std::string& kept, std::size_t& dropped, std::size_t limit) : kept_(kept), dropped_(dropped), limit_(limit) {}

  void take(std::string_view bytes) {
    kept_ += bytes;
    if (kept_.size() > 2 * limit_) shrink();
  }
  void shrink() {
    const auto end = kept_.begin() + static_cast<std::ptrdiff_t>(kept_.size() - std::min(kept_.size(), limit_));
    dropped_ += static_cast<std::size_t>(std::count(kept_.begin(), end, '\n'));
    kept_.erase(kept_.begin(), end);
  }

 private:
  std::string& kept_;
  std::size_t& dropped_;
  std::size_t limit_;
};

/// What is kept of a stream that may be endless.
template <typename Bytes>
class Reader {
 public:
  Reader(const Descriptor& end, Bytes& kept, bool& cut, std::size_t limit, End* rest = nullptr)
      : end_(end.value()), kept_(kept), cut_(cut), limit_(limit), rest_(rest) {}

  bool open() const { return end_ >= 0; }
  /// The descriptor for poll, which skips negative ones.
  int descriptor() const { return end_; }

  /// Reads once. False if there is nothing to read now.
  bool read_some() {
    std::array<char, 1 << 16> buffer;
    const ssize_t count = open() ? read(end_, buffer.data(), buffer.size()) : -1;
    if (count < 0) return false;
    if (count == 0) {
      end_ = -1;
      return false;
    }
    const std::size_t kept = std::min(static_cast<std::size_t>(count), limit_ - kept_.size());
    const auto* bytes = reinterpret_cast<const typename Bytes::value_type*>(buffer.data());
    kept_.insert(kept_.end(), bytes, bytes + kept);
    cut_ = cut_ || kept < static_cast<std::size_t>(count);
    if (rest_ != nullptr) rest_->take({buffer.data() + kept, static_cast<std::size_t>(count) - kept});
    return true;
  }

 private:
  int end_;
  Bytes& kept_;
  bool& cut_;
  std::size_t limit_;
  End* rest_;
};

/// The program's descriptors, and our ends of its pipes.
struct Plumbing {
  Plugs plugs;
  Descriptor output;
  Descriptor answer;
};

Plumbing connect(const Command& command) {
  Plumbing plumbing;
  plumbing.plugs[0] = command.input.empty()
                          ? Descriptor(open("/dev/null", O_RDONLY | O_CLOEXEC), "cannot open /dev/null")
                          : memory_copy(command.input);
  if (!command.show) {
    Pipe pipe = make_pipe();
    plumbing.output = std::move(pipe.read_end);
    plumbing.plugs[2] = Descriptor(fcntl(pipe.write_end.value(), F_DUPFD_CLOEXEC, 0), "cannot keep a pipe");
    plumbing.plugs[1] = std::move(pipe.write_end);
  }
  if (command.answer_limit > 0) {
    Pipe pipe = make_pipe();
    plumbing.answer = std::move(pipe.read_end);
    plumbing.plugs[answer_descriptor] = std::move(pipe.write_end);
  }
  for (const auto& [number, content] : command.contents) plumbing.plugs[number] = memory_file(content);
  return plumbing;
}

void set_ending(Outcome& outcome, int status) {
  if (WIFEXITED(status)) {
    outcome.exit_status = WEXITSTATUS(status);
  } else {
    outcome.signal = WTERMSIG(status);
  }
}

}  // namespace

void pass_interrupts_on() {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action {};
    if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_DFL) std::signal(signal, pass_on);
  }
}

Outcome run(const Command& command) {
  pass_interrupts_on();
  Outcome outcome;
  Plumbing plumbing = connect(command);
  End output_end(outcome.output_end, outcome.output_dropped, command.output_end);
  Reader output(plumbing.output, outcome.output, outcome.output_cut, command.output_limit, &output_end);
  Reader answer(plumbing.answer, outcome.answer, outcome.answer_cut, command.answer_limit);
  const Clock::time_point start = Clock::now();
  Group group(command, plumbing.plugs);
  plumbing.plugs.clear();

  // Read until the leader has ended. What it leaves behind may hold the pipes open for ever.
  Clock::time_point end = start + command.wall_limit;
  while (!group.leader_ended()) {
    if (Clock::now() >= end) {
      if (outcome.timed_out || command.last_words.count() == 0) {
        outcome.timed_out = true;
        break;
      }
      outcome.timed_out = true;
      group.tell_that_time_is_up();
      end += command.last_words;
    }
    const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
    std::array<pollfd, 3> waiting = {pollfd{output.descriptor(), POLLIN, 0}, pollfd{answer.descriptor(), POLLIN, 0},
                                     pollfd{group.ended_descriptor(), POLLIN, 0}};
    poll(waiting.data(), waiting.size(), static_cast<int>(std::min(left, max_sleep).count()));
    output.read_some();
    answer.read_some();
    if (command.watch) command.watch(outcome.output);
  }
  outcome.wall_seconds = std::chrono::duration<double>(Clock::now() - start).count();
  group.reap();
  outcome.cpu_seconds = group.cpu_seconds;
  set_ending(outcome, group.leader_status);

  // Read what is in the pipes. A process that left the group may write forever, so this has a time limit too.
  const Clock::time_point deadline = Clock::now() + drain_time;
  bool more = true;
  while (more && Clock::now() < deadline) {
    more = output.read_some();
    more = answer.read_some() || more;
  }
  output_end.shrink();
  return outcome;
}

void become(const std::filesystem::path& program, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program.string());
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  std::fflush(stdout);
  execv(pointers[0], pointers.data());
  throw std::system_error(errno, std::generic_category(), "cannot run " + program.string());
}

}  // namespace grader
