// Expect: 100 points; every test: passed
// Looks for secrets of the judge and prints what it finds after the word FOUND; nothing may be found.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#if __has_include("../../../solutions/02_mlp/mlp.cpp") || __has_include("/submission/../solutions/02_mlp/mlp.cpp")
#error FOUND the solution
#endif

namespace {
void report(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!text.empty()) {
    std::printf("FOUND %s: %.60s\n", path, text.c_str());
  }
}

struct Reader {
  Reader() {
    // The judge's variables would be in the environment of this process or of process 1
    std::ifstream environ("/proc/self/environ", std::ios::binary);
    const std::string own((std::istreambuf_iterator<char>(environ)), std::istreambuf_iterator<char>());
    if (own.find("COURSE") != std::string::npos || std::getenv("COURSE_ROOT") != nullptr) {
      std::printf("FOUND %s\n", own.c_str());
    }
    for (const char* path : {"/proc/1/environ", "/etc/passwd", "/submission/source/mlp.cpp", "/submission/built/test",
                             "/submission/givens", "solutions/02_mlp/mlp.cpp", "/root/.bashrc", "/etc/shadow"}) {
      report(path);
    }
  }
} reader;
}  // namespace
