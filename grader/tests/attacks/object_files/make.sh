#!/bin/sh
set -eu
mkdir -p "$name/built"
cp "$starter/mlp.cpp" "$name/"
for file in mlp.o mlp.cpp.o libtesting.a libcommon.so test built/test mlp.cpp.gch; do
  printf '\177ELF' > "$name/$file"
  chmod +x "$name/$file"
done
