// The reader of safetensors accepts or refuses any bytes; what it accepts can be written and read again as the same
// document.
#include <cstdint>
#include <cstdlib>
#include <span>

#include "safetensors/safetensors.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr safetensors::Limits limits{.header_bytes = 1 << 16, .data_bytes = 1 << 20};
  try {
    const safetensors::Document document = safetensors::parse(std::as_bytes(std::span(data, size)), limits);
    const safetensors::Document again = safetensors::parse(safetensors::serialize(document));
    if (again.metadata != document.metadata || again.tensors != document.tensors) {
      std::abort();
    }
  } catch (const safetensors::FormatError&) {
    return 0;
  }
  return 0;
}
