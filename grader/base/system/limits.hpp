#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace grader {

inline constexpr std::uint64_t mebibyte = 1 << 20;

/// The limits of a program in the sandbox. All except the wall time are per process. If the machine provides a cgroup,
/// address_space also limits the memory of all processes and /tmp together. If not, the total memory is limited only by
/// processes times address_space, plus tmp_bytes. A little is added for the sandbox itself.
struct Limits {
  std::chrono::seconds cpu{0};
  std::chrono::milliseconds wall{0};
  std::uint64_t address_space = 0;  // bytes; 0 for no limit
  unsigned processes = 0;           // processes and threads together
  unsigned open_files = 0;
  std::uint64_t file_size = 0;   // bytes
  std::uint64_t tmp_bytes = 0;   // of /tmp and of /dev/shm, each
  std::size_t output_bytes = 0;  // kept of standard output and error together
  std::size_t answer_bytes = 0;  // kept of descriptor 3; if 0, the program has no descriptor 3
};

/// Defaults for compiling a submission and for one graded test; lab.json and `course grade --limits` may change them.
/// A program built with AddressSanitizer has no limit of address space, since the sanitizer reserves terabytes of it.
Limits compile_limits();
Limits test_limits();

}  // namespace grader
