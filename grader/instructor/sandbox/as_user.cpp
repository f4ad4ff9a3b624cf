// as_user ID PROGRAM ARGUMENTS...: becomes the user ID without special rights, installs the system call filter from
// descriptor 4, and becomes the program. The program is killed when its parent ends. as_user ID --end: ends all
// processes of the user ID. Must be started by root. Failures are reported on standard error, with exit status 125.
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace {

constexpr int filter_descriptor = 4;
constexpr int failed = 125;

void check(long result, const char* what) {
  if (result < 0) {
    std::fprintf(stderr, "as_user: cannot %s: %s\n", what, std::strerror(errno));
    std::exit(failed);
  }
}

void become_user(uid_t user) {
  check(setgroups(0, nullptr), "leave the groups of root");
  check(setresgid(user, user, user), "change the group");
  check(setresuid(user, user, user), "change the user");
  check(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "give up new rights");
  check(prctl(PR_SET_PDEATHSIG, SIGKILL), "be killed with the parent");
}

void take_on_filter() {
  std::array<sock_filter, BPF_MAXINSNS> instructions{};
  const ssize_t bytes = read(filter_descriptor, instructions.data(), sizeof instructions);
  check(bytes, "read the system call filter");
  check(close(filter_descriptor), "close the system call filter");
  sock_fprog program{};
  program.len = static_cast<unsigned short>(static_cast<std::size_t>(bytes) / sizeof(sock_filter));
  program.filter = instructions.data();
  check(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), "install the system call filter");
}

}  // namespace

int main(int argc, char** argv) {
  const unsigned long user = argc > 2 ? std::strtoul(argv[1], nullptr, 10) : 0;
  if (user == 0) {
    std::fprintf(stderr, "usage: as_user ID PROGRAM ARGUMENTS..., or as_user ID --end\n");
    return failed;
  }
  become_user(static_cast<uid_t>(user));
  if (std::strcmp(argv[2], "--end") == 0) {
    // The caller itself is not killed. It is fine if there is no other process
    return kill(-1, SIGKILL) == 0 || errno == ESRCH ? 0 : failed;
  }
  take_on_filter();
  execvp(argv[2], argv + 2);
  check(-1, "start the program");
}
