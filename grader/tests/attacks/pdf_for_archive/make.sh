#!/bin/sh
set -eu
printf '%%PDF-1.7\n' > "$name.tar.gz"
