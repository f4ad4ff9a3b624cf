#include "system/spawn.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <span>
#include <spawn.h>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>

namespace grader {

namespace {

constexpr int lowest_own_descriptor = 64;  // above every descriptor of a program

Descriptor empty_memory_file() {
  return {memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING), "cannot make a file in memory"};
}

void write_all(const Descriptor& file, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(file.value(), bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) fail_with_errno("cannot fill a file in memory");
    bytes = bytes.subspan(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
}

/// Makes the content of a file in memory unchangeable, and sets its position to the start.
void seal(const Descriptor& file) {
  fcntl(file.value(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
  lseek(file.value(), 0, SEEK_SET);
}

/// The changes of descriptors and folder in the child, before its program starts.
class Actions {
 public:
  Actions(const Command& command, const Plugs& plugs) {
    posix_spawn_file_actions_init(&actions_);
    if (!command.folder.empty()) posix_spawn_file_actions_addchdir_np(&actions_, command.folder.c_str());
    const int last = std::max(2, plugs.rbegin()->first);
    for (int i = 0; i <= last; ++i) {
      const auto plug = plugs.find(i);
      if (plug != plugs.end()) {
        posix_spawn_file_actions_adddup2(&actions_, plug->second.value(), i);
      } else if (i > 2) {
        posix_spawn_file_actions_addclose(&actions_, i);
      }
    }
    posix_spawn_file_actions_addclosefrom_np(&actions_, last + 1);
  }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  ~Actions() { posix_spawn_file_actions_destroy(&actions_); }

  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

/// A new session, with default handling of all signals.
class Attributes {
 public:
  Attributes() {
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }

  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

std::vector<std::string> environment_of(const Command& command) {
  std::map<std::string, std::string> entries;
  const auto add = [&](const std::string& entry) { entries[entry.substr(0, entry.find('='))] = entry; };
  for (char** entry = environ; !command.clear_environment && *entry != nullptr; ++entry) add(*entry);
  for (const std::string& entry : command.environment) add(entry);
  std::vector<std::string> environment;
  for (auto& [name, entry] : entries) environment.push_back(std::move(entry));
  return environment;
}

/// The texts as a null-terminated array for C. It refers to the texts.
std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

void fail_with_errno(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

Descriptor::Descriptor(int opened, const std::string& what) {
  if (opened < 0) fail_with_errno(what);
  value_ = fcntl(opened, F_DUPFD_CLOEXEC, lowest_own_descriptor);
  const int error = errno;
  close(opened);
  errno = error;
  if (value_ < 0) fail_with_errno(what);
}

void Descriptor::reset() {
  if (value_ >= 0) close(std::exchange(value_, -1));
}

Pipe make_pipe() {
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0) fail_with_errno("cannot make a pipe");
  // If keeping the first end fails, the second end must not stay open.
  struct Closer {
    int& end;
    ~Closer() {
      if (end >= 0) close(end);
    }
  } closer{ends[1]};
  Pipe pipe;
  pipe.read_end = Descriptor(ends[0], "cannot keep a pipe");
  pipe.write_end = Descriptor(std::exchange(ends[1], -1), "cannot keep a pipe");
  fcntl(pipe.read_end.value(), F_SETFL, O_NONBLOCK);
  return pipe;
}

Descriptor memory_file(std::string_view content) {
  Descriptor file = empty_memory_file();
  write_all(file, content);
  seal(file);
  return file;
}

Descriptor memory_copy(const std::filesystem::path& path) {
  const Descriptor original(open(path.c_str(), O_RDONLY | O_CLOEXEC), "cannot read " + path.string());
  Descriptor file = empty_memory_file();
  std::array<char, 1 << 16> buffer;
  ssize_t count = 0;
  while ((count = read(original.value(), buffer.data(), buffer.size())) > 0) {
    write_all(file, {buffer.data(), static_cast<std::size_t>(count)});
  }
  if (count < 0) fail_with_errno("cannot read " + path.string());
  seal(file);
  return file;
}

pid_t spawn(const Command& command, const Plugs& plugs) {
  if (command.arguments.empty()) throw std::invalid_argument("spawn: a command needs a program");
  if (plugs.rbegin()->first >= lowest_own_descriptor) throw std::invalid_argument("spawn: descriptors end at 63");
  std::error_code error;
  if (!command.folder.empty() && !std::filesystem::is_directory(command.folder, error)) {
    throw std::system_error(error ? error : std::make_error_code(std::errc::not_a_directory),
                            "cannot run in " + command.folder.string());
  }
  const Actions actions(command, plugs);
  const Attributes attributes;
  std::vector<std::string> arguments = command.arguments;
  std::vector<std::string> environment = environment_of(command);
  pid_t leader = 0;
  errno = posix_spawnp(&leader, arguments.front().c_str(), actions.get(), attributes.get(), pointers(arguments).data(),
                       pointers(environment).data());
  if (errno != 0) fail_with_errno("cannot run " + arguments.front());
  return leader;
}

}  // namespace grader
