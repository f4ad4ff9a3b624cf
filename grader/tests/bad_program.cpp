// One thing that a submission may try, selected by name. Prints what happened.

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <linux/sched.h>
#include <map>
#include <sched.h>
#include <string>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace {

void say(const char* what, long how_much) {
  std::printf("%s %ld\n", what, how_much);
  std::fflush(stdout);
}

void fork_bomb() {
  long made = 0;
  while (true) {
    const pid_t child = fork();
    if (child < 0) break;
    if (child > 0) ++made;
  }
  say("made", made);
  while (true) pause();
}

void memory_bomb() {
  constexpr std::size_t step = 16 << 20;
  long mebibytes = 0;
  while (char* memory = static_cast<char*>(std::malloc(step))) {
    std::memset(memory, 1, step);
    mebibytes += 16;
  }
  say("MiB", mebibytes);
}

void fill(const std::string& folder) {
  const std::vector<char> block(1 << 20, 'x');
  long mebibytes = 0;
  for (int number = 0; number < 1000; ++number) {
    const int file = open((folder + "/" + std::to_string(number)).c_str(), O_CREAT | O_WRONLY, 0600);
    ssize_t written = 1;
    for (int i = 0; i < 8 && file >= 0 && written > 0; ++i) {
      written = write(file, block.data(), block.size());
      if (written > 0) ++mebibytes;
    }
    if (file < 0 || written <= 0) break;
    close(file);
  }
  say("MiB", mebibytes);
}

void huge_file() {
  std::signal(SIGXFSZ, SIG_IGN);
  const int file = open("/tmp/huge", O_CREAT | O_WRONLY, 0600);
  say("ftruncate", ftruncate(file, std::int64_t{1} << 40));
}

void descriptor_bomb() {
  long opened = 0;
  while (open("/dev/null", O_RDONLY) >= 0) ++opened;
  say("opened", opened);
}

void busy() {
  volatile bool forever = true;
  while (forever) continue;
}

void ignore_signals() {
  for (int signal = 1; signal < 65; ++signal) std::signal(signal, SIG_IGN);
}

void daemon_with_pipe() {
  if (fork() != 0) _exit(0);
  setsid();
  if (fork() != 0) _exit(0);
  ignore_signals();
  while (true) {
    say("still here", 1);
    usleep(1000);
  }
}

void raise_limits() {
  long raised = 0;
  for (const auto resource : {RLIMIT_CPU, RLIMIT_AS, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_FSIZE, RLIMIT_CORE}) {
    rlimit limit{};
    getrlimit(resource, &limit);
    if (limit.rlim_max == RLIM_INFINITY) continue;
    limit.rlim_max += 1;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(resource, &limit) == 0) ++raised;
  }
  say("raised", raised);
  say("became root", setuid(0) == 0 ? 1 : 0);
}

/// System calls that no lab needs. Each must fail.
void forbidden_calls() {
  const std::map<std::string, std::function<long()>> calls = {
      {"unshare", [] { return long{unshare(CLONE_NEWUSER)}; }},
      {"clone", [] { return syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0); }},
      {"clone3", [] { return syscall(SYS_clone3, nullptr, 0); }},
      {"memfd_create", [] { return memfd_create("m", 0); }},
      {"shmget", [] { return shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600); }},
      {"socket", [] { return socket(AF_INET, SOCK_STREAM, 0); }},
      {"vsock", [] { return socket(AF_VSOCK, SOCK_STREAM, 0); }},
      {"ptrace", [] { return ptrace(PTRACE_ATTACH, 1, nullptr, nullptr); }},
      {"io_uring", [] { return syscall(SYS_io_uring_setup, 1, nullptr); }},
      {"a call of the future", [] { return syscall(467, 0, 0, 0, 0, 0); }},
  };
  for (const auto& [name, call] : calls) {
    errno = 0;
    if (call() >= 0 || (errno != EPERM && errno != ENOSYS)) say(name.c_str(), errno);
  }
  say("done", 0);
}

void scribble() {
  for (int descriptor = 0; descriptor < 1024; ++descriptor) {
    if (write(descriptor, "scribble", 8) < 0) continue;
    lseek(descriptor, 0, SEEK_SET);
    if (ftruncate(descriptor, 0) != 0) continue;
  }
}

void stop() { kill(getpid(), SIGSTOP); }

void kill_everything() {
  kill(-1, SIGKILL);
  kill(1, SIGKILL);
  kill(getppid(), SIGKILL);
  say("alive", 1);
}

}  // namespace

int main(int count, char** arguments) {
  const std::map<std::string, std::function<void()>> attempts = {
      {"fork_bomb", fork_bomb},
      {"memory_bomb", memory_bomb},
      {"fill_tmp", [] { fill("/tmp"); }},
      {"fill_shm", [] { fill("/dev/shm"); }},
      {"huge_file", huge_file},
      {"descriptor_bomb", descriptor_bomb},
      {"busy", busy},
      {"busy_and_deaf", [] { ignore_signals(), busy(); }},
      {"daemon", daemon_with_pipe},
      {"raise_limits", raise_limits},
      {"forbidden_calls", forbidden_calls},
      {"scribble", scribble},
      {"stop", stop},
      {"kill_everything", kill_everything},
  };
  attempts.at(count > 1 ? arguments[1] : "")();
}
