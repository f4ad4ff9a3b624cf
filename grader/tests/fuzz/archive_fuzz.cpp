// Reading any file as a submission gives allowed files or an error, and does no harm.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

#include "submission/submission.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A file in memory, which is opened by its path as a submission is
  static const int file = memfd_create("submission", 0);
  if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) {
    std::abort();
  }
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  const grader::SubmissionLimits limits{.file_bytes = 4096, .entries = 100, .scanned_bytes = 1 << 20, .seconds = 5};
  const grader::Submission submission = grader::read_submission(path, {{"mlp.cpp", "extra.hpp"}}, limits);
  for (const auto& [name, content] : submission.files) {
    if ((name != "mlp.cpp" && name != "extra.hpp") || content.size() > limits.file_bytes) {
      std::abort();
    }
  }
  if (submission.error.empty() == submission.files.empty() || submission.ignored.size() > limits.ignored_names + 1) {
    std::abort();
  }
  return 0;
}
