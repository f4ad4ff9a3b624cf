#!/bin/sh
set -eu
mkdir "$name"
cp /bin/true "$name/mlp.cpp"
