#!/bin/sh
set -eu
mkdir "$name"
cp "$starter/mlp.cpp" "$name/ｍｌｐ.cpp"
