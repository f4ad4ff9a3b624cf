#pragma once

#include <string>

namespace grader {

/// A seccomp filter (the array of sock_filter that bubblewrap reads) that refuses what no lab needs and what would get
/// around the sandbox: new namespaces and mounts, sockets, tracing, memory that is not covered by limits, and the
/// system calls of another architecture. Throws std::system_error if libseccomp cannot make it.
std::string sandbox_filter();

}  // namespace grader
