#pragma once

// What attacks share. `#include "attack.hpp"` in an attack is replaced by this file.
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <unistd.h>

#include "testing/array.hpp"
#include "testing/record.hpp"

namespace attack {

/// The test that an attack spoils which takes time; the others pass.
inline const char* const one_test = "2.7 sgd_step";

/// The beginning of a file. A pipe without content is not waited for.
inline std::string text_of(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_NONBLOCK);
  std::string text(1 << 20, '\0');
  std::size_t size = 0;
  for (ssize_t count = 0; (count = read(file, text.data() + size, text.size() - size)) > 0;) {
    size += static_cast<std::size_t>(count);
  }
  close(file);
  text.resize(size);
  return text;
}

/// Does something before main: in every test, or in the one that is named.
struct BeforeMain {
  explicit BeforeMain(void (*action)(), const std::string& test = "") {
    if (text_of("/proc/self/cmdline").find(test) != std::string::npos) {
      action();
    }
  }
};

/// Prints what a file holds of secrets. The one who grades puts this word wherever nobody may look; it is taken apart
/// here, so that this file does not hold it.
inline void report(const std::string& path) {
  const std::string text = text_of(path);
  const std::size_t place = text.find(std::string("canary") + "-");
  if (place != std::string::npos) {
    std::printf("FOUND %s in %s\n", text.substr(place, 40).c_str(), path.c_str());
  }
}

/// Sends a record as a test does.
inline void send(const wire::Record& record) {
  const auto bytes = wire::serialize(record);
  [[maybe_unused]] const auto count = write(3, bytes.data(), bytes.size());
}

}  // namespace attack
