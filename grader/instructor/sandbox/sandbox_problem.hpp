#pragma once

#include <string>

#include "sandbox/sandbox.hpp"

namespace grader {

/// Why the sandbox, or `user`, does not work on this machine and what to do about it, in sentences; empty if it works.
std::string sandbox_problem(Isolation isolation = Isolation::sandbox);

/// What to do where AppArmor forbids user namespaces: a profile for bubblewrap first, a switch for all programs second.
extern const char* const apparmor_advice;

}  // namespace grader
