#!/bin/sh
set -eu
mkdir "$name"
cp "$starter/mlp.cpp" "$name/$(printf '\342\200\256')ppc.plm"
