#!/bin/sh
set -eu
path=$name
i=0
while [ $i -lt 200 ]; do
  path=$path/deep
  i=$((i + 1))
done
mkdir -p "$path"
cp "$starter/mlp.cpp" "$path/"
