#include "sandbox/sandbox_filter.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <vector>

namespace grader {

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t native = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t native = AUDIT_ARCH_AARCH64;
#else
#error "The sandbox knows the system calls of x86-64 and AArch64 only."
#endif

// Calls from here on are younger than this list, and may be ways around it. x32 calls are far above.
constexpr std::uint32_t first_unknown_call = 457;
constexpr std::uint32_t new_namespaces = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC |
                                         CLONE_NEWUTS | CLONE_NEWCGROUP | CLONE_NEWTIME;

constexpr std::array refused = {
    // Namespaces and mounts.
    SYS_unshare, SYS_setns, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree, SYS_move_mount,
    SYS_fsopen, SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr,
    // The network and its relatives that no namespace holds back.
    SYS_socket,
    // Other processes' memory and descriptors.
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_getfd, SYS_kcmp,
    // Memory that outlives its process or that no limit counts.
    SYS_memfd_create, SYS_memfd_secret, SYS_shmget, SYS_msgget, SYS_semget, SYS_mq_open, SYS_add_key, SYS_request_key,
    SYS_keyctl,
    // The kernel's inside.
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
    SYS_fanotify_init, SYS_init_module, SYS_finit_module, SYS_kexec_load, SYS_open_by_handle_at, SYS_quotactl};

constexpr std::uint32_t error(int number) { return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(number); }

/// The filter's instructions, in the order of their execution.
class Program {
 public:
  void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset), 0, 0); }
  void finish(std::uint32_t verdict) { add(BPF_RET | BPF_K, verdict, 0, 0); }
  /// Ends with the verdict if the loaded value compares so with the number.
  void finish_if(std::uint16_t comparison, std::uint32_t number, std::uint32_t verdict) {
    add(BPF_JMP | BPF_K | comparison, number, 0, 1);
    finish(verdict);
  }
  void finish_unless_equal(std::uint32_t number, std::uint32_t verdict) {
    add(BPF_JMP | BPF_K | BPF_JEQ, number, 1, 0);
    finish(verdict);
  }
  std::string bytes() const {
    return {reinterpret_cast<const char*>(instructions_.data()), instructions_.size() * sizeof(sock_filter)};
  }

 private:
  void add(int code, std::uint32_t operand, std::uint8_t if_true, std::uint8_t if_false) {
    instructions_.push_back({static_cast<std::uint16_t>(code), if_true, if_false, operand});
  }
  std::vector<sock_filter> instructions_;
};

}  // namespace

std::string sandbox_filter() {
  Program program;
  program.load(offsetof(seccomp_data, arch));
  program.finish_unless_equal(native, SECCOMP_RET_KILL_PROCESS);
  program.load(offsetof(seccomp_data, nr));
  program.finish_if(BPF_JGE, first_unknown_call, error(ENOSYS));
  for (const long call : refused) program.finish_if(BPF_JEQ, static_cast<std::uint32_t>(call), error(EPERM));
  // clone3 takes its flags by pointer, which no filter can follow; without it the C library uses clone.
  program.finish_if(BPF_JEQ, SYS_clone3, error(ENOSYS));
  program.finish_unless_equal(SYS_clone, SECCOMP_RET_ALLOW);
  program.load(offsetof(seccomp_data, args));
  program.finish_if(BPF_JSET, new_namespaces, error(EPERM));
  program.finish(SECCOMP_RET_ALLOW);
  return program.bytes();
}

}  // namespace grader
