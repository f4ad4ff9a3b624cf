// Expect: 0 points; every test: left
// Ends the program with success before main.
#include <cstdlib>

namespace {
struct Early {
  Early() { std::exit(0); }
} early;
}  // namespace
