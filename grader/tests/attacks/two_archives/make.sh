#!/bin/sh
set -eu
mkdir "$name"
for version in 1 2; do tar czf "$name/version$version.tar.gz" -C "$starter" mlp.cpp; done
