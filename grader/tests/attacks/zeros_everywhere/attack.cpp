#define ANSWER(Type) return attack_filled<Type>(0)
#include "every_function.hpp"
