#include "attack.hpp"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <sys/mman.h>
#include <sys/shm.h>

namespace {
const attack::BeforeMain now([] {
  for (const std::string folder : {"/tmp", "/dev/shm", "/var/tmp", "/submission", "/submission/built"}) {
    const std::string path = folder + "/left-by-an-attack";
    if (std::ifstream(path)) {
      std::puts("FOUND what another test left");
    }
    std::ofstream(path) << "left";
  }
  if (shm_open("/left-by-an-attack-too", O_CREAT | O_EXCL | O_RDWR, 0600) < 0) {
    std::puts("FOUND shared memory of another test");
  }
  if (shmget(0x77, 4096, IPC_CREAT | 0600) >= 0) {
    std::puts("FOUND memory that outlives its process");
  }
});
}  // namespace
