#include "attack.hpp"

namespace {
volatile int depth = 0;
void deeper() {
  volatile char frame[4096];
  frame[0] = static_cast<char>(depth);
  depth = depth + 1;
  deeper();
  frame[1] = frame[0];
}
const attack::BeforeMain now(deeper, attack::one_test);
}  // namespace
