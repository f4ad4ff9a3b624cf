#define ANSWER(Type) return attack_zero<Type>()
#include "every_function.hpp"
