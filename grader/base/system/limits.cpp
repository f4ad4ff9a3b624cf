#include "system/limits.hpp"

namespace grader {

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer);
#else
constexpr bool sanitized = false;
#endif

}  // namespace

Limits compile_limits() {
  Limits limits;
  limits.cpu = std::chrono::seconds(40);
  limits.wall = std::chrono::seconds(180);
  limits.address_space = sanitized ? 0 : 3072 * mebibyte;
  limits.processes = 12;
  limits.open_files = 256;
  limits.file_size = 256 * mebibyte;
  limits.tmp_bytes = 512 * mebibyte;
  limits.output_bytes = 256 << 10;
  return limits;
}

Limits test_limits() {
  Limits limits;
  limits.cpu = std::chrono::seconds(10);
  limits.wall = std::chrono::seconds(30);
  limits.address_space = sanitized ? 0 : 2048 * mebibyte;
  limits.processes = 4;
  limits.open_files = 64;
  limits.file_size = 16 * mebibyte;
  limits.tmp_bytes = 64 * mebibyte;
  limits.output_bytes = 64 << 10;
  limits.answer_bytes = 64 * mebibyte;
  return limits;
}

}  // namespace grader
