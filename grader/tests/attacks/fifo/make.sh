#!/bin/sh
set -eu
mkdir "$name"
mkfifo "$name/mlp.cpp"
