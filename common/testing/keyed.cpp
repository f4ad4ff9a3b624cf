#include "testing/keyed.hpp"

#include <cstring>
#include <sodium.h>
#include <string>

namespace wire {

std::array<std::uint64_t, 2> keyed_numbers(std::uint64_t seed, std::initializer_list<std::string_view> names) {
  // Write the length before each name: no two lists may become the same text
  std::string text;
  for (const std::string_view name : names) {
    text += std::to_string(name.size()) + ":" + std::string(name);
  }

  std::array<unsigned char, crypto_generichash_KEYBYTES> key{};
  std::memcpy(key.data(), &seed, sizeof seed);
  std::array<std::uint64_t, 2> numbers;
  crypto_generichash(reinterpret_cast<unsigned char*>(numbers.data()), sizeof numbers,
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(), key.data(), key.size());
  return numbers;
}

}  // namespace wire
