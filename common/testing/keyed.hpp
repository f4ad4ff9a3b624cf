#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace wire {

/// Two numbers for what these names say together, keyed by the seed (BLAKE2b, RFC 7693, by libsodium). Whoever knows
/// the numbers of some names learns nothing of the seed, or of the numbers of other names.
std::array<std::uint64_t, 2> keyed_numbers(std::uint64_t seed, std::initializer_list<std::string_view> names);

}  // namespace wire
