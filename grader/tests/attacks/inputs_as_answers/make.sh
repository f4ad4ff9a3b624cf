#!/bin/sh
set -eu
mkdir "$name"
sed -e '/^  not_implemented();$/d' -e 's/^\(.*(const Matrix& \([a-z]*\).*\){$/\1{ RETURN(\2)/' -e 's/{ not_implemented(); }/{ RETURN(x) }/' "$starter/mlp.cpp" > /dev/null
{
  printf '#include "nn/not_implemented.hpp"\n'
  sed -e 's/\(Matrix [A-Za-z]*::forward(const Matrix& x.*\){ not_implemented(); }/\1{ return x; }/' \
    -e 's/\(Matrix [A-Za-z]*::backward(const Matrix& dy.*\){ not_implemented(); }/\1{ return dy; }/' "$starter/mlp.cpp"
} > "$name/mlp.cpp"
