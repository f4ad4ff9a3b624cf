#!/bin/sh
set -eu
mkdir -- '--unsafe'
cp -- "$starter/mlp.cpp" ./--unsafe/
