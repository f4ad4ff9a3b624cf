#pragma once

#include <string>

#include "lab/lab.hpp"

namespace grader {

/// Waits until the student saves a file of a lab or presses a key.
///
/// While it lives, the terminal hands over each key at once and does not show it. Whatever ends the program, an
/// interrupt too, gives the terminal back as it was.
class Watch {
 public:
  /// Throws std::runtime_error if standard input or output is no terminal.
  explicit Watch(const Lab& lab);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// A key, or '\0' if the files have another content than at the last such answer. 'q' where the terminal has gone.
  char wait();

 private:
  bool have_files_changed();

  Lab lab_;
  std::string files_;  // their fingerprint
  int saves_ = -1;     // what the system tells of saves
};

}  // namespace grader
