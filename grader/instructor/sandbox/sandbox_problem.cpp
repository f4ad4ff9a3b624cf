#include "sandbox/sandbox_problem.hpp"

#include <cstdlib>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace grader {

const char* const apparmor_advice =
    R"(AppArmor forbids user namespaces here, as on Ubuntu since 24.04. Allow them to bubblewrap alone: write these lines into /etc/apparmor.d/bwrap

    abi <abi/4.0>,
    include <tunables/global>

    profile bwrap /usr/bin/bwrap flags=(unconfined) {
      userns,
      include if exists <local/bwrap>
    }

then load them: sudo apparmor_parser -r /etc/apparmor.d/bwrap
Or allow them to every program, until the machine starts again: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0)";

namespace {

/// The first word of a file; empty if there is none.
std::string word_in(const std::string& path) {
  std::string word;
  std::ifstream(path) >> word;
  return word;
}

bool in_container() {
  return std::filesystem::exists("/.dockerenv") || std::filesystem::exists("/run/.containerenv") ||
         std::getenv("KUBERNETES_SERVICE_HOST") != nullptr;
}

/// What to do if bubblewrap is installed but refused.
std::string advice() {
  if (in_container()) {
    return "This container may not make namespaces. Start it with --privileged, or with --cap-add SYS_ADMIN "
           "--security-opt seccomp=unconfined --security-opt apparmor=unconfined.";
  }
  if (geteuid() != 0 && word_in("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1") {
    return apparmor_advice;
  }
  if (geteuid() != 0 && word_in("/proc/sys/kernel/unprivileged_userns_clone") == "0") {
    return "The kernel forbids user namespaces here. Allow them with: sudo sysctl kernel.unprivileged_userns_clone=1";
  }
  if (geteuid() != 0 && word_in("/proc/sys/user/max_user_namespaces") == "0") {
    return "The kernel allows no user namespaces here. Allow them with: sudo sysctl user.max_user_namespaces=10000";
  }
  return "The kernel must allow namespaces (version 5.14 or later, not hidden by a container).";
}

}  // namespace

std::string sandbox_problem(Isolation isolation) {
  Job job;
  job.arguments = {"sh", "-c", "true & wait && echo works"};
  job.limits = test_limits();
  try {
    const Outcome outcome = run_in_sandbox(job, isolation);
    if (outcome.succeeded() && outcome.output == "works\n") return "";
    std::string reason = outcome.output.substr(0, outcome.output.find('\n'));
    while (reason.ends_with('.')) reason.pop_back();
    if (isolation == Isolation::user) {
      return "A submission cannot run as a separate user on this machine: " + reason + ". Only root can do that.";
    }
    if (reason.starts_with("choom: failed to execute")) {
      return "The sandbox needs bubblewrap, which is missing. Install it with: apt-get install bubblewrap.";
    }
    return "The sandbox (bubblewrap) does not work on this machine: " + reason + ". " + advice();
  } catch (const std::system_error& error) {
    return std::string("The sandbox cannot be started: ") + error.what() +
           ". Install what it needs with: apt-get install bubblewrap util-linux.";
  }
}

}  // namespace grader
