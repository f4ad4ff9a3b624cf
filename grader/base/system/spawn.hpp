#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>

#include "system/process.hpp"

namespace grader {

/// Throws std::system_error for errno.
[[noreturn]] void fail_with_errno(const std::string& what);

/// A descriptor that is closed at the end of its scope and never inherited.
class Descriptor {
 public:
  Descriptor() = default;
  /// Takes over an open descriptor, and moves it above the descriptors of started programs. Throws std::system_error
  /// for errno if it is negative.
  Descriptor(int opened, const std::string& what);
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Descriptor() { reset(); }

  void reset();
  int value() const { return value_; }

 private:
  int value_ = -1;
};

struct Pipe {
  Descriptor read_end;  // does not block
  Descriptor write_end;
};

Pipe make_pipe();

/// A file in memory with this content, or with a copy of a file. Its reader cannot change it. Throws std::system_error.
Descriptor memory_file(std::string_view content);
Descriptor memory_copy(const std::filesystem::path& path);

/// The descriptors of a program.
using Plugs = std::map<int, Descriptor>;

/// Starts the command as the leader of a new session, with these descriptors and no others. Throws std::system_error if
/// it cannot be started.
pid_t spawn(const Command& command, const Plugs& plugs);

}  // namespace grader
