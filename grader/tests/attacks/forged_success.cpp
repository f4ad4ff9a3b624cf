// Expect: 0 points; every test: failed
// Prints what a passing run prints, forges records and a result file, and ends.
#include <unistd.h>

#include <cstdio>

namespace {
struct Forged {
  Forged() {
    std::puts("[doctest] test cases: 33 | 33 passed | 0 failed | 0 skipped");
    std::puts("{\"points\": 100, \"max_points\": 100, \"status\": \"passed\"}");
    std::puts("::notice title=Autograding complete::Points 100/100");
    for (int descriptor = 0; descriptor < 64; ++descriptor) {
      const char words[] = "{\"kind\":\"observe\",\"status\":\"passed\",\"points\":100}";
      [[maybe_unused]] const auto count = write(descriptor, words, sizeof words);
    }
    if (std::FILE* file = std::fopen("/submission/result.json", "w")) {
      std::fputs("{\"points\": 100}", file);
      std::fclose(file);
    }
    std::fflush(stdout);
    _exit(0);
  }
} forged;
}  // namespace
