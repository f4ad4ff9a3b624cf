// Reads a safetensors file and writes it again: copy FROM TO. For python_test.py.
#include <cstdio>
#include <exception>

#include "safetensors/safetensors.hpp"

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("usage: copy FROM TO\n", stderr);
    return 2;
  }
  try {
    safetensors::save(arguments[2], safetensors::load(arguments[1]));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
