#include "sandbox/sandbox_filter.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <linux/sched.h>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

#include "system/spawn.hpp"

namespace grader {

namespace {

// Newer calls may be ways around this list, so they do not exist here.
constexpr int first_unknown_call = 457;

constexpr std::array refused = {
    // Namespaces and mounts.
    SYS_unshare, SYS_setns, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree, SYS_move_mount,
    SYS_fsopen, SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr,
    // The network, and similar calls that namespaces do not block.
    SYS_socket,
    // Other processes' memory and descriptors.
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_getfd, SYS_kcmp,
    // Memory that outlives its process or is not covered by limits.
    SYS_memfd_create, SYS_memfd_secret, SYS_shmget, SYS_msgget, SYS_semget, SYS_mq_open, SYS_add_key, SYS_request_key,
    SYS_keyctl,
    // Kernel internals.
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
    SYS_fanotify_init, SYS_init_module, SYS_finit_module, SYS_kexec_load, SYS_open_by_handle_at, SYS_quotactl};

constexpr std::array<scmp_datum_t, 8> new_namespaces = {CLONE_NEWUSER, CLONE_NEWNS,  CLONE_NEWPID,    CLONE_NEWNET,
                                                        CLONE_NEWIPC,  CLONE_NEWUTS, CLONE_NEWCGROUP, CLONE_NEWTIME};

/// Throws std::system_error if a call of libseccomp failed.
void check(int result) {
  if (result < 0) {
    throw std::system_error(-result, std::generic_category(), "cannot make the system call filter");
  }
}

/// A condition: the flags of clone, its argument 0, have these bits under the mask.
scmp_arg_cmp flags_are(scmp_datum_t mask, scmp_datum_t bits) { return {0, SCMP_CMP_MASKED_EQ, mask, bits}; }

/// Allows clone(), except with new namespaces.
void add_clone(scmp_filter_ctx filter) {
  scmp_datum_t all = 0;
  for (const scmp_datum_t flag : new_namespaces) {
    all |= flag;
    check(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SYS_clone, 1, flags_are(flag, flag)));
  }
  check(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SYS_clone, 1, flags_are(all, 0)));
}

/// The instructions of the filter.
std::string instructions_of(scmp_filter_ctx filter) {
  const Descriptor file(memfd_create("filter", MFD_CLOEXEC), "cannot make a file in memory");
  check(seccomp_export_bpf(filter, file.value()));
  std::string bytes(4096 * 8, '\0');  // the kernel accepts at most 4096 instructions, of eight bytes each
  const ::ssize_t size = ::pread(file.value(), bytes.data(), bytes.size(), 0);
  if (size < 0) {
    fail_with_errno("cannot read the system call filter");
  }
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
}

std::string make_filter() {
  // Calls that are not listed do not exist, and calls of another architecture end the program
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ERRNO(ENOSYS)), seccomp_release);
  check(filter == nullptr ? -ENOMEM : 0);
  check(seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
  check(seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE,
                         2));  // a tree, so that no call has to search a long list

  // clone3 takes its flags by pointer, which no filter can follow; without it the C library uses clone
  for (int call = 0; call < first_unknown_call; ++call) {
    if (call == SYS_clone) {
      add_clone(filter.get());
    } else if (call != SYS_clone3) {
      const bool is_refused = std::ranges::find(refused, call) != refused.end();
      check(seccomp_rule_add(filter.get(), is_refused ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_ALLOW, call, 0));
    }
  }
  return instructions_of(filter.get());
}

}  // namespace

std::string sandbox_filter() {
  static const std::string filter = make_filter();
  return filter;
}

}  // namespace grader
