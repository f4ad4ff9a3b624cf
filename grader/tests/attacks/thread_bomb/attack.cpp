#include "attack.hpp"

#include <chrono>
#include <system_error>
#include <thread>

namespace {
const attack::BeforeMain now(
    [] {
      try {
        while (true) {
          std::thread([] { std::this_thread::sleep_for(std::chrono::hours(1)); }).detach();
        }
      } catch (const std::system_error&) {
      }
    },
    attack::one_test);
}  // namespace
