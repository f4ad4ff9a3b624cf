#include "/proc/1/environ"
#include "/proc/self/environ"
