#include <limits>

#define ANSWER(Type) return attack_filled<Type>(std::numeric_limits<double>::quiet_NaN())
#include "every_function.hpp"
