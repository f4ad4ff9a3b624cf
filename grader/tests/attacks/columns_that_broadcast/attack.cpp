#define ANSWER(Type) return attack_of_shape<Type>(3, 1)
#include "every_function.hpp"
