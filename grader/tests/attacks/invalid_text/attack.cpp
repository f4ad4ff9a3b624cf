#include "attack.hpp"

#include <cstdio>

namespace {
const attack::BeforeMain now([] {
  std::fwrite("\xff\xfe\xc0\xaf\xed\xa0\x80\xf5\0\r\0", 1, 11, stdout);
  std::puts("\u202e001\u2066/\u200b\xef\xbb\xbf");
});
}  // namespace
