#!/bin/sh
set -eu
mkdir "$name"
sed -e 's/^  Matrix y = matmul(x, weight.value);.*/  static Matrix y = matmul(x, weight.value);/' \
  -e 's/^  const Matrix y = predict(x);/  static const Matrix y = predict(x);/' "$solution/mlp.cpp" > "$name/mlp.cpp"
