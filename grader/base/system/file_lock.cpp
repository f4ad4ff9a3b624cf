#include "system/file_lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace grader {

FileLock::FileLock(const std::filesystem::path& file) {
  std::filesystem::create_directories(file.parent_path());
  descriptor_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) {
    throw std::system_error(errno, std::generic_category(), "cannot open " + file.string());
  }
  while (flock(descriptor_, LOCK_EX) != 0) {
    if (errno != EINTR) {
      const int error = errno;
      close(descriptor_);
      throw std::system_error(error, std::generic_category(), "cannot lock " + file.string());
    }
  }
}

FileLock::~FileLock() { close(descriptor_); }

}  // namespace grader
