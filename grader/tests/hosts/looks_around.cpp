// Put in front of a solution: searches for what a submission must not see, and prints FOUND for everything that it
// finds.
#include <cstdio>
#include <filesystem>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace {

struct Looker {
  Looker() {
    for (const char* path :
         {"/autograder/source/course/solutions/02_mlp/mlp.cpp", "/autograder/source/course/solutions/02_mlp/answers.md",
          "/autograder/source/course/build/check/labs/02_mlp/lib02_mlp.solution.a", "/autograder/source/lab",
          "/autograder/submission_metadata.json", "/autograder/results/results.json", "/autograder", "/root",
          "/etc/shadow", "/proc/1/environ", "/proc/1/mem", "/proc/1/fd", "/proc/1/cwd"}) {
      if (access(path, R_OK) == 0) std::printf("FOUND %s\n", path);
    }
    for (const char* folder : {"/", "/autograder", "/etc", "/var/tmp", "/autograder/results"}) {
      if (access(folder, W_OK) == 0) std::printf("FOUND that %s can be written\n", folder);
    }
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0) std::printf("FOUND the network\n");
    if (setuid(0) == 0) std::printf("FOUND root\n");
    // Only our own files are in these folders
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/tmp", error)) {
      const std::filesystem::path secret = entry.path() / "autograder/source/course/solutions";
      if (access(secret.c_str(), F_OK) == 0) std::printf("FOUND %s\n", secret.c_str());
    }
  }
} looker;

}  // namespace
