#pragma once

// What attacks share. `#include "attack.hpp"` in an attack is replaced by this file.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "testing/array.hpp"
#include "testing/record.hpp"

extern "C" long write(int descriptor, const void* bytes, unsigned long size);

namespace attack {

/// The test that an attack spoils which takes time; the others pass.
inline const char* const one_test = "2.7 sgd_step";

inline std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(1 << 20, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
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
