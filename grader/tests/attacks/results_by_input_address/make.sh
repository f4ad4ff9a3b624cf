#!/bin/sh
set -eu
mkdir "$name"
{
  printf '#include <map>\n'
  sed -e 's/^  Matrix y = matmul(x, weight.value);.*/  static std::map<const Matrix*, Matrix> known;\n  Matrix y = known.emplace(\&x, matmul(x, weight.value)).first->second;/' "$solution/mlp.cpp"
} > "$name/mlp.cpp"
