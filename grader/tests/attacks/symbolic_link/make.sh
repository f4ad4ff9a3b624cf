#!/bin/sh
set -eu
mkdir "$name"
ln -s "$solution/mlp.cpp" "$name/mlp.cpp"
