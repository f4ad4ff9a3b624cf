#include "attack.hpp"

#include <csignal>
#include <unistd.h>

namespace {
const attack::BeforeMain now([] {
  std::signal(SIGTERM, SIG_IGN);
  std::signal(SIGALRM, SIG_IGN);
  while (true) {
    sleep(1000);
    pause();
  }
});
}  // namespace
