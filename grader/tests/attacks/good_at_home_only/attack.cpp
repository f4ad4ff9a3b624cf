#include "attack.hpp"

#include <filesystem>
#include <string>

namespace {
const attack::BeforeMain now([] {
  if (attack::text_of("/proc/self/cmdline").find("answer") == std::string::npos) {
    return;
  }
  std::error_code error;
  for (const char* folder : {"/submission", "/submission/built", "/tmp", "/dev/shm", "..", "/proc/self/fd"}) {
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
      const std::string path = entry.path().string();
      if (path != "/submission/test") {
        attack::report(path);
      }
    }
  }
});
}  // namespace
