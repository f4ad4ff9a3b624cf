#include "solutions/02_mlp/mlp.cpp"
