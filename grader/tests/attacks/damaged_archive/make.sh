#!/bin/sh
set -eu
cp "$starter/mlp.cpp" .
tar czf whole.tar.gz mlp.cpp
head -c 600 whole.tar.gz > "$name.tar.gz"
rm mlp.cpp whole.tar.gz
