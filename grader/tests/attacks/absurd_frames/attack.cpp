#include "attack.hpp"

#include <cstdint>
#include <string>
#include <unistd.h>

namespace {
const attack::BeforeMain now([] {
  const auto frame = [](std::uint64_t length, const std::string& header) {
    [[maybe_unused]] auto count = write(3, &length, sizeof length);
    count = write(3, header.data(), header.size());
  };
  const auto honest = [&](const std::string& header) { frame(header.size(), header); };
  switch (attack::text_of("/proc/self/cmdline").size() % 7) {
    case 0:
      return frame(~std::uint64_t{0}, "{");
    case 1:
      return frame(std::uint64_t{1} << 40, "{}");
    case 2:
      return honest(R"({"value":{"dtype":"F64","shape":[4294967296,4294967296,2],"data_offsets":[0,8]}})");
    case 3:
      return honest(R"({"value":{"dtype":"F64","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,8]}})");
    case 4:
      return honest(R"({"value":{"dtype":"Q128","shape":[-1],"data_offsets":[8,0]}})");
    case 5:
      return honest("{" + std::string(60'000, '[') + "}");
    default:
      return honest("{\"" + std::string(60'000, 'n') + "\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}");
  }
});
}  // namespace
