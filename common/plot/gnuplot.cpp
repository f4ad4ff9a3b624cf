#include "plot/gnuplot.hpp"

#include <cerrno>
#include <cstdio>
#include <fmt/format.h>
#include <memory>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

extern char** environ;

namespace nn {

namespace {

/// A file without a name, which is removed when it is closed.
class NamelessFile {
 public:
  NamelessFile() : file_(std::tmpfile(), std::fclose) {
    if (!file_) {
      throw std::system_error(errno, std::generic_category(), "cannot create a temporary file");
    }
  }

  int descriptor() const { return ::fileno(file_.get()); }

  void write(const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size() || std::fflush(file_.get()) != 0) {
      throw std::system_error(errno, std::generic_category(), "cannot write a temporary file");
    }
    std::rewind(file_.get());
  }

  std::vector<std::byte> read() {
    std::rewind(file_.get());
    std::vector<std::byte> bytes;
    std::byte buffer[1 << 16];
    for (std::size_t count = 0; (count = std::fread(buffer, 1, sizeof(buffer), file_.get())) > 0;) {
      bytes.insert(bytes.end(), buffer, buffer + count);
    }
    return bytes;
  }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

/// How a program ended; `started` is false if it is not installed.
struct Ended {
  bool started = false;
  bool succeeded = false;
  std::vector<std::byte> output;
  std::vector<std::byte> errors;
};

/// Runs a program, found on PATH, with the input given.
Ended run(std::vector<std::string> words, const std::string& text) {
  // Connect its three streams to files, so that neither program waits for the other
  NamelessFile input;
  NamelessFile output;
  NamelessFile errors;
  input.write(text);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input.descriptor(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output.descriptor(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors.descriptor(), STDERR_FILENO);

  // Start it
  std::vector<char*> arguments;
  for (std::string& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  ::pid_t child = 0;
  const int failure = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure == ENOENT) {
    return {};
  }
  if (failure != 0) {
    throw std::system_error(failure, std::generic_category(), fmt::format("cannot start {}", words[0]));
  }

  // Wait for its end
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return {true, WIFEXITED(status) && WEXITSTATUS(status) == 0, output.read(), errors.read()};
}

}  // namespace

std::vector<std::byte> run_gnuplot(const std::string& script) {
  // Without -d, gnuplot would read the user's settings first
  const Ended gnuplot = run({"gnuplot", "-d"}, script);
  if (!gnuplot.started) {
    throw std::runtime_error(
        "gnuplot is not installed; install it with: apt-get install gnuplot-nox fonts-dejavu-core");
  }
  if (!gnuplot.succeeded || gnuplot.output.empty()) {
    throw std::runtime_error(
        fmt::format("gnuplot failed: {}",
                    std::string_view(reinterpret_cast<const char*>(gnuplot.errors.data()), gnuplot.errors.size())));
  }
  return gnuplot.output;
}

bool korean_font_is_missing() {
  const Ended list = run({"fc-list", ":lang=ko"}, "");
  return list.succeeded && list.output.empty();
}

}  // namespace nn
