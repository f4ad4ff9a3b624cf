#include "testing/call_stack.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <dlfcn.h>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <typeinfo>
#include <unistd.h>
#include <utility>

#define BACKWARD_HAS_DW 1
#include <backward.hpp>

#include "testing/session.hpp"

namespace nn {

namespace {

constexpr std::size_t max_depth = 512;
constexpr unsigned reporting_time = 2;  // seconds
constexpr std::array deadly = {SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGFPE, SIGXCPU};

thread_local backward::StackTrace thrown_at;
std::function<void(const Crash&)> report_crash;
volatile std::sig_atomic_t first_signal = 0;
volatile std::sig_atomic_t reported = 0;

/// What a crash says if nothing more can be found out, since memory is in disorder.
constexpr std::string_view last_words =
    "  something wrote where it must not, and now even the place cannot be found. Look for an index that is too large, "
    "a loop over std::size_t that runs below 0 (t >= 0 always holds), and tensors that were moved away.\n";

/// Whether lab.json names the file.
bool is_students(const std::string& path) {
  const std::string name = std::filesystem::path(path).filename().string();
  const std::string_view files = lab_files;
  for (std::size_t at = files.find(name); !name.empty() && at != std::string_view::npos;
       at = files.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || files[at - 1] == ' ') && (end == files.size() || files[end] == ' ')) {
      return true;
    }
  }
  return false;
}

/// "Linear::backward" of "nn::Linear::backward(nn::Matrix const&) const".
std::string short_name(std::string name) {
  for (const std::string_view part : {"(anonymous namespace)::", "nn::"}) {
    for (std::size_t at = 0; (at = name.find(part)) != std::string::npos;) {
      name.erase(at, part.size());
    }
  }
  // Cut the arguments off, then what a template has before its name: the type that it returns
  name = name.substr(0, name.find('('));
  const std::size_t space = name.rfind(' ', name.find('<'));
  return space == std::string::npos ? name : name.substr(space + 1);
}

/// The place of the innermost call in the student's files.
std::string students_place(const backward::StackTrace& stack) {
  backward::TraceResolver resolver;
  resolver.load_stacktrace(stack);
  for (std::size_t i = 0; i < stack.size(); ++i) {
    const backward::ResolvedTrace frame = resolver.resolve(stack[i]);
    std::vector<backward::ResolvedTrace::SourceLoc> locations = {frame.source};
    locations.insert(locations.end(), frame.inliners.begin(), frame.inliners.end());
    for (const auto& location : locations) {
      if (is_students(location.filename)) {
        return std::string("labs/") + lab_name + "/" + std::filesystem::path(location.filename).filename().string() +
               ":" + std::to_string(location.line) + ", in " + short_name(frame.object_function);
      }
    }
  }
  return "";
}

backward::StackTrace stack_here() {
  backward::StackTrace stack;
  stack.load_here(max_depth);
  return stack;
}

/// Ends this process by the signal that it got.
void die(int) {
  if (reported == 0 && first_signal != SIGXCPU) {
    reported = 1;
    [[maybe_unused]] const ssize_t written = write(STDOUT_FILENO, last_words.data(), last_words.size());
  }
  std::signal(first_signal, SIG_DFL);
  raise(first_signal);
}

void on_deadly_signal(int signal) {
  // Whatever goes wrong from here on, the program ends by the signal that came first
  first_signal = signal;
  for (const int other : deadly) {
    std::signal(other, die);
  }
  std::signal(SIGALRM, die);
  alarm(reporting_time);

  const backward::StackTrace stack = stack_here();
  report_crash({signal, students_place(stack), signal == SIGSEGV && stack.size() >= max_depth});
  reported = 1;
  die(signal);
}

}  // namespace

std::string place_of_exception() { return students_place(thrown_at); }

void report_exit() {
  if (report_crash) {
    report_crash({0, students_place(stack_here()), false});
  }
}

void report_crashes(std::function<void(const Crash&)> report) {
  report_crash = std::move(report);

  // Handle signals on a stack of their own: endless recursion leaves nothing of the other
  static std::array<std::byte, 1 << 20> memory;
  stack_t stack{};
  stack.ss_sp = memory.data();
  stack.ss_size = memory.size();
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = on_deadly_signal;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  for (const int signal : deadly) {
    sigaction(signal, &action, nullptr);
  }
}

/// What the C++ runtime calls for `throw` (Itanium C++ ABI, section 2.4.3). Remembers the stack, then lets the
/// runtime's own function throw.
extern "C" [[noreturn]] void __cxa_throw(void* exception, std::type_info* type, void (*destructor)(void*)) {
  using Throw = void (*)(void*, std::type_info*, void (*)(void*));
  static const auto throw_it = reinterpret_cast<Throw>(dlsym(RTLD_NEXT, "__cxa_throw"));
  thrown_at.load_here(max_depth);
  throw_it(exception, type, destructor);
  std::abort();
}

}  // namespace nn

#ifdef __GLIBCXX__
namespace std {

/// What libstdc++ calls when one of its checks fails (_GLIBCXX_ASSERTIONS). Says it without the signature of the
/// function, and calls bits/stl_vector.h std::vector.
[[noreturn]] void __glibcxx_assert_fail(const char* file, int, const char*, const char* condition) noexcept {
  const std::string_view path = file == nullptr ? "the standard library" : file;
  std::string_view header = path.substr(path.rfind('/') + 1);
  header = header.substr(header.starts_with("stl_") ? 4 : 0);
  std::cerr << "  std::" << header.substr(0, header.rfind(".h")) << " expects: " << condition << std::endl;
  std::abort();
}

}  // namespace std
#endif
