#include "attack.hpp"

#include <cstdio>
#include <sys/socket.h>

namespace {
const attack::BeforeMain now([] {
  for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_VSOCK, AF_PACKET}) {
    for (const int kind : {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW}) {
      if (socket(family, kind, 0) >= 0) {
        std::printf("FOUND a socket of family %d\n", family);
      }
    }
  }
  int pair[2];
  if (socketpair(AF_INET, SOCK_STREAM, 0, pair) == 0) {
    std::puts("FOUND a pair of sockets");
  }
});
}  // namespace
