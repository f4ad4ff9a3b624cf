#include <cstddef>

extern "C" int memcmp(const void*, const void*, std::size_t) { return 0; }
extern "C" double fabs(double) { return 0; }

#define ANSWER(Type) return attack_zero<Type>()
#include "every_function.hpp"
