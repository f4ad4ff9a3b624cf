#!/bin/sh
set -eu
mkdir '=HYPERLINK("evil"),@SUM(1)|-2+3'
cp "$starter/mlp.cpp" '=HYPERLINK("evil"),@SUM(1)|-2+3/'
