#include <string>
#include <sys/syscall.h>
#include <unistd.h>

// The test program calls this instead of the C library's
extern "C" ssize_t write(int descriptor, const void* bytes, std::size_t size) {
  static int count = 0;
  static std::string kept;
  if (descriptor == 3 && ++count > 1) {
    const std::string now(static_cast<const char*>(bytes), size);
    if (kept.empty()) {
      kept = now;
      return static_cast<ssize_t>(size);
    }
    syscall(SYS_write, 3, now.data(), now.size());
    syscall(SYS_write, 3, kept.data(), kept.size());
    kept.clear();
    return static_cast<ssize_t>(size);
  }
  return syscall(SYS_write, descriptor, bytes, size);
}
