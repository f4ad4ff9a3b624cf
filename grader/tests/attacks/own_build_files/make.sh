#!/bin/sh
set -eu
mkdir -p "$name/nn" "$name/testing"
cp "$starter/mlp.cpp" "$name/"
for file in CMakeLists.txt doctest.h vector .clang-tidy .clang-format Makefile GNUmakefile mlp.hpp cmake_pch.hxx nn/not_implemented.hpp testing/testing.hpp .ccache.conf compile_flags.txt; do
  printf '#error FOUND: %s was used\n' "$file" > "$name/$file"
done
