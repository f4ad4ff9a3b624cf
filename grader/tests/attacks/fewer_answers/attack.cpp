#include <string>
#include <sys/syscall.h>
#include <unistd.h>

// The test program calls this instead of the C library's
extern "C" ssize_t write(int descriptor, const void* bytes, std::size_t size) {
  static int count = 0;
  if (descriptor == 3 && ++count % 2 == 0) {
    return static_cast<ssize_t>(size);
  }
  return syscall(SYS_write, descriptor, bytes, size);
}
